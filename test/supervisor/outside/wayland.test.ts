/** A connection to a Wayland display, which never waits for a session that has gone back, been stopped or died. */

import { describe, expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { ASK, answers, CONNECT, HAS_WAYLAND, startCompositor } from '../../support/wayland.ts';

/** As compositors call theirs, and as the environment alone tells of it. */
const NAMES = ['wayland-7', 'a display'];

describe.runIf(HAS_WAYLAND).each(NAMES)('the Wayland display "%s"', (name) => {
  onPythons(ONE, 'of a session', (python) => {
    it('answers at each step, and the program as long as it is connected', async () => {
      const env = await startCompositor(name);
      const trial = openTrial(python, { env });
      const mustAnswer = () => expect(answers(env, python.executable)).toBe(true);
      await trial.says('before = [1]');
      await trial.says(CONNECT);
      const { copy, reason } = await trial.session.keep();
      expect([copy, reason]).toEqual(['noted', 'a connection to the Wayland display is open']);
      expect(await trial.says(ASK)).toBe('True\n');
      await trial.session.undo();
      expect(await trial.says(`${ASK}, ${ASK}`)).toBe('(True, True)\n');
      mustAnswer();

      const ends: (() => Promise<unknown>)[] = [
        () => trial.session.goTo(1),
        () => trial.run('os.abort()'),
        async () => {
          trial.forget();
          const running = trial.run(`print("on")\nwhile True: ${ASK}`);
          await trial.shows('on\n');
          trial.session.kill();
          await running;
        },
      ];
      for (const end of ends) {
        await end();
        mustAnswer();
        expect(await trial.says('before, "display" in globals()')).toBe('([1], False)\n');
        await trial.says(CONNECT);
        expect(await trial.says(ASK)).toBe('True\n');
        mustAnswer();
      }
    });
  });
});
