/** `%who` and `%whos` at the prompt. */

import { expect, it } from 'vitest';
import { trialAfter } from './trial.ts';

it('who says that there are no names, and lists those that there are, or those of some types', async () => {
  const trial = await trialAfter([]);
  trial.type('%who\r');
  await trial.endsIn('>>> %who', '· There are no names yet.', '>>>');
  await trial.console.run('import math; b = 1; a = "x"; c = [1]', { show: false });
  trial.type('%who\r', '%who int str\r', '%who dict\r');
  await trial.endsIn(
    '>>> %who',
    'a     b     c     math',
    '>>> %who int str',
    'a  b',
    '>>> %who dict',
    '· There is no name of type dict.',
    '>>>',
  );
});

it('whos tells what the names stand for, and what the last run did to them', async () => {
  const trial = await trialAfter([
    'import math; words = ["a", "b"]; number = 7',
    'number = 8; more = "x" * 200',
  ]);
  trial.type('%whos\r');
  // Each version of Python takes another number of bytes.
  const table = () => trial.screen.slice(-7).map((line) => line.replace(/\d+ B +/, 'B '));
  await trial.becomes(
    () => trial.screen.at(-7) === '>>> %whos' && trial.screen.at(-1) === '>>>',
    () => 'the list at its end',
  );
  expect(table().slice(1, -1)).toEqual([
    '   name    type    length  size   value',
    `+  more    str     200     B '${'x'.repeat(33)}…`,
    '~  number  int             B 8',
    "   words   list    2       B ['a', 'b']",
    '   math    module                 math',
  ]);
});

it('whos tells what went wrong with a value, in its row alone', async () => {
  const code = 'class Odd:\n    def __repr__(self): raise ValueError("no")\nodd = Odd(); other = 7';
  const trial = await trialAfter([code]);
  trial.type('%whos Odd int\r');
  await trial.becomes(
    () => trial.screen.some((line) => /^\+ {2}odd .* ✕ its __repr__ raised ValueError: no$/.test(line)),
    () => 'the trouble',
  );
  expect(trial.screen.at(-2)).toMatch(/^\+ {2}other {2}int .* 7$/);
});

it('whos says where no value could be asked', async () => {
  const code = 'class Odd:\n    def __repr__(self): raise ValueError("no")\nodd = Odd()';
  const trial = await trialAfter([code], { keep: 'when asked' });
  trial.type('%whos Odd\r');
  await trial.becomes(
    () => trial.screen.at(-2) === '· no value was asked: copies are kept only when you ask',
    () => 'the remark',
  );
  expect(trial.screen.at(-3)).toMatch(/^\+ {2}odd {3}Odd .* <Odd>$/);
});

it('whos can be stopped while a value does not answer', async () => {
  const code = 'import time\nclass Late:\n    def __repr__(self): time.sleep(1e6)\nlate = Late()';
  const trial = await trialAfter([code]);
  trial.type('%whos\r', '\x03');
  await trial.endsWith('>>>');
  trial.type('6 * 7\r');
  await trial.endsIn('>>> 6 * 7', '42', '>>>');
});

it('both complete the types that there are', async () => {
  const trial = await trialAfter(['number = 7; words = ["a"]']);
  trial.type('%whos l\t');
  await trial.endsWith('>>> %whos list');
});

it('compare says which names differ from another state, and how', async () => {
  const trial = await trialAfter([
    'number = 7; words = ["a"]; gone = 1; same = 5',
    'number = 8; words.append("b"); del gone; more = "x" * 40',
  ]);
  trial.type('%compare 1\r');
  await trial.endsIn(
    '>>> %compare 1',
    '−  gone    int 1',
    '+  more    str 40',
    '~  number  int 7 → 8',
    '~  words   list 1 → list 2',
    '>>>',
  );
  trial.type('%undo\r', '%compare 1\r');
  await trial.endsIn('· No name differs from state 1 to here, as far as one can see.', '>>>');
  trial.type('%compare 9\r', '%compare\r');
  await trial.endsIn(
    '>>> %compare 9',
    '· There is no state 9; %states lists them.',
    '>>> %compare',
    '· %compare needs a state: its number or its name. %states lists them.',
    '>>>',
  );
});
