/** Killed at random moments, again and again on one store: what was told to be saved is there, whole, and comes back. */

import { expect, it } from 'vitest';
import type { Store } from '../../../electron/supervisor/store/store.ts';
import { keeps, newStore, openSaved } from '../../support/checkpoints.ts';
import { numbers, treeOf, unprotected } from '../../support/faults.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { type Saving, startSaving } from '../../support/saving-process.ts';
import { newHome, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';

/** One for twenty of `PYREPL3_KILLS`, as each takes so much longer than the others. */
const KILLS = Math.max(7, Math.round(Number(process.env.PYREPL3_KILLS ?? 0) / 20));
const EACH_MS = 6000;
/** A start with what it restores, a few runs and a few saves all fall into this time. */
const SPREAD_MS = 1500;
/** A writer takes about so long. */
const WRITER_MS = 40;
/** Automatic checkpoints of a session that are older than so many may be thinned. */
const NEWEST = 10;

type Victim = 'app' | 'host' | 'live' | 'writer';
const VICTIMS: readonly Victim[] = ['app', 'host', 'app', 'writer', 'app', 'live', 'app'];

/** Kill the victim at a random moment. What is not the app goes on, and saves; the app is killed after that. */
async function strike(app: Saving, victim: Victim, random: () => number): Promise<void> {
  const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, random() * most));
  if (victim !== 'app') {
    await app.tells('saved', 1);
    await pause(SPREAD_MS / 4);
    const pid = await find(app, victim);
    await pause(WRITER_MS);
    end(pid);
    await app.tells('saved', app.told('saved').length + 2);
  }
  await pause(victim === 'app' ? SPREAD_MS : WRITER_MS);
  await app.kill();
}

async function find(app: Saving, victim: 'host' | 'live' | 'writer'): Promise<number> {
  let pid: number | undefined;
  await until(
    () => {
      pid = victim === 'writer' ? app.writers()[0] : app.told('runs').at(-1)?.[victim];
      return pid !== undefined;
    },
    () => `the ${victim}`,
  );
  return pid as number;
}

/** It may have ended before. */
function end(pid: number): void {
  expect(pid).toBeGreaterThan(1);
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

/** What has been told to be saved, against what is there. */
class Book {
  saved = 0;
  readonly #store: Store;
  readonly #whole = new Set<string>();
  #newest: string | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Compare what an app has said with what it has found and left. */
  async compare(app: Saving): Promise<void> {
    this.#checkRestored(app);
    const listed = (await this.#store.list()).map((each) => ('reason' in each ? each.reason : each.id));
    const told = app.told('saved');
    const must = told.filter(({ name }, index) => name !== null || index >= told.length - NEWEST);
    expect(listed).toEqual(expect.arrayContaining(must.map(({ id }) => id)));
    for (const id of listed.filter((each) => !this.#whole.has(each))) {
      expect((await this.#store.inspect(id)).damage).toEqual({ pieces: 0, names: [] });
      this.#whole.add(id);
    }
    this.saved += told.length;
    this.#newest = listed[0];
    expect(app.told('fault')).toEqual([]);
  }

  /** It went on with the newest, and had all of it. Only who kills a writer pays with the name that it was at. */
  #checkRestored(app: Saving): void {
    const restored = app.told('restored');
    if (restored.length > 0 && this.#newest) {
      expect(restored[0]).toMatchObject({
        id: this.#newest,
        offered: expect.arrayContaining([this.#newest]),
      });
    }
    for (const { state, step, lost } of restored) {
      if (lost.length === 0) {
        expect(state).toBe(`${step} True`);
      }
      expect(lost.filter((words) => !words.endsWith(': Python died as it was saved (SIGKILL)'))).toEqual([]);
    }
  }
}

onPythons(ONE, 'a program with a session', (python) => {
  it(`loses nothing that it has saved, killed ${KILLS} times`, {
    timeout: 30_000 + KILLS * EACH_MS,
  }, async () => {
    const [home, random] = [newHome(), numbers(20_261_125)];
    const book = new Book(storeIn(home));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const app = await startSaving(home, python);
      await strike(app, VICTIMS[kill % VICTIMS.length] as Victim, random);
      await book.compare(app);
      expect(unprotected(home)).toEqual([]);
    }
    expect(book.saved).toBeGreaterThan(KILLS);
    const trial = openSaved(python, { store: storeIn(home) });
    await trial.session.checkpoints.restore('');
    await trial.session.checkpoints.save({ name: 'last' }).done;
    expect(treeOf(home).filter((path) => /writing-|new-|reading-|lock|\.new/.test(path))).toEqual([]);
  });

  it.each(['', 'and another Python is there by then'])(
    'fails a save as whose writer begins the host dies %s',
    async (more) => {
      const store = newStore();
      const trial = openSaved(python, { store });
      trial.expectFaults();
      await keeps(trial, 'x = 1');
      const host = Number(await trial.says('import os; print(os.getppid())'));
      let isFirst = true;
      trial.session.checkpoints.provide('editor', async () => {
        if (isFirst) {
          isFirst = false;
          end(host);
          await trial.becomes('ended');
          await (more && trial.session.restart());
        }
        return null;
      });
      await expect(trial.session.checkpoints.save({ name: 'one' }).done).rejects.toThrow(
        'Nothing was saved: Python has ended, and the state with it.',
      );
      await trial.session.restart();
      await keeps(trial, 'x = 2');
      await trial.session.checkpoints.save({ name: 'two' }).done;
      expect((await store.list()).map((each) => 'name' in each && each.name)).toEqual(['two']);
    },
  );
});
