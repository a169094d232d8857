/** A promise that nobody waits for fails the check, however it is hidden. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';

const KNOWN = `
declare function load(): Promise<number>;
declare function background(work: Promise<unknown>, what: string): void;
declare function onKey(listener: () => void): void;
declare function onDraw(listener: () => unknown): void;
declare let kept: Promise<number>;
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-promises-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const compilerOptions = { strict: true, lib: ['ES2023'], types: [], target: 'ES2023', module: 'ESNext' };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
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
])('refuses `%s`', (code) => {
  expect(check(code)).toMatch(/source\.ts:1: nobody hears of it if this promise fails/);
});

it.each([
  'await load();',
  "background(load(), 'loading');",
  'load().catch(() => undefined);',
  'load().then(() => 1, () => 2);',
  'load().catch(() => 1).finally(() => undefined);',
  'kept = load();',
  'onDraw(() => load());',
  'onKey(() => void [].length);',
  'export const load2 = () => load();',
])('has nothing against `%s`', (code) => {
  expect(check(code)).toBe('');
});

function check(code: string): string {
  writeFileSync(join(folder, 'source.ts'), `${code}\nexport {};\n`);
  writeFileSync(join(folder, 'known.ts'), KNOWN);
  const arguments_ = [join(ROOT, 'build/floating-promises.mjs'), folder];
  const { stdout, stderr } = spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
  return stdout + stderr;
}
