/** A crash or a kill costs one run: the session goes back to the state before it. */

import { expect, it } from 'vitest';
import type { Death } from '../../../electron/supervisor/session.ts';
import { isAlive } from '../../support/processes.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

/** What ignores every polite word. */
const STUBBORN = [
  [
    'a loop that swallows KeyboardInterrupt',
    'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
  ],
  [
    'blocked signals',
    'import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\nwhile True: pass',
  ],
  ['an ignored SIGINT', 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass'],
  ['a loop in C code', 'import ctypes\nctypes.CDLL(None).pause.restype\nsum(range(10**12))'],
  ['a call in C code that holds the GIL', 'import ctypes\nctypes.PyDLL(None).sleep(1000)'],
  [
    'a stubborn child',
    'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "import signal, time\\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\\nwhile True: time.sleep(1)"])',
  ],
] as const;

function deathsOf(trial: Trial): Death[] {
  const deaths: Death[] = [];
  trial.session.on('death', (death) => deaths.push(death));
  return deaths;
}

onPythons(ONE, 'recovery', (python) => {
  it('from a crash leaves the transcript, the names and the next run as they would be', async () => {
    const trial = openTrial(python);
    const deaths = deathsOf(trial);
    await trial.says('kept = {"a": [1]}');
    const { output, end } = await trial.run(
      'kept["a"].append(2); print("so far"); import os; os.kill(os.getpid(), 11)',
    );
    expect(output).toBe('so far\n');
    expect(end?.words).toBe('Python ended: segmentation fault (SIGSEGV)');
    expect(deaths.map(({ run, state }) => [run, state.id])).toEqual([[2, 1]]);
    expect(await trial.says('kept')).toBe("{'a': [1]}\n");
    const answered = trial.says('input("name? ")');
    await trial.answers('Ada');
    expect(await answered).toContain("'Ada'");
  });

  it('works again and again, also in the first run', async () => {
    const trial = openTrial(python);
    for (let round = 0; round < 3; round += 1) {
      expect((await trial.run('import os; os.abort()')).outcome).toBe('died');
    }
    await trial.says('count = 0');
    for (let round = 0; round < 5; round += 1) {
      await trial.says('count += 1');
      expect((await trial.run('count += 100; import os; os._exit(1)')).outcome).toBe('died');
    }
    expect(await trial.says('count')).toBe('5\n');
  });

  it.each(STUBBORN)('stops %s and keeps the state', async (_, code) => {
    const trial = openTrial(python);
    await trial.says('big = bytearray(10**7); big[5] = 7; print("ready")');
    const run = trial.run(code);
    await trial.becomes('running');
    trial.session.interrupt();
    trial.session.kill();
    const { outcome, end } = await run;
    expect([outcome, end?.words]).toEqual(['died', 'Python was killed, as you asked']);
    expect(await trial.says('big[5]')).toBe('7\n');
  });

  it('by a kill spares the children of earlier runs', async () => {
    const trial = openTrial(python);
    const older = Number(
      await trial.says('import subprocess; older = subprocess.Popen(["sleep", "1000"]); print(older.pid)'),
    );
    // What began in the same hundredth of a second is counted to the later run.
    await trial.says('import time; time.sleep(0.05)');
    await trial.says('1');
    const run = trial.run(
      'younger = subprocess.Popen(["sleep", "1000"]); print("younger", younger.pid)\nwhile True: pass',
    );
    await until(
      () => /younger \d+\n/.test(trial.text),
      () => `the child's pid in ${trial.text}`,
    );
    const younger = Number(/younger (\d+)/.exec(trial.text)?.[1]);
    trial.session.kill();
    await run;
    await until(
      () => !isAlive(younger),
      () => 'the younger child to end',
    );
    expect(isAlive(older)).toBe(true);
  });

  it('from the death of an idle state loses no run', async () => {
    const trial = openTrial(python);
    const deaths = deathsOf(trial);
    const pid = Number(await trial.says('import os; kept = 5; print(os.getpid())'));
    await trial.session.keep();
    process.kill(pid, 'SIGKILL');
    await until(
      () => deaths.length > 0,
      () => 'the death to be told',
    );
    expect(deaths[0]?.run).toBe(null);
    expect(await trial.says('kept')).toBe('5\n');
  });

  it('ends a question with the run that asked it, and asks again what a thread asks', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import threading; answers = []\n' +
        'def ask(): answers.append(input("name? "))\n' +
        'thread = threading.Thread(target=ask); thread.start()',
    );
    await trial.asks();
    await until(
      () => trial.session.state.copy === 'frozen',
      () => `the state to be kept: ${JSON.stringify(trial.session.state)}`,
    );
    const died = trial.run('import os; os._exit(1)');
    expect((await died).outcome).toBe('died');
    const question = await trial.asks();
    expect(question.prompt).toBe('name? ');
    trial.session.answer(question.id, 'Ada');
    expect(await trial.says('thread.join(); answers')).toBe("['Ada']\n");
  });
});
