/** Two programs on one store, and a clock that goes back: neither takes from the other what it has saved. */

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Checkpoint } from '../../../electron/contract/checkpoints.ts';
import type { Store } from '../../../electron/supervisor/store/store.ts';
import { keeps, openSaved } from '../../support/checkpoints.ts';
import { treeOf, unprotected } from '../../support/faults.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { type Saving, startSaving } from '../../support/saving-process.ts';
import { newHome, storeIn } from '../../support/store.ts';

/** The programs have a megabyte each that does not change, and some that does. */
const SMALL_BYTES = 3_000_000;
/** So many saves each is long enough for them to be in each other's way. */
const SAVES = 8;

async function expectWhole({ id }: { id: string }, store: Store): Promise<void> {
  expect((await store.inspect(id)).damage).toEqual({ pieces: 0, names: [] });
}

function lastOf(app: Saving): { id: string; name: string | null } {
  return app.told('saved').at(-1) as { id: string; name: string | null };
}

/** The sessions of these programs are offered, each with what it has saved last; it may not have got to say so. */
async function expectOffered(store: Store, apps: Saving[]): Promise<void> {
  const offered = (await store.offers()).map(({ checkpoint }) => checkpoint);
  expect(offered).toHaveLength(apps.length);
  for (const app of apps) {
    const { id, session } = await store.find(lastOf(app).id);
    expect(offered.find((each) => each.session === session)?.id).toSatisfy((newest: string) => newest >= id);
  }
}

function idsOf(list: readonly { id: string }[]): string[] {
  return list.map(({ id }) => id);
}

onPythons(ONE, 'two programs on one store', (python) => {
  it('save and thin at once, and keep what each has saved last', async () => {
    const home = newHome();
    const store = storeIn(home);
    const apps = await Promise.all([1, 2].map(() => startSaving(home, python, SMALL_BYTES)));
    for (const count of [SAVES / 2, SAVES]) await Promise.all(apps.map((app) => app.tells('saved', count)));
    await Promise.all(apps.map((app) => app.kill()));
    const list = await store.list();
    expect(list.filter((each) => 'reason' in each)).toEqual([]);
    for (const app of apps) {
      expect([app.told('failed'), app.told('fault')]).toEqual([[], []]);
      expect(idsOf(list)).toContain(lastOf(app).id);
      for (const { id, name } of app.told('saved')) if (name !== null) expect(idsOf(list)).toContain(id);
    }
    for (const each of list) await expectWhole(each, store);
    await expectOffered(store, apps);
    expect(unprotected(home)).toEqual([]);
  });

  it('of which one is deleted from what the other was restored from goes on with all of it', async () => {
    const home = newHome();
    const [here, there] = [storeIn(home), storeIn(home)];
    const first = openSaved(python, { store: here });
    await keeps(first, 'x = list(range(50_000)); y = bytes(200_000)');
    const { id } = await first.session.checkpoints.save({ name: 'origin' }).done;
    await first.close();
    const second = openSaved(python, { store: there });
    await second.session.checkpoints.restore('origin');
    await here.remove(id);
    await keeps(second, 'z = 1');
    const { id: next, added } = await second.session.checkpoints.save({ name: 'next' }).done;
    expect(added).toBeLessThan(100_000);
    await expectWhole({ id: next }, here);
    await second.close();
    const third = openSaved(python, { store: here });
    await third.session.checkpoints.restore('next');
    expect(await third.says('len(x), len(y), z')).toBe('(50000, 200000, 1)\n');
  });

  it('of which one deletes what the other is loading brings back all of it', async () => {
    const home = newHome();
    const first = openSaved(python, { store: storeIn(home) });
    await keeps(
      first,
      'class Asking:\n    def __setstate__(self, state):\n' +
        '        import os\n        self.__dict__.update(state, said=os.environ.get("ASK") and input("? "))\n' +
        'early, it, late = bytes(200_000), Asking(), list(range(50_000))\nit.x = 1',
    );
    const { id } = await first.session.checkpoints.save({ name: 'origin' }).done;
    await first.close();
    const second = openSaved(python, { store: storeIn(home), env: { ...process.env, ASK: 'yes' } });
    const restored = second.session.checkpoints.restore('origin');
    await second.asks();
    await storeIn(home).remove(id);
    await second.answers('yes');
    expect((await restored).names.filter(({ how }) => how === 'unsaved')).toEqual([]);
    expect(await second.says('len(early), it.said, len(late)')).toBe("(200000, 'yes', 50000)\n");
  });

  it('of which one restores what the other has open go on side by side, and both are offered', async () => {
    const home = newHome();
    const store = storeIn(home);
    const first = await startSaving(home, python);
    await first.tells('saved', 1);
    const second = await startSaving(home, python);
    await second.tells('restored', 1);
    for (const app of [first, second]) await app.tells('saved', app.told('saved').length + 2);
    await second.kill();
    await first.tells('saved', first.told('saved').length + 2);
    await first.kill();
    expect(second.told('restored')[0]?.state).toMatch(/^\d+ True$/);
    await expectOffered(store, [first, second]);
  });

  it('of which one has died half way through leaves the other to clean up, before it needs the room', async () => {
    const home = newHome();
    const app = await startSaving(home, python);
    await app.tells('saved', 1);
    const [session = ''] = readdirSync(join(home, 'checkpoints')).filter((name) => /^\d/.test(name));
    await app.kill();
    mkdirSync(join(home, 'checkpoints', session, 'writing-99'));
    await storeIn(home).openSession({ folder: home, python: python.executable });
    expect(treeOf(home).filter((path) => path.includes('writing-'))).toEqual([]);
  });
});

onPythons(ONE, 'a clock that goes back', (python) => {
  it('does not make an earlier checkpoint the newest', async () => {
    const home = newHome();
    const store = storeIn(home);
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 25, 12) });
    const first = openSaved(python, { store });
    const saved: Checkpoint[] = [];
    const save = async (hour: number, x: number) => {
      vi.setSystemTime(Date.UTC(2026, 10, 25, hour));
      await keeps(first, `x = ${x}`);
      saved.unshift(await first.session.checkpoints.save({ name: null }).done);
    };
    await save(12, 1);
    await save(9, 2);
    await save(23, 3);
    await save(10, 4);
    await first.close();
    vi.setSystemTime(Date.UTC(2026, 10, 24));
    expect(idsOf(await store.list())).toEqual(idsOf(saved));
    expect(saved.map(({ previous }) => previous)).toEqual([...idsOf(saved).slice(1), null]);
    expect((await store.offers())[0]?.checkpoint).toEqual(saved[0]);
    const second = openSaved(python, { store });
    await second.session.checkpoints.restore('');
    expect(await second.says('x')).toBe('4\n');
    const { id } = await second.session.checkpoints.save({ name: null }).done;
    expect((await store.find('')).id).toBe(id);
  });
});
