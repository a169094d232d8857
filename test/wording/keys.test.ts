/** The keys of the window's commands, and whose they are while the console has the keyboard. */

import { expect, it } from 'vitest';
import { acceleratorOf, isAlwaysOfWindow, keysOf } from '../../electron/wording/keys.ts';

/** `Ctrl+Shift+z` as a keyboard tells of it. */
function pressed(keys: string): boolean {
  const held = (name: string) => keys.includes(`${name}+`);
  const key = /[^+]+$|\+$/.exec(keys)?.[0] ?? '';
  return isAlwaysOfWindow({ key, ctrlKey: held('Ctrl'), altKey: held('Alt'), shiftKey: held('Shift') });
}

it.each([
  'F5',
  'F11',
  'Ctrl+.',
  'Ctrl+1',
  'Ctrl+Shift+4',
  'Ctrl+=',
  'Ctrl+Shift++',
  'Ctrl+-',
  'Ctrl+0',
  'Ctrl+Shift+F5',
  'Ctrl+Shift+v',
  'Ctrl+Shift+E',
  'Ctrl+Shift+i',
  'Ctrl+Shift+S',
  'Ctrl+Alt+z',
  'Ctrl+Alt+Shift+Z',
  'Ctrl+Alt+s',
  'Ctrl+Alt+r',
])("%s is the window's", (keys) => {
  expect(pressed(keys)).toBe(true);
});

it.each([
  'a',
  'Enter',
  'Shift+Enter',
  'Ctrl+s',
  'Ctrl+n',
  'Ctrl+c',
  'Ctrl+Shift+C',
  'Alt+z',
  'Shift+F5',
  'Ctrl+F5',
  '1',
])("%s is the program's", (keys) => {
  expect(pressed(keys)).toBe(false);
});

it('are written for people and for the menu', () => {
  expect([keysOf('undo'), acceleratorOf('undo'), acceleratorOf('run file')]).toEqual([
    'Ctrl+Alt+Z',
    'CmdOrCtrl+Alt+Z',
    'F5',
  ]);
});
