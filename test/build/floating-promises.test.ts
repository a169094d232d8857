/** A promise that nobody waits for fails the check, however it is hidden. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';

const KNOWN = `
declare function load(): Promise<number>;
declare function background(work: Promise<unknown>, what: string): void;
declare function onKey(listener: () => void): void;
declare function onDraw(listener: () => unknown): void;
declare let kept: Promise<number>;
`;

const REFUSED = [
  'load();',
  'void load();',
  '(load());',
  'if (kept) load();',
  'kept ?? load();',
  'load().then(() => 1);',
  'load().finally(() => undefined);',
  'onKey(() => void load());',
  'onKey(() => load());',
  'onKey(async () => { await load(); });',
];
const ALLOWED = [
  'await load();',
  "background(load(), 'loading');",
  'load().catch(() => undefined);',
  'load().then(() => 1, () => 2);',
  'load().catch(() => 1).finally(() => undefined);',
  'kept = load();',
  'onDraw(() => load());',
  'onKey(() => void [].length);',
  'export const load2 = () => load();',
];

let folder: string;
/** What is said of each, checked as a project of its own: all at once, as starting the compiler takes longer than a case. */
let said: Map<string, string[]>;
let status: number | null;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pyrepl3-promises-')));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const codes = [...REFUSED, ...ALLOWED];
  const projects = codes.map(writeProject);
  const result = spawnSync(process.execPath, [join(ROOT, 'build/floating-promises.mjs'), ...projects], {
    encoding: 'utf8',
  });
  // The compiler may say on stderr that it was closed while it still worked: what counts is the status.
  status = result.status;
  const faults = result.stdout.split('\n').filter(Boolean);
  said = new Map(
    codes.map((code, index) => [code, faults.filter((fault) => fault.includes(`/case-${index}/`))]),
  );
  expect(faults).toHaveLength([...said.values()].flat().length);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('fails where it refuses something, and in no other way', () => {
  expect(status).toBe(1);
  const allowed = ALLOWED.map((_, index) => join(folder, `case-${REFUSED.length + index}`));
  const result = spawnSync(process.execPath, [join(ROOT, 'build/floating-promises.mjs'), ...allowed], {
    encoding: 'utf8',
  });
  expect(result).toMatchObject({ status: 0, stdout: '' });
});

it.each(REFUSED)('refuses `%s`', (code) => {
  expect(said.get(code)).toEqual([
    expect.stringMatching(/source\.ts:1: nobody hears of it if this promise fails/),
  ]);
});

it.each(ALLOWED)('has nothing against `%s`', (code) => {
  expect(said.get(code)).toEqual([]);
});

function writeProject(code: string, index: number): string {
  const project = join(folder, `case-${index}`);
  const compilerOptions = { strict: true, lib: ['ES2023'], types: [], target: 'ES2023', module: 'ESNext' };
  mkdirSync(project);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  writeFileSync(join(project, 'source.ts'), `${code}\nexport {};\n`);
  writeFileSync(join(project, 'known.ts'), KNOWN);
  return project;
}
