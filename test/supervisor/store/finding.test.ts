/** Which checkpoint is meant, which is the newest, what it is called, and how it differs from another. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newHome, openIn, save, storeIn } from '../../support/store.ts';

describe('finding', () => {
  it('goes by name, id, and the beginning of an id', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const older = await save(session, { x: '1' }, 'model');
    const newer = await save(session, { x: '2' }, 'model');
    const last = await save(session, { x: '3' });
    expect(await store.find('')).toEqual(last);
    expect(await store.find('model')).toEqual(newer);
    expect(await store.find(older.id)).toEqual(older);
    expect(await store.find(older.id.slice(0, -1))).toEqual(older);
  });

  it('says what is near, or what is missing of an id', async () => {
    const store = storeIn(newHome());
    await expect(store.find('')).rejects.toThrow('There are no checkpoints yet.');
    const session = await openIn(store);
    const one = await save(session, { x: '1' }, 'model');
    const other = await save(session, { x: '2' });
    await expect(store.find('modle')).rejects.toThrow('There is no checkpoint modle. Did you mean model?');
    await expect(store.find('xyz')).rejects.toThrow('pyrepl3 checkpoints lists them.');
    await expect(store.find(one.id.slice(0, 4))).rejects.toThrow(
      `Several checkpoints begin with ${one.id.slice(0, 4)}: ${other.id}, ${one.id}. Say more of it.`,
    );
    await expect(store.source('20200101-000000-abcdef')).rejects.toThrow('it may have been removed');
  });
});

describe('the order', () => {
  it('is that of their making, though the clock goes back', async () => {
    const store = storeIn(newHome());
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 25, 12) });
    const session = await openIn(store);
    const one = await save(session, { x: '1' });
    vi.setSystemTime(Date.UTC(2026, 10, 25, 9));
    const two = await save(session, { x: '2' });
    const another = await openIn(store);
    const three = await save(another, { x: '3' });
    expect((await store.list()).map(({ id }) => id)).toEqual([three.id, two.id, one.id]);
    expect(two).toMatchObject({ previous: one.id, at: Date.UTC(2026, 10, 25, 9) });
    expect(await store.find('')).toEqual(three);
    expect(await session.previous()).toEqual((await store.source(two.id)).manifest);
  });
});

describe('names', () => {
  it('can be given, changed and taken away', async () => {
    const store = storeIn(newHome());
    const { id } = await save(await openIn(store), { x: '1' });
    await store.rename(id, ' my model ');
    expect(await store.find('my model')).toMatchObject({ id, name: 'my model' });
    await store.rename(id, null);
    expect(await store.find(id)).toMatchObject({ id, name: null });
  });

  it('cannot be mistaken for ids, nor break a list', async () => {
    const store = storeIn(newHome());
    const { id } = await save(await openIn(store), { x: '1' });
    await expect(store.rename(id, '2026-11')).rejects.toThrow('A name has at least one letter');
    await expect(store.rename(id, 'a\nb')).rejects.toThrow('A name is one line');
    await expect(store.rename(id, '  ')).rejects.toThrow('A name is one line');
    for (const name of [id, id.slice(0, -1), '20261125-1'])
      await expect(store.rename(id, name)).rejects.toThrow(
        /looks like the id of a checkpoint|has at least one letter/,
      );
    await expect(store.rename(id, '--cancel')).rejects.toThrow(
      'A name does not begin with a dash, as options do: --cancel.',
    );
  });

  it('that are the ids of others, as older stores have them, are taken for neither', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const meant = await save(session, { x: '1' });
    const decoy = await save(session, { x: '2' }, meant.id);
    expect(await store.find({ id: meant.id })).toEqual(meant);
    expect(await store.locate({ id: decoy.id })).toBe(decoy.id);
    await expect(store.find(meant.id)).rejects.toThrow(
      `${meant.id} is the id of one checkpoint and is the name of another, ${decoy.id}: rename or delete that one first.`,
    );
    const beginning = meant.id.slice(0, 8);
    const other = await save(session, { x: '3' }, beginning);
    await expect(store.find(beginning)).rejects.toThrow(`is the name of another, ${other.id}`);
    await store.rename(decoy.id, 'decoy');
    expect(await store.find(meant.id)).toEqual(meant);
    await expect(store.find({ id: 'decoy' })).rejects.toThrow('There is no checkpoint decoy');
  });
});

describe('comparing', () => {
  it('tells which names differ', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const modules = { np: 'numpy 1.26.4' };
    const one = await save(session, { a: '1', b: '1', c: '1' }, null, { modules, unsaved: { g: 'a lock' } });
    const other = await save(session, { b: '1', c: '2', d: '1' }, null, {
      modules: { np: 'numpy 2.0.0' },
      unsaved: { g: 'a generator' },
    });
    expect(await store.compare(one.id, other.id)).toEqual({
      added: ['d'],
      changed: ['c', 'np', 'g'],
      removed: ['a'],
      more: 0,
    });
    expect(await store.compare(one.id, one.id)).toEqual({ added: [], changed: [], removed: [], more: 0 });
  });
});
