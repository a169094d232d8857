import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshAgents } from '../../build/bundle.mjs';
import { ROOT } from '../../build/places.mjs';
import { ownFolder } from '../support/agent.ts';
import { type Result, resultOf } from '../support/result.ts';

const PROGRAM = join(ROOT, 'build/pyrepl3.mjs');
const ENTRY = { command: process.execPath, args: [PROGRAM, 'mcp'] };

async function install(folder: string, ...words: string[]): Promise<Result> {
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
  const args = [await freshAgents(), 'mcp', 'install', ...words];
  return resultOf(spawn(process.execPath, args, { cwd: folder, env }));
}

it('without a client the entry is printed, with what the server is to be told', async () => {
  const { out, status } = await install(ownFolder(), '--python', '/opt/python3', '--resume');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual({
    mcpServers: {
      pyrepl3: { ...ENTRY, args: [...ENTRY.args, '--python', '/opt/python3', '--resume'] },
    },
  });
});

it.each([
  ['claude-code', '.mcp.json', 'mcpServers'],
  ['claude-desktop', 'config/Claude/claude_desktop_config.json', 'mcpServers'],
  ['cursor', '.cursor/mcp.json', 'mcpServers'],
  ['vscode', '.vscode/mcp.json', 'servers'],
  ['windsurf', '.codeium/windsurf/mcp_config.json', 'mcpServers'],
])('the entry for %s is added to %s', async (client, name, member) => {
  const folder = ownFolder();
  expect(await install(folder, client, '--yes')).toMatchObject({ status: 0, err: '' });
  expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual({ [member]: { pyrepl3: ENTRY } });
  const again = await install(folder, client);
  expect(again).toMatchObject({ status: 0, out: expect.stringContaining('has this entry already') });
});

it('all else in the file, its rights, and a link to it stay', async () => {
  const folder = ownFolder();
  mkdirSync(join(folder, 'real'));
  const real = join(folder, 'real/mcp.json');
  writeFileSync(real, '{"other": [1], "mcpServers": {"a": {"command": "b"}, "pyrepl3": {"command": "old"}}}');
  chmodSync(real, 0o640);
  symlinkSync(real, join(folder, '.mcp.json'));
  await install(folder, 'claude-code', '--yes');
  expect(JSON.parse(readFileSync(real, 'utf8'))).toEqual({
    other: [1],
    mcpServers: { a: { command: 'b' }, pyrepl3: ENTRY },
  });
  expect(statSync(real).mode & 0o777).toBe(0o640);
});

it('without a terminal to ask on nothing is written unless that is wanted', async () => {
  const folder = ownFolder();
  expect(await install(folder, 'claude-code')).toMatchObject({
    status: 2,
    err: 'pyrepl3: Add --yes where there is no terminal to ask on.\n',
  });
  expect(existsSync(join(folder, '.mcp.json'))).toBe(false);
});

it.each(['{"a": 1, // a comment\n}', '[1]', '{"mcpServers": 5}'])(
  'a file with %j is left alone',
  async (text) => {
    const folder = ownFolder();
    writeFileSync(join(folder, '.mcp.json'), text);
    expect((await install(folder, 'claude-code', '--yes')).status).toBe(2);
    expect(readFileSync(join(folder, '.mcp.json'), 'utf8')).toBe(text);
  },
);

it('a client that is not known is told', async () => {
  expect((await install(ownFolder(), 'cursr')).err).toBe(
    'pyrepl3: there is no client cursr; did you mean cursor?\n',
  );
});
