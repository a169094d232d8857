/** What xterm says in bytes arrives as these. */

import { expect, it } from 'vitest';
import { bytesOfTyped } from '../../electron/repl/line-editor/typed-bytes.ts';
import { textOfBytes } from '../../renderer/console/terminal-keys.ts';

it('is a click far to the right, byte for byte', () => {
  const click = '\x1b[M \xe0\xa1';
  expect(bytesOfTyped(textOfBytes(click))).toEqual(
    Uint8Array.from(click, (character) => character.charCodeAt(0)),
  );
});
