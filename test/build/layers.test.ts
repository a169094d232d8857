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
  supervisor: reach('supervisor'),
  repl: reach('repl'),
  cli: reach('cli'),
  main: reach('main'),
};

/** What each folder may reach. */
const ALLOWED: Record<string, string[]> = {
  'electron/contract': [],
  'electron/supervisor': ['node', 'contract'],
  'electron/repl': ['node', 'contract', 'supervisor'],
  'electron/cli': ['node', 'contract', 'supervisor', 'repl'],
  'electron/main': ['node', 'electron', 'contract', 'supervisor', 'repl'],
  'electron/preload': ['dom', 'electron', 'contract'],
  renderer: ['dom', 'contract'],
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
  const reached = names.filter((name) => compiles(folder, ATTEMPTS[name] ?? ''));
  expect(reached).toEqual(names.filter((name) => allowed.includes(name)));
});

function reach(folder: string) {
  return `import { own } from '../../electron/${folder}/own.ts';\nexport const theirs = own;`;
}

function compiles(folder: string, code: string) {
  const deeper = folder === 'renderer' ? code.replace('../../electron', '../electron') : code;
  writeFileSync(join(root, folder, 'attempt.ts'), `${deeper}\n`);
  return spawnSync(tool('tsc'), ['-b', folder], { cwd: root }).status === 0;
}
