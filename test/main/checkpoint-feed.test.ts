/** The window hears of what is saved, of what is offered, and of each change, of whichever process. */

import { expect, it } from 'vitest';
import type { SavedNews } from '../../electron/contract/checkpoint-news.ts';
import { CheckpointFeed } from '../../electron/main/checkpoints/checkpoint-feed.ts';
import type { Send } from '../../electron/main/ipc/signals.ts';
import type { Store } from '../../electron/supervisor/store/store.ts';
import { newHome, openIn, save, storeIn } from '../support/store.ts';
import { until } from '../support/until.ts';

it('tells what there is when it begins, and then each change', async () => {
  const store = storeIn(newHome());
  const session = await openIn(store);
  const first = await save(session, { x: 'one' }, 'mine');
  const { archive: checkpointFeed, latest } = open(store);
  await checkpointFeed.whenRead();
  expect(idsOf(checkpointFeed.news)).toEqual([first.id]);
  const second = await save(session, { x: 'two' });
  await until(
    () => idsOf(latest()).length === 2,
    () => 'the second checkpoint to be told',
  );
  expect(idsOf(latest())).toEqual([second.id, first.id]);
  await store.rename(second.id, 'renamed');
  await until(
    () => checkpointFeed.nameOf(second.id) === 'renamed',
    () => 'the new name to be told',
  );
});

it('hears of what another store on the same folder does', async () => {
  const home = newHome();
  const session = await openIn(storeIn(home));
  const { archive: checkpointFeed, latest } = open(storeIn(home));
  await checkpointFeed.whenRead();
  await save(session, { x: 'one' });
  await until(
    () => idsOf(latest()).length === 1,
    () => 'the checkpoint to be told',
  );
});

it('offers what was open until the user has chosen, and not again where that was a clean start', async () => {
  const home = newHome();
  const session = await openIn(storeIn(home));
  const { id } = await save(session, { x: 'one' });
  await session.close('quit');
  const { archive: checkpointFeed } = open(storeIn(home));
  await checkpointFeed.whenRead();
  expect(checkpointFeed.news.offers.map(({ card, ended }) => [card.id, ended])).toEqual([[id, 'quit']]);
  await checkpointFeed.dismissOffers();
  expect(checkpointFeed.news.offers).toEqual([]);
  expect(await storeIn(home).offers()).toEqual([]);
  await until(
    () => idsOf(checkpointFeed.news).join() === id,
    () => 'the checkpoint to stay',
  );
});

it('says why what is saved cannot be read', async () => {
  const store = { onChange: () => () => undefined, offers: refuse, list: refuse, usage: refuse };
  const { archive: checkpointFeed } = open(store as unknown as Store);
  await checkpointFeed.whenRead();
  expect(checkpointFeed.news.complaint).toBe('The folder cannot be read.');
});

async function refuse(): Promise<never> {
  throw new Error('The folder cannot be read.');
}

function open(store: Store) {
  let latest: SavedNews | null = null;
  const send = ((name: string, payload: SavedNews) => {
    if (name === 'saved') latest = payload;
  }) as Send;
  const checkpointFeed = new CheckpointFeed(store, send);
  checkpointFeed.begin();
  return { archive: checkpointFeed, latest: () => latest ?? checkpointFeed.news };
}

function idsOf({ cards }: SavedNews): string[] {
  return cards.map(({ id }) => id);
}
