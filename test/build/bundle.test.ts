/** When a bundle is built anew. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale } from '../../build/bundle.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
  place('electron/repl/deep/editor.ts', 100);
  age('electron/repl/deep', 100);
  age('electron/repl', 100);
  age('electron', 100);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a bundle', () => {
  it('is stale where it is missing', () => {
    expect(stale()).toBe(true);
  });

  it('is fresh where it is younger than every source', () => {
    place('dist/main.js', 200);
    expect(stale()).toBe(false);
  });

  it('is stale where a source deep in a folder is younger', () => {
    place('dist/main.js', 200);
    age('electron/repl/deep/editor.ts', 300);
    expect(stale()).toBe(true);
  });

  it('is stale where a source was removed', () => {
    place('dist/main.js', 200);
    rmSync(join(root, 'electron/repl/deep/editor.ts'));
    expect(stale()).toBe(true);
  });

  it('is never stale in a package, which has no sources', () => {
    place('dist/main.js', 200);
    rmSync(join(root, 'electron'), { recursive: true });
    expect(stale()).toBe(false);
  });
});

function stale() {
  return isStale(join(root, 'dist/main.js'), ['electron'], root);
}

function place(file: string, seconds: number) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
  age(file, seconds);
}

function age(path: string, seconds: number) {
  utimesSync(join(root, path), seconds, seconds);
}
