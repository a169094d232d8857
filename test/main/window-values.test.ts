/** What the window's file says is taken as far as it fits. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readWindowValues } from '../../electron/main/documents/window-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, 'window.json');
  writeFileSync(file, text);
  return readWindowValues(file);
}

const AT_FIRST = readWindowValues(join(folder, 'missing.json'));

it('is what it is at first without a file, and with one that nobody can read', () => {
  expect(AT_FIRST).toMatchObject({
    bounds: { width: 1200, height: 800 },
    columns: 80,
    rows: 24,
    script: null,
  });
  for (const text of ['', '{', 'null', '[]', '5', '"wide"']) expect(read(text)).toEqual(AT_FIRST);
});

it('is what the file says', () => {
  const kept = {
    ...AT_FIRST,
    bounds: { x: -1600, y: 40, width: 640, height: 480 },
    theme: 'dark',
    columns: 132,
  };
  expect(read(JSON.stringify(kept))).toEqual(kept);
});

it.each([
  ['bounds', { width: -1, height: 800 }],
  ['bounds', { width: 1200 }],
  ['bounds', { x: 0.5, y: 0, width: 1200, height: 800 }],
  ['maximised', 1],
  ['theme', 'solarized'],
  ['editorShare', 101],
  ['railWidth', -320],
  ['railFront', 'history'],
  ['columns', -1],
  ['columns', 0],
  ['rows', 1e9],
  ['rows', 24.5],
  ['python', 3.11],
  ['script', ['a.py']],
])('leaves out what does not fit and keeps the rest: %s %j', (name, value) => {
  const written = { ...AT_FIRST, theme: 'light', railShown: false, [name]: value };
  const expected = { ...AT_FIRST, theme: 'light', railShown: false, [name]: AT_FIRST[name as 'theme'] };
  expect(read(JSON.stringify(written))).toEqual(expected);
});
