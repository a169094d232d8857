/** What the store trusts, and what it follows: nothing but what was made here. */

import { createHmac } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Untrusted } from '../../../electron/supervisor/store/store.ts';
import { FOREIGN, oneCheckpoint, openIn, save, storeIn } from '../../support/store.ts';
import { ABOUT, packOf, sha256, write } from '../../support/writer.ts';

describe('a stranger’s checkpoint', () => {
  it('is not used, unless the user says so', async () => {
    const { home, checkpoint } = await oneCheckpoint();
    rmSync(join(home, 'key'));
    const store = storeIn(home);
    expect(await store.list()).toEqual([expect.objectContaining({ reason: FOREIGN })]);
    await expect(store.find(checkpoint.id)).rejects.toThrow(Untrusted);
    await expect(store.manifest(checkpoint.id)).rejects.toThrow(Untrusted);
    await expect(store.source(checkpoint.id)).rejects.toThrow(
      'This checkpoint was not made here. Opening it runs code that it contains, with all your rights.',
    );
    expect((await store.inspect(checkpoint.id)).trusted).toBe(false);
    expect(await store.offers()).toEqual([]);
    await store.trust(checkpoint.id);
    expect(await store.find('mine')).toEqual(checkpoint);
  });

  it('is never used where the settings say so', async () => {
    const { home, checkpoint } = await oneCheckpoint();
    rmSync(join(home, 'key'));
    const store = storeIn(home, { foreign: 'never' });
    const words = 'such are never opened: settings.json has';
    await expect(store.source(checkpoint.id)).rejects.toThrow(words);
    await expect(store.trust(checkpoint.id)).rejects.toThrow(words);
  });

  it('cannot take the place of another, though its signature is right', async () => {
    const { home, session, checkpoint, root } = await oneCheckpoint();
    const other = await save(session, { x: 'two' });
    writeFileSync(join(session.path, `${other.id}.checkpoint`), readFileSync(root));
    const [told] = await storeIn(home).list();
    expect(told).toMatchObject({
      id: other.id,
      reason: `It is the root of another checkpoint (${checkpoint.id} of ${session.id}).`,
    });
  });
});

describe('a later version', () => {
  it('of a root or of a pack is refused with words, and kept', async () => {
    const { home, session, checkpoint, root, pack } = await oneCheckpoint();
    const before = [readFileSync(root, 'utf8'), readFileSync(pack)] as const;
    writeFileSync(root, before[0].replace('"version":1', '"version":2'));
    const newer =
      'It was written by a newer PyREPL3 (format version 2, this one reads up to 1); update to open it.';
    expect(await storeIn(home).list()).toEqual([expect.objectContaining({ reason: newer })]);
    await session.clear();
    expect(existsSync(pack)).toBe(true);
    writeFileSync(root, before[0]);
    writeFileSync(pack, packOf(new Map([[sha256(Buffer.from('a')), Buffer.from('a')]]), null, 2));
    await expect(storeIn(home).manifest(checkpoint.id)).rejects.toThrow('a part of its data is missing');
  });

  it('of a manifest likewise', async () => {
    const { home, session, checkpoint, root } = await oneCheckpoint();
    const manifest = Buffer.from(JSON.stringify({ version: 7, names: 'other' }));
    const hash = sha256(manifest);
    writeFileSync(join(session.path, 'packs', 'z.pack'), packOf(new Map([[hash, manifest]])));
    const body = JSON.parse(JSON.parse(readFileSync(root, 'utf8')).body);
    signed(home, root, { ...body, manifest: { size: manifest.length, pieces: [[hash, manifest.length]] } });
    await expect(storeIn(home).manifest(checkpoint.id)).rejects.toThrow(
      'it was written by a newer PyREPL3 (format version 7',
    );
  });
});

describe('a link in the place of', () => {
  const cases: [string, (place: { home: string; session: string; root: string; pack: string }) => string][] =
    [
      ['the folder of all', ({ home }) => join(home, 'checkpoints')],
      ['the key', ({ home }) => join(home, 'key')],
      ['a session’s folder', ({ session }) => session],
      ['its packs', ({ session }) => join(session, 'packs')],
      ['a pack', ({ pack }) => pack],
      ['a root', ({ root }) => root],
    ];

  it.each(cases)('%s is not followed', async (_, pick) => {
    const { home, session, checkpoint, root, pack } = await oneCheckpoint();
    const path = pick({ home, session: session.path, root, pack });
    renameSync(path, join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), path);
    await expect(
      storeIn(home)
        .source(checkpoint.id)
        .then(() => storeIn(home).manifest(checkpoint.id)),
    ).rejects.toThrow(/is a link, and none is followed/);
  });

  it('a session’s folder does not lead the tidying elsewhere', async () => {
    const { home, session } = await oneCheckpoint();
    const elsewhere = join(home, 'elsewhere');
    renameSync(session.path, elsewhere);
    symlinkSync(elsewhere, session.path);
    mkdirSync(join(elsewhere, 'writing-1'));
    rmSync(join(elsewhere, 'session.json'));
    const before = readdirSync(elsewhere);
    const small = storeIn(home, { budget: 0 });
    await save(await openIn(small), { x: '1' });
    expect(readdirSync(elsewhere)).toEqual(before);
    expect(await small.list()).toContainEqual(
      expect.objectContaining({ id: session.id, reason: expect.stringContaining('is a link') }),
    );
  });

  it('what a writer has made is not followed', async () => {
    const { home, session, checkpoint } = await oneCheckpoint();
    const saved = write(session.path, { id: 7, values: { x: 'two' } });
    renameSync(saved.pack as string, join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), saved.pack as string);
    await expect(session.commit(saved, ABOUT)).rejects.toThrow(/is a link, and none is followed/);
    expect(await storeIn(home).list()).toEqual([checkpoint]);
  });

  it('a checkpoint that the user exports to or from is the user’s affair', async () => {
    const { home, checkpoint } = await oneCheckpoint();
    const store = storeIn(home);
    await store.exportTo(checkpoint.id, join(home, 'it.pyrepl3'));
    symlinkSync(join(home, 'it.pyrepl3'), join(home, 'link.pyrepl3'));
    expect((await store.inspectFile(join(home, 'link.pyrepl3'))).checkpoint).toEqual(checkpoint);
  });
});

describe('modes that are too wide', () => {
  it('are made narrow', async () => {
    const { home, session, root } = await oneCheckpoint();
    for (const path of [join(home, 'checkpoints'), session.path]) chmodSync(path, 0o755);
    for (const path of [join(home, 'key'), root]) chmodSync(path, 0o644);
    await storeIn(home).list();
    expect([join(home, 'checkpoints'), session.path].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o700,
    ]);
    expect([join(home, 'key'), root].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });
});

/** Sign a body as the store does. */
function signed(home: string, root: string, found: object): void {
  const body = JSON.stringify(found);
  const signature = createHmac('sha256', readFileSync(join(home, 'key')))
    .update(body)
    .digest('hex');
  writeFileSync(root, JSON.stringify({ format: 'pyrepl3 checkpoint', version: 1, body, signature }));
}
