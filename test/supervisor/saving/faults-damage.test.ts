/** A real checkpoint whose files are damaged: what is whole comes back, and what is not is named, or refused in words. */

import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { keeps, openSaved } from '../../support/checkpoints.ts';
import { numbers } from '../../support/faults.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons, times } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome, storeIn } from '../../support/store.ts';

/** So often each file is damaged at random. */
const PACK_FLIPS = times(10, 24);
const PACK_CUTS = times(4, 8);
const OTHERS = times(3, 6);

/** Names of several kinds; each can be asked whether it is what it was. */
const PROGRAM = `
import random
def noise(seed, size):
    return random.Random(seed).getrandbits(8 * size).to_bytes(size, "big")
class Witness:
    def __setstate__(self, state):
        with open(state["file"], "a") as file:
            file.write("loaded\\n")
        self.__dict__.update(state)
large, small, words = noise(1, 300_000), noise(2, 3000), [str(n) for n in range(5000)]
pair = [words[:3000], {"of": noise(3, 40_000)}]
also = pair[1]
witness = Witness()
witness.file = "witness"
`;

const NAMES = ['large', 'small', 'words', 'pair', 'also', 'witness'];

/** Prints which of the names are there, and what they were. */
const CHECK = `
import random as r
def n(seed, size):
    return r.Random(seed).getrandbits(8 * size).to_bytes(size, "big")
found, them = [], globals()
was = {"large": n(1, 300_000), "small": n(2, 3000), "words": [str(n) for n in range(5000)]}
was.update(pair=[was["words"][:3000], {"of": n(3, 40_000)}], also={"of": n(3, 40_000)})
for name in ${JSON.stringify(NAMES)}:
    if name in them and (name == "witness" and them[name].file == "witness" or them[name] == was.get(name)):
        found.append(name)
print(*found)
`;

/** A checkpoint, and a session that restores it again and again. */
async function saved(python: Interpreter) {
  const home = newHome();
  const first = openSaved(python, { store: storeIn(home), cwd: home });
  await keeps(first, PROGRAM);
  const { id, session } = await first.session.checkpoints.save({ name: 'mine' }).done;
  await first.close();
  const folder = join(home, 'checkpoints', session);
  const pack = join(folder, 'packs', readdirSync(join(folder, 'packs'))[0] as string);
  return { home, id, folder, pack, root: join(folder, `${id}.checkpoint`) };
}

interface Verdict {
  /** The names that came back as they were; `null` where nothing was restored. */
  found: string[] | null;
  /** What was said of the others, or of all. */
  words: string[];
}

/** Restore in a session that begins with a store of its own, as another program would. */
async function restore(python: Interpreter, home: string): Promise<Verdict> {
  const trial = openSaved(python, { store: storeIn(home), cwd: home });
  try {
    await keeps(trial, 'here = 1');
    return await restoreHere(trial);
  } finally {
    await trial.close();
  }
}

async function restoreHere(trial: Trial): Promise<Verdict> {
  const restored = await trial.session.checkpoints.restore('mine').catch((error: Error) => error);
  if (restored instanceof Error) {
    expect(await trial.says('here')).toBe('1\n');
    return { found: null, words: [restored.message] };
  }
  const lost = restored.names.filter(({ name, how }) => NAMES.includes(name) && how !== 'saved');
  const found = (await trial.says(CHECK)).trim().split(' ').filter(Boolean);
  expect(found).toEqual(NAMES.filter((name) => !lost.some((each) => each.name === name)));
  return { found, words: lost.map(({ name, reason }) => `${name}: ${reason}`) };
}

function loads(home: string): number {
  const file = join(home, 'witness');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

/** Flip a bit of a file, or cut it off, at a random place; do something, and mend it. */
async function damage<Result>(file: string, how: 'flip' | 'cut', at: number, work: () => Promise<Result>) {
  const bytes = readFileSync(file);
  const position = Math.floor(at * bytes.length);
  if (how === 'cut') {
    truncateSync(file, position);
  } else {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(position) ^ (1 << (position % 8)), position);
    writeFileSync(file, changed);
  }
  const result = await work();
  writeFileSync(file, bytes);
  return result;
}

