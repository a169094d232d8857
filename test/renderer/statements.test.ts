/** Which lines Shift+Enter runs. */

import { expect, it } from 'vitest';
import { guessStatements, statementAt } from '../../renderer/editor/statement-ranges.ts';

const SCRIPT = `import math

# Twice as much.
@trace
def twice(
    x,
):

    return """
x
""" * 2

if x:
    pass
# Between.
else:
    pass
a = [
1,
] ; b = 2
c = 1 + \\
2
try:
    pass
except E:
    pass

# At the end.
`;

it('guesses statements by their shape', () => {
  expect(guessStatements(SCRIPT)).toEqual([
    { start: 1, end: 1 },
    { start: 4, end: 11 },
    { start: 13, end: 17 },
    { start: 18, end: 20 },
    { start: 21, end: 22 },
    { start: 23, end: 26 },
  ]);
});

it.each([
  ['on it', 1, { start: 1, end: 1 }],
  ['above it, in its comment', 3, { start: 4, end: 11 }],
  ['in the middle of it', 10, { start: 4, end: 11 }],
  ['on the blank line before it', 12, { start: 13, end: 17 }],
  ['below all of them', 28, null],
])('finds the statement for a cursor %s', (_where, line, lines) => {
  expect(statementAt(SCRIPT, line, guessStatements(SCRIPT))).toEqual(lines);
});

it('takes decorators along that Python does not count, and joins what shares a line', () => {
  const text = '@one\n@two\ndef f(): pass\nx = 1; y = 2\n';
  const chunks = [
    { start: 3, end: 3 },
    { start: 4, end: 4 },
    { start: 4, end: 4 },
  ];
  expect([1, 4].map((line) => statementAt(text, line, chunks))).toEqual([
    { start: 1, end: 3 },
    { start: 4, end: 4 },
  ]);
});
