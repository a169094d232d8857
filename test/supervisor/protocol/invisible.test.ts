/** Frozen states are seen by nobody and hear of nothing: not by the user's waits, nor of signals and sizes. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

onPythons(ONE, 'frozen states', (python) => {
  it('are no children of the program', async () => {
    const trial = openTrial(python, { states: { limit: 4 } });
    await trial.says('import os, signal, multiprocessing; ends = []');
    await trial.says('_ = signal.signal(signal.SIGCHLD, lambda *_: ends.append(1))');
    for (let run = 0; run < 8; run += 1) await trial.says('1');
    // Some have been let go by now.
    await until(
      () => trial.session.states.filter(({ copy }) => copy === 'gone').length > 3,
      () => 'states to be let go',
    );
    expect(await trial.says('multiprocessing.active_children(), ends')).toBe('([], [])\n');
    for (const wait of [
      'os.wait()',
      'os.waitpid(-1, os.WNOHANG)',
      'os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG)',
    ]) {
      expect((await trial.run(wait)).failure?.type).toBe('ChildProcessError');
    }
    expect(await trial.says('import subprocess; subprocess.run(["true"]).returncode, len(ends)')).toBe(
      '(0, 1)\n',
    );
  });

  it('hear neither Ctrl-C nor a new size of the terminal', async () => {
    const trial = openTrial(python);
    await trial.says('import signal, os; heard = []');
    await trial.says('_ = signal.signal(signal.SIGWINCH, lambda *_: heard.append("size"))');
    await trial.says('1');
    await trial.session.keep();
    const before = trial.session.state.id;
    const loop = trial.run('print("on")\nwhile True: pass');
    await trial.shows('on\n');
    trial.session.resize(91, 33);
    trial.session.type('\x03');
    expect((await loop).outcome).toBe('interrupted');
    const asleep = trial.session.states.filter(({ copy }) => copy === 'frozen').length;
    expect(asleep).toBeGreaterThan(2);
    await trial.session.goTo(before);
    expect(await trial.says('heard, os.get_terminal_size().columns')).toBe('([], 91)\n');
  });

  it('do not end when one of them is killed', async () => {
    const trial = openTrial(python);
    for (let run = 0; run < 4; run += 1) await trial.says(`x = ${run}`);
    await trial.session.keep();
    const victim = trial.session.states[2];
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    await until(
      () => trial.session.states[2]?.copy === 'gone',
      () => 'the death to be told',
    );
    expect(trial.session.states[2]?.reason).toBe('it ended (SIGKILL)');
    await expect(trial.session.goTo(2)).rejects.toThrow('There is no copy of state 2 (it ended (SIGKILL))');
    await trial.session.goTo(1);
    expect(await trial.says('x')).toBe('0\n');
    await trial.session.goTo(4);
    expect(await trial.says('x')).toBe('3\n');
  });
});
