/** What `session.variables()` tells, of real Pythons: with copies, without, while a run goes on, and of hostile values. */

import { expect, it } from 'vitest';
import type { Variable, Variables } from '../../../electron/supervisor/session.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { until } from '../../support/until.ts';
import { withoutNative } from '../../support/without-native.ts';

const HOSTILE = `
import os, signal, time
def hostile(name, act):
    globals()[name.lower()] = type(name, (), {'__repr__': act})()
hostile('Sleeps', lambda self: time.sleep(1e6))
hostile('Raises', lambda self: 1 / 0)
hostile('Prints', lambda self: print('a flood\\n' * 10000) or 'printed')
hostile('Recurses', lambda self: repr(self))
hostile('Allocates', lambda self: 'x' * (20 << 30))
hostile('Exits', lambda self: os._exit(3))
hostile('Dies', lambda self: os.kill(os.getpid(), signal.SIGKILL))
hostile('Asks', lambda self: input('name? '))
hostile('Plain', lambda self: 'plain')`;

onPythons(OLD_AND_NEW, 'the variables of a session', (python) => {
  it('are those of the state that it is in, with what the last run did to them', async () => {
    const { session } = openTrial(python);
    expect(await session.variables()).toMatchObject({ state: 0, count: 0, variables: [] });
    await session.run('import math; number = 7; words = ["a"]');
    await session.run('words.append("b"); number = 8; more = words');
    const found = await session.variables();
    expect(found).toMatchObject({ state: 2, isRunning: false, limit: null, count: 4, isWhole: true });
    const { math, number, words, more } = byName(found);
    expect(math).toMatchObject({ group: 'module', change: null, text: 'math' });
    expect(number).toMatchObject({ group: 'data', type: 'int', text: '8', change: 'rebound' });
    expect(words).toMatchObject({ text: "['a', 'b']", length: 2, same: ['more'], change: 'changed' });
    expect(more).toMatchObject({ same: ['words'], change: 'added' });
    await session.undo();
    expect(byName(await session.variables()).number).toMatchObject({ text: '7', change: 'added' });
    expect((await session.variables({ state: 2 })).count).toBe(4);
  });

  it('are harmed by a hostile value in its own row alone, and neither the session nor its prompt is', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says(HOSTILE);
    const printed = trial.text;
    const early: Variables[] = [];
    const listing = session.variables({ soon: (variables) => early.push(variables) });
    const begin = performance.now();
    expect(await trial.says('print(6 * 7)')).toBe('42\n');
    expect(performance.now() - begin).toBeLessThan(1500);
    const rows = byName(await listing);
    const troubles = Object.fromEntries(
      Object.values(rows).flatMap(({ name, trouble }) => (trouble ? [[name, trouble]] : [])),
    );
    expect(troubles).toEqual({
      sleeps: 'when asked it took longer than 2 s',
      raises: 'its __repr__ raised ZeroDivisionError: division by zero',
      recurses: expect.stringContaining('RecursionError'),
      allocates: 'its __repr__ raised MemoryError',
      exits: 'when asked it ended the process (status 3)',
      dies: 'when asked it ended the process (SIGKILL)',
      asks: expect.stringContaining('its __repr__ raised'),
    });
    expect([rows.prints?.text, rows.plain?.text]).toEqual(['printed', 'plain']);
    expect(early.map(({ isWhole, count }) => [isWhole, count])).toEqual([[false, Object.keys(rows).length]]);
    expect(trial.text).toBe(`${printed}42\n`);
    expect(session.status.kind).toBe('idle');
  });

  it('are those of before while a run goes on', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('number = 7');
    const run = session.run('number = 8; input("go? ")');
    await trial.asks();
    const found = await session.variables();
    expect(found).toMatchObject({ state: 1, isRunning: true, limit: null });
    expect(byName(found).number).toMatchObject({ text: '7' });
    await trial.answers('');
    await run;
    expect(byName(await session.variables()).number).toMatchObject({ text: '8' });
  });

  it('are looked into part by part', async () => {
    const { session } = openTrial(python);
    await session.run('data = {"a": [1, 2, {"b": 3}], "c": 4}');
    const names = async (path: (string | number)[]) =>
      (await session.variables({ path })).variables.map(({ name, text }) => `${name} ${text}`);
    expect(await names(['data'])).toEqual(["['a'] [1, 2, {'b': 3}]", "['c'] 4"]);
    expect(await names(['data', 0, 2])).toEqual(["['b'] 3"]);
    const page = await session.variables({ path: ['data', 0], first: 1, most: 1 });
    expect([page.count, page.variables.map(({ name }) => name)]).toEqual([3, ['[1]']]);
    await expect(session.variables({ path: ['nothing'] })).rejects.toMatchObject({
      code: 'UNTOLD',
      message: 'The variables could not be told: there is no name nothing.',
    });
  });

  it('are told by the live state, without a line of the user’s code, where there is no copy', async () => {
    const trial = openTrial(python, { states: { keep: 'when asked' } });
    const { session } = trial;
    await trial.says(
      'class Kind:\n    def __repr__(self): print("asked"); return "x"\nvalue = Kind(); number = 7',
    );
    const found = await session.variables();
    expect(found).toMatchObject({ state: 1, limit: 'copies are kept only when you ask', isWhole: false });
    expect(byName(found)).toMatchObject({ value: { text: '<Kind>' }, number: { text: '7' } });
    const run = session.run('number = 8; input()');
    await trial.asks();
    const later = session.variables();
    await trial.answers('');
    await run;
    expect(byName(await later).number).toMatchObject({ text: '8' });
    expect(trial.text).not.toContain('asked');
  });

  it('are asked of copies by plain fork where there is no native part', async () => {
    const { session } = openTrial(withoutNative(python));
    await session.run('class Kind:\n    def __repr__(self): return "asked"\nvalue = Kind()');
    const found = await session.variables();
    expect(found.limit).toBeNull();
    expect(byName(found).value).toMatchObject({ text: 'asked' });
    await session.run(
      'import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()',
    );
    const limited = await session.variables();
    expect(limited.limit).toContain('threads do not survive a plain fork');
    expect(byName(limited).value).toMatchObject({ text: '<Kind>' });
  });
});

