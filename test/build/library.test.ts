/** The library as others get it: packed, installed without a network into an empty folder, and used. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packLibrary } from '../../build/library.mjs';
import { ROOT, tool } from '../../build/places.mjs';

const PATIENCE_MS = 120_000;

const SCRIPT = `
import { buildNativePart, CodedError, findInterpreter, openSession, openStore, type Outcome } from 'pyrepl3';

const lack: string | null = await buildNativePart();
const session = openSession({ python: findInterpreter(), argv: ['x', 'y'] });
const { capabilities } = await session.whenReady();
let printed = '';
session.on('output', (bytes) => {
  printed += bytes.toString();
});
await session.run('data = [1]');
const outcome: Outcome = await session.run('data.clear()');
const { state } = await session.undo();
await session.run('import sys; print(data, sys.argv)');
const code = await session.goTo('nowhere').catch((error: unknown) => error instanceof CodedError && error.code);
await session.close();
const saved = await openStore({ home: process.cwd(), budget: 1e9, foreign: 'ask' }).list();
console.log(JSON.stringify({
  lack, native: capabilities.includes('native'), outcome: outcome.outcome, state: state.id, printed, code, saved,
}));
`;

const OPTIONS = {
  compilerOptions: {
    ...{ module: 'nodenext', target: 'es2023', strict: true, noEmitOnError: true },
    ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
  },
  files: ['script.mts'],
};

let folder: string;

beforeAll(async () => {
  const packed = await packLibrary();
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-library-'));
  writeFileSync(join(folder, 'package.json'), '{}');
  run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', packed]);
}, PATIENCE_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints; throws with that where it fails. */
function run(program: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

it('brings no other package', () => {
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual(['pyrepl3']);
});

it('has its types, builds the native part where it is used, and runs and undoes', {
  timeout: PATIENCE_MS,
}, () => {
  writeFileSync(join(folder, 'script.mts'), SCRIPT);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  run(process.execPath, [tool('tsc'), '-p', '.']);
  expect(JSON.parse(run(process.execPath, ['script.mjs']))).toEqual({
    lack: null,
    native: true,
    outcome: 'ok',
    state: 1,
    printed: "[1] ['x', 'y']\r\n",
    code: 'NO_SUCH_STATE',
    saved: [],
  });
});

it('refuses a use of another type', { timeout: PATIENCE_MS }, () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(
    join(other, 'script.mts'),
    "import { openSession } from 'pyrepl3';\nopenSession({ python: 3 });\n",
  );
  writeFileSync(join(other, 'tsconfig.json'), JSON.stringify(OPTIONS));
  expect(() => run(process.execPath, [tool('tsc'), '-p', 'other'])).toThrow(
    /number.*is not assignable to type 'string'/,
  );
});
