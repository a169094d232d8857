/** `name?` and `name??` at the prompt. */

import { describe, expect, it } from 'vitest';
import { questionIn } from '../../electron/repl/commands/question.ts';
import { trialAfter } from './trial.ts';

const CLEAN = `def clean(frame, *, limit=3):
    """Drop what is too large.

    And nothing else.
    """
    return frame[:limit]
`;

describe('a question', () => {
  it.each([
    ['x?', { name: 'x', source: false }],
    ['x??', { name: 'x', source: true }],
    ['?x', { name: 'x', source: false }],
    ['??os.path.join', { name: 'os.path.join', source: true }],
    [' größe ? ', { name: 'größe', source: false }],
  ])('is %j', (line, question) => {
    expect(questionIn(line)).toEqual(question);
  });

  it.each(['x', 'x???', 'x = y?', '"what?"', 'f(x)?', '1?', '?', 'a.?', 'x? y', 'x?\ny'])(
    'is not %j',
    (line) => {
      expect(questionIn(line)).toBeNull();
    },
  );

  it('of a function tells how it is called, where it is defined and what is written about it', async () => {
    const trial = await trialAfter([CLEAN]);
    trial.type('clean?\r');
    await trial.endsIn(
      '>>> clean?',
      'clean(frame, *, limit=3)',
      '· function · defined in <python-input-1>, line 1',
      '',
      'Drop what is too large.',
      '',
      'And nothing else.',
      '>>>',
    );
    expect(trial.session.states).toHaveLength(2);
  });

  it('with two marks shows the source', async () => {
    const trial = await trialAfter([CLEAN, 'class Kind:\n    size = 7']);
    trial.type('clean??\r');
    await trial.endsIn('    And nothing else.', '    """', '    return frame[:limit]', '>>>');
    trial.type('Kind??\r');
    await trial.endsIn('class Kind:', '    size = 7', '>>>');
    trial.type('len??\r');
    await trial.endsIn(
      'len(obj, /)',
      '· builtin_function_or_method',
      '· there is no source of it',
      '',
      'Return the number of items in a container.',
      '>>>',
    );
  });

  it('says of what in a path there is nothing', async () => {
    const trial = await trialAfter(['import math']);
    trial.type('math.nothing?\r');
    await trial.endsIn('· math.nothing cannot be explained: math has no attribute nothing.', '>>>');
  });

  it('of a value tells what it is, and what went wrong with it', async () => {
    const trial = await trialAfter([
      'words = ["a", "b"]; odd = type("Odd", (), {"__repr__": lambda self: 1 / 0})()',
    ]);
    trial.type('words?\r');
    await trial.becomes(
      () => /^· list · 2 · \d+ B$/.test(trial.screen.at(-2) ?? ''),
      () => 'what the list is',
    );
    expect(trial.screen.at(-3)).toBe("['a', 'b']");
    trial.type('odd?\r');
    await trial.becomes(
      () => trial.screen.includes('· ✕ its __repr__ raised ZeroDivisionError: division by zero'),
      () => 'the trouble',
    );
  });

  it('says that there is no such name, and that the value could not be asked', async () => {
    const trial = await trialAfter(['number = 7'], { keep: 'when asked' });
    trial.type('nothing?\r');
    await trial.endsIn('>>> nothing?', '· nothing cannot be explained: there is no such name.', '>>>');
    trial.type('number?\r');
    await trial.endsIn(
      '7',
      '· int · 28 B',
      '· the value was not asked: copies are kept only when you ask',
      '>>>',
    );
  });
});
