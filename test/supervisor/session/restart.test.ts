/** A restart while another one goes on is the same restart, however long the process before takes to end. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

/** Memory that is torn down page by page, and a child that ignores every polite word. */
const SLOW_TO_DIE = `
import subprocess, sys
held = bytearray(b"x") * (1 << 30)
subprocess.Popen([sys.executable, "-c", "import signal, time\\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\\nwhile True: time.sleep(1)"])
`;

onPythons(OLD_AND_NEW, 'a restart that is asked for twice', (python) => {
  it('is one, and every state is there after it', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('kept = [1, 2]');
    await trial.says(SLOW_TO_DIE);
    const first = session.restart();
    await trial.becomes('moving');
    const second = session.restart();
    expect(await Promise.all([first, second])).toEqual([undefined, undefined]);
    expect(session.state.id).toBe(0);
    await session.goTo(1);
    expect(await trial.says('kept')).toBe('[1, 2]\n');
  });

  it('in one breath is one as well', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('kept = [1, 2]');
    await Promise.all([session.restart(), session.restart(), session.restart()]);
    await session.goTo(1);
    expect(await trial.says('kept')).toBe('[1, 2]\n');
  });
});
