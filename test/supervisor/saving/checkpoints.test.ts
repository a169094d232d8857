/** A session is saved while it goes on, and brought back in a new process. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SavedRun } from '../../../electron/contract/checkpoints.ts';
import { fate, keeps, newStore, openSaved } from '../../support/checkpoints.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { newHome, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';

onPythons(OLD_AND_NEW, 'a saved session', (python) => {
  it('comes back in another process with its names, which go on as if nothing had happened', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says('import math, random; random.seed(7); data = [1, 2]; same = data; K = 10');
    await trial.says('def f(x): return x * K');
    const next = await keeps(trial, 'random.random(); state = random.getstate()');
    expect(next).toBe('');
    const checkpoint = await trial.session.checkpoints.save({ name: 'one' }).done;
    expect(checkpoint).toMatchObject({ name: 'one', run: 3, previous: null });
    expect(checkpoint.lastRuns[1]).toBe('def f(x): return x * K');
    expect(checkpoint.counts).toMatchObject({ saved: 5, imported: 2, unsaved: 0 });

    const other = openSaved(python, { store });
    const { names, warnings, rebuilds } = await other.session.checkpoints.restore('one');
    expect([names.length, warnings, rebuilds]).toEqual([7, [], []]);
    expect(await other.says('K = 20; same.append(3); data, f(2), random.getstate() == state')).toBe(
      '([1, 2, 3], 40, True)\n',
    );
    expect(other.session.states.map(({ run }) => run)).toEqual([null, 4, 5]);
  });

  it('is restored in a run that can be undone, and leaves the states from before in the timeline', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await keeps(trial, 'x = 1');
    await trial.session.checkpoints.save({ name: 'one' }).done;
    await trial.says('x = 2; y = 3');
    const outcomes: string[] = [];
    trial.session.on('outcome', ({ outcome }) => outcomes.push(outcome));
    await trial.session.checkpoints.restore('one');
    expect(await trial.says('x, "y" in globals()')).toBe('(1, False)\n');
    expect(outcomes).toEqual(['ok', 'ok']);
    expect(trial.session.states.at(-2)).toMatchObject({ parent: 2, code: '%restore one' });
    await trial.session.undo(2);
    expect(await trial.says('x, y')).toBe('(2, 3)\n');
  });

  it('has what was printed before it was restored in its next transcript, and tells what is new since', async () => {
    const store = newStore();
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const trial = openSaved(python, { store, transcript: join(folder, 'first') });
    await trial.says('x = 1; print("at first")');
    await trial.session.checkpoints.save({ name: 'one' }).done;
    const other = openSaved(python, { store, transcript: join(folder, 'second') });
    await other.says('print("of another line of runs")');
    await other.session.checkpoints.restore('one');
    await other.says('y = 2; print("and then")');
    const { id, changes } = await other.session.checkpoints.save({ name: 'two' }).done;
    expect(changes).toMatchObject({ added: ['y'], changed: [], removed: [] });
    const transcript = String(await store.part(id, 'transcript'));
    expect(transcript).toMatch(/at first[\s\S]*and then/);
    expect(transcript).not.toContain('of another line');
  });

  it('has beside the names the runs, the transcript, and what others add', async () => {
    const store = newStore();
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const trial = openSaved(python, { store, transcript: join(folder, 'transcript') });
    trial.session.checkpoints.provide('history', () => Buffer.from('x = 1\n'));
    trial.session.checkpoints.provide('editor', async () => null);
    await trial.says('x = 1');
    await trial.session.undo();
    await trial.says('x = 2; print("shown")', { file: '/project/a.py', line: 7 });
    await trial.says('x = 3');
    const { id } = await trial.session.checkpoints.save({ name: null }).done;
    const runs = JSON.parse(String(await store.part(id, 'runs'))) as SavedRun[];
    expect(runs.map(({ run, code, file, line, names }) => ({ run, code, file, line, names }))).toEqual([
      { run: 2, code: 'x = 2; print("shown")', file: '/project/a.py', line: 7, names: ['x'] },
      { run: 3, code: 'x = 3', file: null, line: 1, names: ['x'] },
    ]);
    expect(String(await store.part(id, 'transcript'))).toContain('shown\r\n');
    expect(String(await store.part(id, 'history'))).toBe('x = 1\n');
    expect(await store.part(id, 'editor')).toBe(null);
  });

  it('tells what did not come back, and runs anew what made it', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says('n = 2');
    await trial.says('gen = (i * n for i in range(5))');
    await trial.says('m = 4; gen2 = (i for i in [n, m])');
    await trial.session.checkpoints.save({ name: 'one' }).done;
    const other = openSaved(python, { store });
    const { names, rebuilds } = await other.session.checkpoints.restore('one');
    expect(fate(names, 'gen')).toContain('unsaved: ');
    expect(rebuilds.map(({ run, names: made }) => [run, made])).toEqual([
      [2, ['gen']],
      [3, ['gen2']],
    ]);
    const progress: [number, number][] = [];
    other.session.checkpoints.on('rebuilding', (done, runs) => progress.push([done, runs]));
    expect((await other.session.checkpoints.rebuild()).map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
    expect(progress).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(await other.says('list(gen), list(gen2)')).toBe('([0, 2, 4, 6, 8], [2, 4])\n');

    // Saved once more, it still knows how its names came to be.
    await other.session.checkpoints.save({ name: 'two' }).done;
    const third = openSaved(python, { store });
    const again = await third.session.checkpoints.restore('two');
    expect(again.rebuilds.map(({ run, names: made }) => [run, made])).toEqual([
      [5, ['gen']],
      [6, ['gen2']],
    ]);
  });
});

onPythons(ONE, 'saving and restoring', (python) => {
  it('writes only what is new', async () => {
    const trial = openSaved(python);
    await trial.says(
      'import random; big = random.Random(1).getrandbits(8 * 10**6).to_bytes(10**6, "big"); x = 1',
    );
    const first = await trial.session.checkpoints.save({ name: null }).done;
    await trial.says('x = 2; y = 1; del random');
    const second = await trial.session.checkpoints.save({ name: null }).done;
    expect(first.added).toBeGreaterThan(10 ** 6);
    expect(second.added).toBeLessThan(10 ** 5);
    expect(second.previous).toBe(first.id);
    expect(second.changes).toMatchObject({ added: ['y'], changed: ['x'], removed: ['random'] });
  });

  it('is refused while a run goes on, and where there is no place for it', async () => {
    const trial = openSaved(python);
    void trial.run('input()');
    await trial.asks();
    await expect(trial.session.checkpoints.save({ name: 'x' }).done).rejects.toThrow(
      'The program asks something; answer it first.',
    );
    await trial.answers('');
    await trial.becomes('idle');
    const run = trial.run('import time; time.sleep(0.3)');
    await trial.becomes('running');
    await expect(trial.session.checkpoints.save({ name: 'x' }).done).rejects.toThrow('A run is going on');
    await run;
    const plain = openTrial(python);
    await plain.session.whenReady();
    await expect(plain.session.checkpoints.save({ name: 'x' }).done).rejects.toThrow('without a place');
    await expect(plain.session.checkpoints.restore('x')).rejects.toThrow('without a place');
  });

  it('takes an empty session too', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.session.whenReady();
    expect(await trial.session.checkpoints.save({ name: 'empty' }).done).toMatchObject({
      run: 0,
      lastRuns: [],
    });
    expect(trial.session.status.kind).toBe('idle');
    await trial.says('x = 1');
    await trial.session.checkpoints.restore('empty');
    expect(await trial.says('"x" in globals()')).toBe('False\n');
  });

  it('tells how far it is, and that it is over', async () => {
    const trial = openSaved(python);
    await trial.says('a, b, c = [1], [2], [3]');
    const seen: (string | null)[] = [];
    trial.session.checkpoints.on('progress', (saving) => seen.push(saving && (saving.progress.name ?? '-')));
    const saved: (string | null)[] = [];
    trial.session.checkpoints.on('saved', ({ name }) => saved.push(name));
    const saving = trial.session.checkpoints.save({ name: 'one' });
    expect(trial.session.checkpoints.now).toBe(saving);
    await saving.done;
    expect(trial.session.checkpoints.now).toBe(null);
    expect([seen[0], seen.at(-1), saved]).toEqual(['-', null, ['one']]);
    expect(saving.progress).toMatchObject({ name: null, done: 3, names: 3 });
  });

  it('restores only some names into the state that the session is in', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says('a = [1]; b = [a]; c = 5');
    await trial.session.checkpoints.save({ name: 'one' }).done;
    await trial.says('a = 0; c = 0; del b');
    await expect(trial.session.checkpoints.restore('one', { names: ['d'] })).rejects.toThrow(
      'There is no name d in Checkpoint one.',
    );
    const { names } = await trial.session.checkpoints.restore('one', { names: ['b'] });
    expect(names.map(({ name }) => name)).toContain('b');
    expect(await trial.says('b, c')).toBe('([[1]], 0)\n');
    await trial.session.undo(2);
    expect(await trial.says('"b" in globals()')).toBe('False\n');
  });

  it('is read no longer than the restore takes, whatever comes of it', async () => {
    const home = newHome();
    const store = storeIn(home);
    const trial = openSaved(python, { store });
    const { checkpoints } = trial.session;
    await keeps(trial, 'x = 1');
    await checkpoints.save({ name: 'one' }).done;
    const readers = () =>
      (readdirSync(join(home, 'checkpoints'), { recursive: true }) as string[]).filter((path) =>
        path.includes('reading-'),
      );
    const isOver = () =>
      until(
        () => readers().length === 0,
        () => `nobody to read, not ${readers()}`,
      );
    await checkpoints.restore('one', { names: ['x'] });
    await isOver();
    await expect(checkpoints.restore('one', { names: ['absent'] })).rejects.toThrow('no name absent');
    await isOver();
    await checkpoints.restore('one');
    await isOver();
    const broken = checkpoints.restore('one');
    trial.session.kill();
    await broken.catch(() => undefined);
    await isOver();
  });

  it('leaves the session where it was when it is interrupted, or Python dies of it', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says(
      'class Slow:\n' +
        '    def __setstate__(self, state):\n' +
        '        import os, time\n' +
        '        if os.environ.get("DEADLY") == "yes": os._exit(3)\n' +
        '        if os.environ.get("DEADLY"): time.sleep(60)\n' +
        '        self.__dict__.update(state)\n' +
        's = Slow(); s.a = 1',
    );
    await trial.session.checkpoints.save({ name: 'slow' }).done;
    for (const [value, words] of [
      ['slow', 'Checkpoint slow was not restored: it was interrupted. The session is where it was.'],
      ['yes', 'Checkpoint slow was not restored: Python ended: exit status 3. The session is where it was.'],
    ]) {
      const other = openSaved(python, { store, env: { ...process.env, DEADLY: value } });
      await keeps(other, 'here = 1');
      const restored = other.session.checkpoints.restore('slow');
      restored.catch(() => undefined);
      if (value === 'slow') {
        await other.becomes('running');
        const timer = setInterval(() => other.session.interrupt(), 200);
        onTestFinished(() => clearInterval(timer));
      }
      await expect(restored).rejects.toThrow(words);
      expect(await other.says('here, "s" in globals()')).toBe('(1, False)\n');
      expect(other.session.checkpoints.restoration).toBe(null);
    }
  });

  it('warns of another Python', async () => {
    const others = OLD_AND_NEW.filter(({ version }) => version !== python.version);
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says('x = {"a": [1]}');
    await trial.session.checkpoints.save({ name: 'one' }).done;
    for (const other of others) {
      const session = openSaved(other, { store });
      const { warnings } = await session.session.checkpoints.restore('one');
      expect(warnings).toEqual([
        {
          about: 'python',
          text: `It was made with CPython ${trial.session.python?.python}, and this is CPython ${session.session.python?.python}.`,
        },
      ]);
      expect(await session.says('x')).toBe("{'a': [1]}\n");
    }
  });
});
