/** The command line of the window. */

import { expect, it } from 'vitest';
import { readArguments } from '../../electron/main/app/window-arguments.ts';

const nothing = { python: null, file: null, folder: '/project' };

it.each([
  ['no words of ours', ['electron', '/app'], true, nothing],
  [
    'a file, from where it was named',
    ['electron', '/app', 'a.py'],
    true,
    { ...nothing, file: '/project/a.py' },
  ],
  ['a file of a packaged application', ['pyrepl3', '/x/a.py'], false, { ...nothing, file: '/x/a.py' }],
  [
    'an interpreter, before or after the file',
    ['electron', '--no-sandbox', '/app', '--python', 'python3.8', 'a.py'],
    true,
    { python: 'python3.8', file: '/project/a.py', folder: '/project' },
  ],
  ['an interpreter in one word', ['pyrepl3', '--python=/p'], false, { ...nothing, python: '/p' }],
  ['switches of Chromium', ['pyrepl3', '--remote-debugging-port=0', '--no-sandbox'], false, nothing],
])('reads %s', (_what, line, named, asked) => {
  expect(readArguments(line, named, '/project')).toEqual(asked);
});
