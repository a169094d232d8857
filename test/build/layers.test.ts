/** A crossing of layers does not compile. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT, tool } from '../../build/places.mjs';

/** What a file may try to reach. */
const ATTEMPTS: Record<string, string> = {
  dom: 'export const title = document.title;',
  node: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
  electron: "import { app } from 'electron';\nexport const it = app;",
  contract: reach('contract'),
  wording: reach('wording'),
  supervisor: reach('supervisor'),
  repl: reach('repl'),
  cli: reach('cli'),
  main: reach('main'),
  library: reach('library'),
};

/** What each folder may reach. */
const ALLOWED: Record<string, string[]> = {
  'electron/contract': [],
  'electron/wording': [],
  'electron/supervisor': ['node', 'contract', 'wording'],
  'electron/library': ['node', 'contract', 'wording', 'supervisor'],
  'electron/repl': ['node', 'contract', 'wording', 'supervisor'],
  'electron/cli': ['node', 'contract', 'wording', 'supervisor', 'repl'],
  'electron/main': ['node', 'electron', 'contract', 'wording', 'supervisor', 'repl'],
  'electron/preload': ['dom', 'electron', 'contract'],
  renderer: ['dom', 'contract', 'wording'],
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
  for (const name of ['node_modules', 'build', 'tsconfig.base.json'])
    symlinkSync(join(ROOT, name), join(root, name));
  for (const folder of Object.keys(ALLOWED)) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'tsconfig.json'), readFileSync(join(ROOT, folder, 'tsconfig.json')));
    writeFileSync(join(root, folder, 'own.ts'), 'export const own = 1;\n');
  }
});

afterEach(() => rmSync(root, { recursive: true }));

it.each(Object.entries(ALLOWED))('%s reaches what it may, and nothing else', (folder, allowed) => {
  const names = Object.keys(ATTEMPTS).filter((name) => folder !== `electron/${name}`);
  const others = names.filter((name) => !allowed.includes(name));
  // Apart: what may be reached brings types of its own, which others must not find.
  expect(refused(folder, allowed)).toEqual([]);
  expect(refused(folder, others)).toEqual(others);
});

function reach(folder: string) {
  return `import { own } from '../../electron/${folder}/own.ts';\nexport const theirs = own;`;
}

/** Return which of the attempts do not compile, all of them in one program. */
function refused(folder: string, names: string[]): string[] {
  const files = names.map((name) => join(root, folder, `attempt-${name}.ts`));
  for (const [index, name] of names.entries()) {
    const code = ATTEMPTS[name] ?? '';
    const deeper = folder === 'renderer' ? code.replace('../../electron', '../electron') : code;
    writeFileSync(files[index] ?? '', `${deeper}\n`);
  }
  const { status, stdout } = spawnSync(tool('tsc'), ['-b', '--pretty', 'false', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files) rmSync(file);
  const found = names.filter((name) => stdout.includes(`attempt-${name}.ts(`));
  // What fails for another reason is no refusal.
  expect(status === 0).toBe(found.length === 0);
  return found;
}
