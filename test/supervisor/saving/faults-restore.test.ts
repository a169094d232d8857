/** Restoring goes wrong: it is stopped, or Python dies of what it loads. The session is where it was. */

import { expect, it } from 'vitest';
import { fate, keeps, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';

/** What its state does when it is set, in a session that has such a variable in its environment. */
const LOADED = `
class Loaded:
    def __setstate__(self, state):
        import os
        exec(os.environ.get("DEED", ""))
        self.__dict__.update(state)
early, it, late = [1], Loaded(), [2]
it.x = 5
`;

/** A checkpoint with a name that does something when it is loaded. */
async function saved(python: Interpreter): Promise<string> {
  const home = newHome();
  const trial = openSaved(python, { store: storeIn(home) });
  await keeps(trial, LOADED);
  await trial.session.checkpoints.save({ name: 'it' }).done;
  await trial.close();
  return home;
}

/** A session in which something is, and in which the name does that when it is loaded. */
async function openHere(python: Interpreter, home: string, deed: string): Promise<Trial> {
  const trial = openSaved(python, { store: storeIn(home), env: { ...process.env, DEED: deed } });
  await keeps(trial, 'import os; here = [1]');
  return trial;
}

/** The session is as it was before, and can restore when nothing is in the way. */
async function expectUnharmed(trial: Trial): Promise<void> {
  expect(await trial.says('here, "early" in globals(), "it" in globals()')).toBe('([1], False, False)\n');
  expect(trial.session.checkpoints.restoration).toBe(null);
  await trial.says('os.environ.pop("DEED")');
  await trial.session.checkpoints.restore('it', { names: ['early', 'it', 'late'] });
  expect(await trial.says('here, early, it.x, late')).toBe('([1], [1], 5, [2])\n');
}

const DEATHS: [string, string][] = [
  ['import os; os.kill(os.getpid(), 11)', 'Checkpoint it was not restored: Python ended: segmentation fault'],
  ['os._exit(3)', 'Checkpoint it was not restored: Python ended: exit status 3.'],
  ['os.kill(os.getpid(), 9)', 'Checkpoint it was not restored: Python ended'],
  ['os.kill(0, 15)', 'Checkpoint it was not restored: Python ended'],
];

/** What is raised, and what comes of the name. */
const RAISED: [string, RegExp][] = [
  ['raise ValueError("no")', /ValueError: no/],
  ['raise SystemExit(3)', /SystemExit/],
  ['raise GeneratorExit', /GeneratorExit/],
  ['def f(): f()\nglobals()["f"] = f\nf()', /Recursion|deep/],
  ['b" " * 2**60', /Memory|memory/],
];

onPythons(ONE, 'a restore', (python) => {
  it.each(DEATHS)('of which Python dies leaves the session where it was: %s', async (deed, words) => {
    const trial = await openHere(python, await saved(python), deed);
    await expect(trial.session.checkpoints.restore('it')).rejects.toThrow(words);
    await expectUnharmed(trial);
  });

  it('that is killed, or interrupted, leaves the session where it was', async () => {
    const home = await saved(python);
    for (const stop of ['kill', 'interrupt'] as const) {
      const trial = await openHere(python, home, 'print("begun", flush=True)\nwhile True: pass');
      const restored = trial.session.checkpoints.restore('it');
      restored.catch(() => undefined);
      await trial.shows('begun');
      trial.session[stop]();
      await expect(restored).rejects.toThrow(
        /^Checkpoint it was not restored: .*\. The session is where it was\.$/,
      );
      await expectUnharmed(trial);
    }
  });

  it('of a name that interrupts itself is one that was interrupted', async () => {
    const trial = await openHere(python, await saved(python), 'raise KeyboardInterrupt');
    await expect(trial.session.checkpoints.restore('it')).rejects.toThrow('it was interrupted');
    await expectUnharmed(trial);
  });

  it.each(RAISED)('of a name that raises brings the others: %s', async (deed, words) => {
    const trial = await openHere(python, await saved(python), deed);
    const { names } = await trial.session.checkpoints.restore('it');
    expect(fate(names, 'it')).toMatch(words);
    expect(await trial.says('early, late, "here" in globals()')).toBe('([1], [2], False)\n');
    await trial.session.goTo(1);
    expect(await trial.says('here')).toBe('[1]\n');
  });

  it('of a name that needs modules and functions of the session to be loaded finds them', async () => {
    const store = storeIn(newHome());
    const first = openSaved(python, { store });
    await keeps(
      first,
      'import math\nK = 3\ndef helper(x): return math.sqrt(x) + K\nclass Needy:\n' +
        '    def __setstate__(self, state):\n        self.__dict__.update(state, root=helper(state["x"]))\n' +
        'needy = Needy(); needy.x, needy.root = 4, 5.0',
    );
    await first.session.checkpoints.save({ name: 'needy' }).done;
    const second = openSaved(python, { store });
    const { names } = await second.session.checkpoints.restore('needy');
    expect(fate(names, 'needy')).toBe('saved');
    expect(await second.says('needy.root')).toBe('5.0\n');
  });

  it('shows what is printed, and answers what is asked', async () => {
    const trial = await openHere(python, await saved(python), 'self.said = input("Who? ")');
    const restored = trial.session.checkpoints.restore('it');
    await trial.answers('me');
    await restored;
    expect(await trial.says('it.said, it.x')).toBe("('me', 5)\n");
  });

  it('whose host is killed says so, and the session begins anew', async () => {
    const trial = await openHere(python, await saved(python), 'print("begun", flush=True)\nwhile True: pass');
    trial.expectFaults();
    const host = Number(await trial.says('print(os.getppid())'));
    const restored = trial.session.checkpoints.restore('it');
    restored.catch(() => undefined);
    await trial.shows('begun');
    process.kill(host, 'SIGKILL');
    await expect(restored).rejects.toThrow(/^Checkpoint it was not restored: .*\.$/);
    await until(
      () => trial.processes().length === 0,
      () => `nothing to be left: ${trial.processes()}`,
    );
    await trial.session.restart();
    expect(await trial.says('"here" in globals()')).toBe('False\n');
  });

  it('that goes wrong keeps nobody else from what is on the disk', async () => {
    const home = await saved(python);
    const trial = await openHere(python, home, 'os._exit(3)');
    await expect(trial.session.checkpoints.restore('it')).rejects.toThrow('exit status 3');
    const { id } = await storeIn(home).find('it');
    await storeIn(home).remove(id);
    expect(await storeIn(home).list()).toEqual([]);
  });
});
