/** A thread that writes all the time has its lines in the file, and once, wherever the session went meanwhile. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openSurroundings } from '../../support/story.ts';

const MOVES = 12;

const WORK = `
import os, threading, time
mine, stop = [], []
def work():
    while not stop:
        token = os.urandom(8).hex(); mine.append(token)
        write(token + "\\n")
        time.sleep(0.0002)
threading.Thread(target=work, daemon=True).start()
`;

const WRITERS = {
  'text, buffered': 'f = open("f", "w"); write = f.write',
  'text, buffered, appended': 'f = open("f", "a"); write = f.write',
  'text by the line': 'f = open("f", "w", buffering=1); write = f.write',
  'bytes at once': 'f = open("f", "wb", buffering=0); write = lambda text: f.write(text.encode())',
};

onPythons(ONE, 'what a thread writes', (python) => {
  it.each(Object.entries(WRITERS))('%s', async (_, open) => {
    const { trial, other } = openSurroundings(python);
    const { session } = trial;
    await trial.says(`${open}${WORK}`);
    for (let move = 0; move < MOVES; move += 1) {
      await trial.says('time.sleep(0.02)');
      await session.keep();
      await trial.says('time.sleep(0.01)');
      if (move % 3 === 2) await trial.run('import os; os.kill(os.getpid(), 11)');
      else await session.undo();
    }
    await trial.says('stop.append(1); time.sleep(0.1); f.close()');
    await trial.says('_ = open("mine", "w").write("\\n".join(mine))');
    await other('text = read("f"); mine = read("mine").split()');
    await other('often = [text.count(one) for one in mine]');
    // What was drawn before a freeze and written after it is written by both who went on: a single line, never two.
    const wrong = await other(
      'len(mine) > 50, [(i, often[i:i + 2]) for i in range(len(mine)) if often[i] == 0 or min(often[i:i + 2]) > 1]',
    );
    expect(wrong).toBe('(True, [])');
  });
});
