import { expect, it } from 'vitest';
import { readable } from '../../electron/agents/sessions/readable.ts';
import { cutToUsersFrames } from '../../electron/agents/sessions/user-frames.ts';

it.each([
  ['colours go', '\x1b[1;31mred\x1b[0m \x1b[38;5;196mdeep\x1b[m', 'red deep'],
  ['titles and links go', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'alink'],
  ['a title without an end takes its line alone', '\x1b]0;title\nnext', '\nnext'],
  ['a sequence that is cut off goes', 'a\x1b[3', 'a'],
  ['newlines of a terminal are newlines', 'a\r\nb\r\n', 'a\nb\n'],
  ['a progress bar is its last state', ' 1%\r 50%\r100%\n', '100%\n'],
  ['what is shorter leaves the rest of what it writes over', 'abcdef\rxy', 'xycdef'],
  ['a rest that is erased is gone', 'abcdef\rxy\x1b[K', 'xy'],
  ['a line that is erased is gone', 'abcdef\x1b[2K\rxy', 'xy'],
  ['backspaces go back', 'abc\b\bX', 'aXc'],
  ['bells and zeros go', 'a\x07b\x00c\x1b', 'abc'],
  ['tabs and words of other scripts stay', 'a\té漢🙂', 'a\té漢🙂'],
])('%s', (_, given, expected) => {
  expect(readable(given)).toBe(expected);
});

it('a long line of one escape after the other is gone through once', () => {
  const begin = performance.now();
  readable('\x1b]'.repeat(200_000));
  readable('\x1b['.repeat(200_000));
  expect(performance.now() - begin).toBeLessThan(2_000);
});

it('a traceback has the frames of libraries counted, but for the last', () => {
  const lib = (line: number) =>
    `  File "/usr/lib/python3.11/json/x.py", line ${line}, in f\n    code()\n    ^^^^^^`;
  const text = [
    'printed',
    'Traceback (most recent call last):',
    '  File "<python-input-3>", line 1, in <module>\n    f()',
    ...[1, 2, 3].map(lib),
    '  File "/home/me/mine.py", line 4, in g\n    h()',
    ...[5, 6].map(lib),
    'ValueError: no',
  ].join('\n');
  expect(cutToUsersFrames(text)).toBe(
    [
      'printed',
      'Traceback (most recent call last):',
      '  File "<python-input-3>", line 1, in <module>\n    f()',
      '  … 3 frames of libraries',
      '  File "/home/me/mine.py", line 4, in g\n    h()',
      '  … 1 frame of libraries',
      lib(6),
      'ValueError: no',
    ].join('\n'),
  );
});
