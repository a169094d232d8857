import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Checkpoint, Inspection } from '../../../electron/contract/checkpoints.ts';
import { FOREIGN, newHome, oneCheckpoint, openIn, save, storeIn } from '../../support/store.ts';
import { ABOUT, write } from '../../support/writer.ts';

/** What a store that opens now says of a checkpoint: that it is as it was, or what is wrong with it. */
async function verdict(home: string, { id }: Checkpoint, sound: Inspection): Promise<string> {
  const store = storeIn(home);
  const [told] = await store.list();
  if (told && 'reason' in told) return told.reason;
  const found = await store.inspect(id).catch((error: Error) => error.message);
  if (typeof found === 'string') return found;
  const { damage, ...rest } = found;
  expect({ ...rest, damage: sound.damage }).toEqual(sound);
  return damage.pieces > 0 ? `${damage.pieces} damaged: ${damage.names}` : 'sound';
}

/** Change every byte of a file in turn, by one bit; return what was said, and how often. */
async function flipAll(file: string, say: () => Promise<string>): Promise<Map<string, number>> {
  const bytes = readFileSync(file);
  const said = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
    writeFileSync(file, changed);
    const words = await say();
    said.set(words, (said.get(words) ?? 0) + 1);
  }
  writeFileSync(file, bytes);
  return said;
}

describe('a flipped bit', () => {
  it('in a root is noticed', async () => {
    const { home, root, checkpoint, sound } = await oneCheckpoint();
    const said = await flipAll(root, () => verdict(home, checkpoint, sound));
    expect(said.get('sound')).toBeUndefined();
    expect([...said.keys()].sort()).toEqual(
      expect.arrayContaining([
        'It is no checkpoint.',
        'Its root is damaged.',
        'Its root is no JSON.',
        FOREIGN,
      ]),
    );
  });

  it('in a pack is noticed, and costs what it hits', async () => {
    const { home, pack, checkpoint, sound } = await oneCheckpoint(500);
    const said = await flipAll(pack, () => verdict(home, checkpoint, sound));
    expect(said.get('sound')).toBeUndefined();
    expect(said.get('1 damaged: data')).toBeGreaterThan(400);
    expect(said.get('1 damaged: x,data') ?? said.get('1 damaged: x')).toBeGreaterThan(0);
    expect([...said.keys()].filter((words) => !words.startsWith('1 damaged'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/a part of its data is (damaged|missing)/)]),
    );
  });

  it('in session.json harms no checkpoint', async () => {
    const { home, session, checkpoint, sound } = await oneCheckpoint();
    const said = await flipAll(join(session.path, 'session.json'), async () => {
      await storeIn(home).offers();
      return verdict(home, checkpoint, sound);
    });
    expect([...said.keys()]).toEqual(['sound']);
  });

  it('in the key makes strangers of all', async () => {
    const { home, checkpoint, sound } = await oneCheckpoint();
    const said = await flipAll(join(home, 'key'), () => verdict(home, checkpoint, sound));
    expect([...said.keys()]).toEqual([FOREIGN]);
  });
});

describe('a file that is cut off', () => {
  it('is noticed at any length', async () => {
    const { home, root, pack, checkpoint, sound } = await oneCheckpoint(1500);
    for (const file of [root, pack]) {
      const bytes = readFileSync(file);
      for (let length = bytes.length - 2; length >= 0; length -= 7) {
        truncateSync(file, length);
        expect(await verdict(home, checkpoint, sound)).not.toBe('sound');
      }
      writeFileSync(file, bytes);
    }
    expect(await verdict(home, checkpoint, sound)).toBe('sound');
  });

  it('is told of, when it is the key', async () => {
    const { home, checkpoint, sound } = await oneCheckpoint();
    truncateSync(join(home, 'key'), 7);
    expect(await verdict(home, checkpoint, sound)).toContain('is damaged: it has 7 bytes, not 32.');
  });
});

describe('a damaged checkpoint', () => {
  it('does not keep the others from being used, and can be removed', async () => {
    const { home, session, checkpoint, root } = await oneCheckpoint();
    writeFileSync(root, '{');
    const store = storeIn(home);
    const other = await save(session, { y: '1' }, 'other');
    expect(await store.list()).toEqual([
      other,
      expect.objectContaining({ id: checkpoint.id, session: session.id, reason: 'Its root is no JSON.' }),
    ]);
    await expect(store.find(checkpoint.id)).rejects.toThrow(
      `Checkpoint ${checkpoint.id} cannot be used. Its root is no JSON.`,
    );
    expect(await store.find('')).toEqual(other);
    await store.remove(checkpoint.id);
    expect(await store.list()).toEqual([other]);
  });

  it('gives what is whole, and nothing that is not', async () => {
    const { home, checkpoint, pack } = await oneCheckpoint();
    const bytes = readFileSync(pack);
    bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9);
    writeFileSync(pack, bytes);
    const store = storeIn(home);
    expect((await store.part(checkpoint.id, 'runs'))?.toString()).toBe('[]');
    await expect(store.exportTo(checkpoint.id, join(home, 'it.pyrepl3'))).rejects.toThrow(
      `was not exported to ${join(home, 'it.pyrepl3')}: a part of its data is damaged.`,
    );
    expect(readdirSync(home).sort()).toEqual(['checkpoints', 'key']);
  });

  it('does not let a save count on a piece that is not there', async () => {
    const { home, session, pack, checkpoint } = await oneCheckpoint();
    const data = readFileSync(pack);
    const saved = write(session.path, { id: 1000, values: { x: 'one', z: 'new' } });
    rmSync(pack);
    await expect(session.commit(saved, ABOUT)).rejects.toThrow(
      /\d pieces of its data are missing. Save again./,
    );
    writeFileSync(pack, data);
    expect(await storeIn(home).list()).toEqual([checkpoint]);
    expect(readdirSync(join(session.path, 'packs'))).toEqual([`${checkpoint.id}.pack`]);
  });
});

describe('a pack that two sessions have', () => {
  it('is not written anew in one of them', async () => {
    const { home, session, checkpoint, pack } = await oneCheckpoint(50_000);
    linkSync(pack, join(home, 'other'));
    await save(session, { x: 'one' });
    await storeIn(home).remove(checkpoint.id);
    expect(existsSync(pack)).toBe(true);
  });
});

describe('a home that cannot be used', () => {
  it('is told of with words', async () => {
    const home = newHome();
    writeFileSync(join(home, 'file'), '');
    await expect(openIn(storeIn(join(home, 'file')))).rejects.toThrow(
      `The saved sessions in ${join(home, 'file', 'checkpoints')} cannot be changed: a file is in the place of a folder.`,
    );
    symlinkSync(join(home, 'nowhere'), join(home, 'link'));
    await expect(openIn(storeIn(join(home, 'link')))).rejects.toThrow('cannot be changed: it is not there.');
    expect(await storeIn(join(home, 'new', 'deep')).list()).toEqual([]);
    await openIn(storeIn(join(home, 'new', 'deep')));
    expect(readdirSync(join(home, 'new', 'deep')).sort()).toEqual(['checkpoints', 'key']);
  });
});