onPythons(ONE, 'a describer', (python) => {
  it('is ended when nobody waits for it any more, and leaves nothing behind', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('import time\nclass Late:\n    def __repr__(self): time.sleep(1e6)\nlate = Late()');
    await session.keep();
    const before = trial.processes().length;
    const controller = new AbortController();
    const listing = session.variables({ signal: controller.signal, soon: () => controller.abort() });
    await expect(listing).rejects.toMatchObject({ name: 'AbortError' });
    await until(
      () => trial.processes().length === before,
      () => `the describer to end: ${trial.processes()}`,
    );
  });

  it('that a value ends from outside is followed by one that asks none', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import os, signal\nclass Dire:\n    def __repr__(self): os.kill(os.getppid(), signal.SIGKILL)\ndire = Dire(); number = 7',
    );
    const found = await trial.session.variables();
    expect(found).toMatchObject({ limit: 'the describer died (SIGKILL)', isWhole: false });
    expect(byName(found)).toMatchObject({ number: { text: '7' }, dire: { text: '<Dire>' } });
    expect(await trial.session.explain('dire')).toMatchObject({ limit: 'the describer died (SIGKILL)' });
    expect(await trial.says('print(number)')).toBe('7\n');
  });

  it('is given up with the session', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('import time\nclass Late:\n    def __repr__(self): time.sleep(1e6)\nlate = Late()');
    const listing = session.variables({ soon: () => void session.close(0) });
    await expect(listing).rejects.toMatchObject({ code: 'ENDED' });
  });

  it('lists a thousand names beside a session that goes on', async () => {
    const trial = openTrial(python);
    await trial.says('globals().update((f"name{n}", [n] * (n % 50)) for n in range(1000))');
    const found = await trial.session.variables();
    expect([found.count, found.variables.length]).toEqual([1000, 1000]);
  });
});

function byName({ variables }: Variables): Record<string, Variable> {
  return Object.fromEntries(variables.map((variable) => [variable.name, variable]));
}
