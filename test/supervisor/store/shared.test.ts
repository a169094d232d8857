/** A home that machines and containers share: nobody judges whom he cannot see. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameOf, type Owner, thisProcess } from '../../../electron/supervisor/platform/process-identity.ts';
import { Lock } from '../../../electron/supervisor/repository/lock.ts';
import { Repository } from '../../../electron/supervisor/repository/repository.ts';
import { giveSigns } from '../../../electron/supervisor/repository/signs-of-life.ts';
import { newHome, noise, openIn, save, storeIn } from '../../support/store.ts';
import { CONTAINER, canContain, startSaver } from '../../support/store-process.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Less than two checkpoints of the program's take. */
const SMALL = 150_000;

const ELSEWHERE: [string, Partial<Owner>][] = [
  ['on another machine', { machine: '0123456789abcdef', boot: '00000000-0000-0000-0000-000000000000' }],
  ['in another container', { namespace: '4026539999' }],
];

describe.each(ELSEWHERE)('a process %s', (_, place) => {
  const other = { ...thisProcess(), pid: 2 ** 22 + 1, ...place };

  it('keeps the lock that it holds, and its number and the way out are told', async () => {
    const path = join(newHome(), 'lock');
    mkdirSync(path);
    writeFileSync(join(path, nameOf(other)), '');
    await expect(new Lock(path).hold(async () => 'mine', 50)).rejects.toThrow(
      `Another PyREPL3 (process ${other.pid} on another machine or in another container) is changing the saved ` +
        `sessions; try again, or remove ${path} where it is not there any more.`,
    );
    expect(readdirSync(path)).toHaveLength(1);
  });

  it('has lost it when it has given no sign of life for more than a day', async () => {
    const path = join(newHome(), 'lock');
    mkdirSync(path);
    writeFileSync(join(path, nameOf({ ...other, seen: Date.now() - DAY_MS - 1000 })), '');
    expect(await new Lock(path).hold(async () => 'mine', 50)).toBe('mine');
  });

  it('keeps its session and what it is writing, until it has been silent for more than a day', async () => {
    const store = storeIn(newHome(), { budget: 0 });
    const session = await openIn(store);
    const { id } = await save(session, { x: '1' });
    mkdirSync(join(session.path, 'writing-7'));
    const file = join(session.path, 'session.json');
    const rewrite = (change: object) =>
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
    rewrite(other);
    await save(await openIn(store), { y: '1' });
    expect(await store.offers()).toEqual([]);
    expect(readdirSync(session.path)).toContain('writing-7');
    await expect(store.remove(id)).rejects.toThrow(
      'on another machine or in another container); delete it there.',
    );
    rewrite({ seen: Date.now() - DAY_MS - 1000 });
    expect(await store.offers()).toMatchObject([{ checkpoint: { id }, ended: 'cut off' }]);
    await save(await openIn(store), { z: '1' });
    expect(readdirSync(session.path)).not.toContain('writing-7');
  });
});

it('an open session gives signs of life', async () => {
  const home = newHome();
  const session = await openIn(storeIn(home));
  const seen = (): number => JSON.parse(readFileSync(join(session.path, 'session.json'), 'utf8')).seen;
  const first = seen();
  const stop = giveSigns(new Repository(home), session, 20);
  await until(
    () => seen() > first,
    () => 'a further sign',
  );
  stop();
  await session.close('quit');
});

describe.skipIf(!canContain())('processes in containers of their own', () => {
  it('save in one store at a time, and do each other no harm', { timeout: 60_000 }, async () => {
    const home = newHome();
    const store = storeIn(home, { budget: SMALL });
    const savers = await Promise.all([
      startSaver(home, SMALL, CONTAINER),
      startSaver(home, SMALL, CONTAINER),
    ]);
    const session = await openIn(store);
    for (let count = 0; count < 8; count += 1) {
      await save(session, { big: noise(20_000), count: String(count) });
    }
    await Promise.all(savers.map((saver) => saver.saves(8)));
    expect(await store.offers()).toEqual([]);
    await Promise.all(savers.map((saver) => saver.kill()));
    const ids = (await store.list()).map(({ id }) => id);
    for (const saver of savers) expect(ids).toContain(saver.saved().at(-1));
    for (const id of ids) expect((await store.inspect(id)).damage).toEqual({ pieces: 0, names: [] });
  });
});
