/** The file that a plain Python would run before its first prompt is run here too. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newHome, storeIn } from '../support/store.ts';
import { leftBehind, SavedTrial } from './checkpoints-trial.ts';
import { ConsoleTrial } from './trial.ts';

describe('what PYTHONSTARTUP names', () => {
  function startup(code: string): string {
    const file = join(newHome(), 'startup.py');
    writeFileSync(file, code);
    return file;
  }

  it('is run before the first prompt, and again after a restart', async () => {
    const trial = new ConsoleTrial({ startup: startup('from math import tau\nprint("hello")\n') });
    await trial.endsIn('hello', '>>>');
    trial.type('tau > 6; del tau\r', '%restart\r');
    await trial.endsIn('hello', '>>>');
    trial.type('tau > 6\r');
    await trial.endsIn('>>> tau > 6', 'True', '>>>');
  });

  it('leaves its names where it fails, with the traceback', async () => {
    const file = startup('x = 1\n1/0\n');
    const trial = new ConsoleTrial({ startup: file });
    await trial.endsIn(
      `  File "${file}", line 2, in <module>`,
      '    1/0',
      '    ~^~',
      'ZeroDivisionError: division by zero',
      '>>>',
    );
    trial.type('x\r');
    await trial.endsIn('>>> x', '1', '>>>');
  });

  it('is no reason not to begin where it cannot be read', async () => {
    const trial = new ConsoleTrial({ startup: '/nowhere/startup.py' });
    await trial.endsIn('· /nowhere/startup.py does not exist.', '>>>');
  });

  it('can be stopped', async () => {
    const trial = new ConsoleTrial({ startup: startup('print("on")\nwhile True: pass\n') });
    await trial.endsIn('on');
    trial.type('\x03');
    await trial.endsIn('KeyboardInterrupt', '>>>');
  });

  it('is nothing to save or to offer later, and in the way of no offer', async () => {
    const home = await leftBehind('one', 'y = [1]');
    const store = storeIn(home);
    const trial = new SavedTrial({ home, offers: store.offers(), startup: startup('x = 1\n') });
    await trial.endsIn('· press 1 to bring it back; any other key starts clean', '>>>');
    trial.type('1');
    await trial.says('· restored one: 1 name · %undo goes back to where you were');
    const other = new SavedTrial({ startup: startup('x = 1\n'), checkpoints: { automatic: true } });
    await other.endsWith('>>>');
    await other.leave();
    expect(await other.store.list()).toEqual([]);
  });
});
