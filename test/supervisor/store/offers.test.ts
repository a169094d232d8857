/** What is offered at the next start: sessions that were open, and that nobody has gone on with. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SessionFolder, Store } from '../../../electron/supervisor/store/store.ts';
import { LARGE, newHome, openIn, save, storeIn } from '../../support/store.ts';
import { startSaver } from '../../support/store-process.ts';

async function offered(store: Store): Promise<string[]> {
  return (await store.offers()).map(({ checkpoint, ended }) => `${ended}: ${checkpoint.id}`);
}

/** Let a session look as if its process had belonged to an earlier boot, or to a process of before. */
function rewrite({ path }: SessionFolder, change: object): void {
  const file = join(path, 'session.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
}

it('none that is open, none without a checkpoint', async () => {
  const home = newHome();
  const store = storeIn(home);
  const [open, empty] = [await openIn(store), await openIn(store)];
  await save(open, { x: '1' });
  await empty.close('quit');
  expect(await store.offers()).toEqual([]);
});

it('one that the user has quit, and one that was killed, the newest first', async () => {
  const home = newHome();
  const store = storeIn(home);
  const quit = await openIn(store);
  const one = await save(quit, { x: '1' });
  await quit.close('quit');
  const saver = await startSaver(home, LARGE);
  await saver.saves(2);
  await saver.kill();
  const other = await store.find('');
  expect(await offered(store)).toEqual([`cut off: ${other.id}`, `quit: ${one.id}`]);
  const [cut] = await store.offers();
  expect(cut).toEqual({ checkpoint: other, ended: 'cut off', at: other.at });
});

it.each([
  ['after a reboot', { boot: '00000000-0000-0000-0000-000000000000' }],
  ['where another process has its number now', { started: 1 }],
])('one that was cut off, %s', async (_, change) => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const { id } = await save(session, { x: '1' });
  expect(await offered(store)).toEqual([]);
  rewrite(session, change);
  expect(await offered(store)).toEqual([`cut off: ${id}`]);
});

it('one of which nothing is known but its checkpoints', async () => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const { id } = await save(session, { x: '1' });
  rmSync(join(session.path, 'session.json'));
  expect(await offered(store)).toEqual([`cut off: ${id}`]);
  await store.dismiss(session.id);
  expect(await offered(store)).toEqual([]);
});

it('with its newest checkpoint that can be used', async () => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const one = await save(session, { x: '1' });
  const two = await save(session, { x: '2' });
  await session.close('quit');
  writeFileSync(join(session.path, `${two.id}.checkpoint`), '');
  expect(await offered(store)).toEqual([`quit: ${one.id}`]);
});

it('the newest alone, where there are more than the setting says', async () => {
  const store = storeIn(newHome(), { offers: 2 });
  const ids: string[] = [];
  for (let session = 0; session < 4; session += 1) {
    const folder = await openIn(store);
    ids.push((await save(folder, { x: '1' })).id);
    await folder.close('quit');
  }
  expect((await store.offers()).map(({ checkpoint }) => checkpoint.id)).toEqual(ids.slice(2).reverse());
  expect(await store.list()).toHaveLength(4);
});

it('none that the user has dismissed, though it stays in the list', async () => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const checkpoint = await save(session, { x: '1' });
  await session.close('quit');
  await store.dismiss(session.id);
  expect(await offered(store)).toEqual([]);
  expect(await store.list()).toEqual([checkpoint]);
  await expect(store.dismiss('20200101-000000-abcdef')).rejects.toThrow('There is no saved session');
});

it('none that another session goes on with, and that session from its first checkpoint on', async () => {
  const store = storeIn(newHome());
  const first = await openIn(store);
  const { id } = await save(first, { x: '1' });
  await first.close('quit');
  const second = await openIn(store);
  await second.inherit(id);
  await store.continued(first.id);
  expect(await offered(store)).toEqual([]);
  const next = await save(second, { x: '2' });
  await second.close('quit');
  expect(await offered(store)).toEqual([`quit: ${next.id}`]);
});

it('again one with which a process went on that ended before it had saved anything', async () => {
  const store = storeIn(newHome());
  const first = await openIn(store);
  const { id } = await save(first, { x: '1' });
  await first.close('quit');
  const second = await openIn(store);
  await second.inherit(id);
  await store.continued(first.id);
  const started = 1;
  rewrite(second, { started });
  rewrite(first, {
    heir: { ...JSON.parse(readFileSync(join(first.path, 'session.json'), 'utf8')).heir, started },
  });
  expect(await offered(store)).toEqual([`quit: ${id}`]);
});

it('one that was restored from an earlier checkpoint of its own', async () => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const one = await save(session, { x: '1' });
  await session.inherit(one.id);
  await store.continued(session.id);
  const two = await save(session, { x: '2' });
  rewrite(session, { boot: 'earlier', heir: null });
  expect(await offered(store)).toEqual([`cut off: ${two.id}`]);
});
