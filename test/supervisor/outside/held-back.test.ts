/** Text that the program holds back at a freeze, and that a thread writes as soon as the state is woken. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openSurroundings } from '../../support/story.ts';

/** From its first moment on, while the session puts its files in order. */
const AS_SOON_AS_WOKEN = (what: string) => `
import os, threading, time
def wait_and_do():
    pid = os.getpid()
    while os.getpid() == pid: time.sleep(0)
    ${what}
thread = threading.Thread(target=wait_and_do); thread.start()
`;

onPythons(ONE, 'text that was not flushed', (python) => {
  it.each([
    ['flushed', 'f.flush()', "['once']"],
    ['added to and flushed', 'f.write("more\\n"); f.flush()', "['once', 'more']"],
    ['added to and closed', 'f.write("more\\n"); f.close()', "['once', 'more']"],
    ['closed', 'f.close()', "['once']"],
    [
      'closed, and the number used again',
      'f.close(); g = open("g", "w"); g.write("g"); g.close()',
      "['once']",
    ],
  ])('%s by a thread as the state is woken', async (_, what, expected) => {
    const { trial, other } = openSurroundings(python);
    const { session } = trial;
    await trial.says('f = open("f", "a"); _ = f.write("once\\n")');
    await trial.says(AS_SOON_AS_WOKEN(what));
    await session.keep();
    await trial.says('f.flush()');
    await session.undo();
    await trial.says('thread.join(); f.close()');
    await other('text = read("f")');
    expect(await other('text.split()')).toBe(expected);
  });
});