onPythons(ONE, 'a checkpoint that is damaged', (python) => {
  it('in its data brings back the names that are whole, and says what becomes of the others', async () => {
    const { home, pack, id } = await saved(python);
    const random = numbers(8);
    const counts = { whole: 0, part: 0, refused: 0 };
    for (let round = 0; round < PACK_FLIPS + PACK_CUTS; round += 1) {
      const how = round < PACK_FLIPS ? 'flip' : 'cut';
      await damage(pack, how, random(), async () => {
        const told = await storeIn(home)
          .inspect(id)
          .catch((error: Error) => error.message);
        const { found, words } = await restore(python, home);
        if (found) {
          const names: string[] = typeof told === 'string' ? [] : told.damage.names;
          expect(NAMES.filter((name) => !found.includes(name))).toEqual(
            NAMES.filter((name) => names.includes(name)),
          );
          for (const each of words)
            expect(each).toMatch(/^\w+: (its data on disk is damaged|a part of its data is missing)/);
          counts[found.length === NAMES.length ? 'whole' : 'part'] += 1;
        } else {
          expect(words[0]).toMatch(
            /^Checkpoint [\da-f-]+ cannot be used: a part of its data is (damaged|missing)\.$/,
          );
          counts.refused += 1;
        }
      });
    }
    expect(counts.part).toBeGreaterThan(PACK_FLIPS / 2);
    expect((await restore(python, home)).found).toEqual(NAMES);
  });

  it('in the runs that led to it brings back the names, and says what cannot be done', async () => {
    const { home, pack, id } = await saved(python);
    const bytes = readFileSync(pack);
    bytes.write('X', bytes.indexOf('"outcome":"ok"'));
    writeFileSync(pack, bytes);
    const trial = openSaved(python, { store: storeIn(home), cwd: home });
    const { warnings, rebuilds } = await trial.session.checkpoints.restore('mine');
    const text =
      `The runs of checkpoint ${id} cannot be read: a part of its data is damaged. ` +
      'What did not come back cannot be recreated by running them again.';
    expect([warnings, rebuilds]).toEqual([[{ about: 'runs', text }], []]);
    expect(await trial.says('len(large), len(words)')).toBe('(300000, 5000)\n');
  });

  it('in its root, or with another key, is refused, and nothing of it is run', async () => {
    const { home, root } = await saved(python);
    const random = numbers(13);
    const before = loads(home);
    for (const file of [root, join(home, 'key')]) {
      for (let round = 0; round < OTHERS; round += 1) {
        for (const how of ['flip', 'cut'] as const) {
          const { found, words } = await damage(file, how, random(), () => restore(python, home));
          expect([found, words]).toEqual([null, [expect.stringMatching(/^[A-Z].*\.$/)]]);
        }
      }
    }
    expect(loads(home)).toBe(before);
    expect((await restore(python, home)).found).toEqual(NAMES);
    expect(loads(home)).toBe(before + 1);
  });

  it('in a pack whose data another has too comes back whole', async () => {
    const { home, pack } = await saved(python);
    for (const other of ['0', 'z']) {
      const copy = join(dirname(pack), `${other}.pack`);
      const bytes = readFileSync(pack);
      writeFileSync(copy, bytes.fill(0, 8, 100_000));
      expect((await restore(python, home)).found).toEqual(NAMES);
      rmSync(copy);
    }
  });

  it('in what is said of its session comes back all the same', async () => {
    const { home, folder } = await saved(python);
    const random = numbers(21);
    for (const how of ['flip', 'cut', 'flip'] as const) {
      const { found } = await damage(join(folder, 'session.json'), how, random(), () =>
        restore(python, home),
      );
      expect(found).toEqual(NAMES);
    }
  });
});

onPythons(ONE, 'what did not come back because its data was damaged', (python) => {
  it('is saved anew once it was made anew, whoever had what is damaged', async () => {
    const { home, pack } = await saved(python);
    const bytes = readFileSync(pack);
    const at = Math.floor(bytes.length / 4);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(pack, bytes);
    const trial = openSaved(python, { store: storeIn(home), cwd: home });
    for (const name of ['again', 'once more']) {
      const { found } = await restoreHere(trial);
      expect(found).toEqual(NAMES.filter((each) => each !== 'large'));
      await keeps(trial, PROGRAM);
      await trial.session.checkpoints.save({ name }).done;
      const other = openSaved(python, { store: storeIn(home), cwd: home });
      const { names } = await other.session.checkpoints.restore(name);
      expect(names.filter(({ how }) => how === 'unsaved')).toEqual([]);
    }
  });

  it('is saved anew in the session that has it', async () => {
    const home = newHome();
    const trial = openSaved(python, { store: storeIn(home), cwd: home });
    await keeps(trial, PROGRAM);
    const { session } = await trial.session.checkpoints.save({ name: 'mine' }).done;
    const packs = join(home, 'checkpoints', session, 'packs');
    const [pack = ''] = readdirSync(packs);
    const bytes = readFileSync(join(packs, pack));
    const at = Math.floor(bytes.length / 4);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(join(packs, pack), bytes);
    expect((await restoreHere(trial)).found).toEqual(NAMES.filter((each) => each !== 'large'));
    await keeps(trial, PROGRAM);
    await trial.session.checkpoints.save({ name: 'again' }).done;
    // The same data is in both: with it the first is whole again.
    for (const name of ['again', 'mine']) {
      const { names } = await trial.session.checkpoints.restore(name);
      expect(names.filter(({ how }) => how === 'unsaved')).toEqual([]);
    }
  });
});
