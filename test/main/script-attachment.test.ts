/** The script that comes back with a session, and the unsaved text of now that stays. */

import { expect, it } from 'vitest';
import type { Script } from '../../electron/contract/bridge.ts';
import {
  bringBack,
  readScriptPart,
  writeScriptPart,
} from '../../electron/main/documents/script-attachment.ts';

const THEN: Script = {
  path: '/project/plot.py',
  text: 'x = 1\ny = 2\n',
  saved: 'x = 1\n',
  cursor: { line: 2, column: 6 },
};
const EMPTY: Script = { path: null, text: '', saved: null, cursor: null };

it('is read as it was written, and only where it is one', () => {
  expect(readScriptPart(Buffer.from(writeScriptPart(THEN)))).toEqual(THEN);
  for (const bytes of [
    '',
    'no JSON',
    '{}',
    '{"path": 1, "text": "", "saved": null, "cursor": null}',
    'null',
  ]) {
    expect(readScriptPart(Buffer.from(bytes))).toBe(null);
  }
  expect(readScriptPart(null)).toBe(null);
});

it('comes back with its unsaved text and its cursor', () => {
  expect(bringBack(THEN, { current: EMPTY, onDisk: 'x = 1\n', draft: null })).toEqual({
    script: THEN,
    words: null,
  });
});

it('is shown as it is on disk now, where all of it was saved then', () => {
  const then = { ...THEN, text: 'x = 1\n' };
  const present = { current: EMPTY, onDisk: 'x = 3\n', draft: null };
  const script = { ...then, text: 'x = 3\n', saved: 'x = 3\n' };
  expect(bringBack(then, present)).toEqual({ script, words: null });
  expect(bringBack(then, { ...present, onDisk: null })).toEqual({
    script: { ...then, saved: null },
    words: null,
  });
});

it('leaves the editor alone where there was no script', () => {
  expect(bringBack(EMPTY, { current: THEN, onDisk: null, draft: null })).toBe(null);
});

it('keeps what is unsaved now of another script as its draft, and says so', () => {
  const current = { ...THEN, path: '/project/other.py' };
  const found = bringBack(THEN, { current, onDisk: 'x = 1\n', draft: null });
  expect(found).toEqual({ script: THEN, words: 'What is unsaved of other.py is kept as its draft.' });
});

it('does not replace what is unsaved now of the same script', () => {
  const current = { ...THEN, text: 'x = 1\ny = 4\n', cursor: { line: 1, column: 1 } };
  const words = 'The editor keeps what is unsaved now of plot.py.';
  expect(bringBack(THEN, { current, onDisk: 'x = 1\n', draft: null })).toEqual({ script: current, words });
  const draft = 'x = 5\n';
  expect(bringBack(THEN, { current: EMPTY, onDisk: 'x = 1\n', draft })).toEqual({
    script: { path: THEN.path, text: draft, saved: 'x = 1\n', cursor: null },
    words,
  });
  expect(bringBack(THEN, { current: { ...THEN, cursor: null }, onDisk: 'x = 1\n', draft: null })).toEqual({
    script: THEN,
    words: null,
  });
});

it('speaks of a script without a file as one', () => {
  const untitled = { ...EMPTY, text: 'a = 1' };
  const found = bringBack({ ...untitled, text: 'b = 1' }, { current: untitled, onDisk: null, draft: null });
  expect(found?.words).toBe('The editor keeps what is unsaved now of the script without a file.');
  expect(found?.script).toEqual(untitled);
});
