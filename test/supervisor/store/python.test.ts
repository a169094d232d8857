/** What Python writes is what the store reads, and what the store has written anew is what Python reads. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../../build/places.mjs';
import type { Saved, Source } from '../../../electron/contract/messages.ts';
import type { SessionFolder } from '../../../electron/supervisor/store/store.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { newHome, openIn, storeIn } from '../../support/store.ts';
import { ABOUT } from '../../support/writer.ts';

const WRITE = `
import json, sys, types
sys.path.insert(0, sys.argv[1])
from pyrepl3.checkpoints.save import writer
module = types.ModuleType("__main__")
sys.modules["__main__"] = module
exec(sys.argv[3], module.__dict__)
saved = writer.write(module.__dict__, json.loads(sys.argv[2]), lambda *told: None)
print(json.dumps({"kind": "saved", "id": json.loads(sys.argv[2])["id"], **saved}))
`;

const READ = `
import json, sys
sys.path.insert(0, sys.argv[1])
from pyrepl3.checkpoints.packs import packs, piece_stream
source = json.loads(sys.argv[2])
folder = packs.Packs(source["folder"])
manifest = piece_stream.read_manifest(folder, source["manifest"])
stream = piece_stream.Stream(folder, [{"hash": name, "size": size} for name, size in manifest["pieces"]])
stream.read(0, stream.size)
print(json.dumps([each["name"] for each in manifest["names"]]))
`;

const CODE = `
import math
big = __import__("random").Random(1).getrandbits(8_000_000).to_bytes(1_000_000, "big")
data = {"a": [1, 2], "b": big}
alias = data["a"]
def f(x):
    return x + math.pi
g = (each for each in "abc")
count = 1
`;

function ask(python: Interpreter, program: string, ...words: string[]) {
  const { stdout, stderr } = spawnSync(python.executable, ['-c', program, join(ROOT, 'python'), ...words], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

async function saveCode(python: Interpreter, session: SessionFolder, id: number, code: string) {
  const job = { id, folder: session.path, previous: await session.previous(), sides: [], spared: [] };
  const saved: Saved = ask(python, WRITE, JSON.stringify(job), code);
  return session.commit(saved, ABOUT);
}

function readBack(python: Interpreter, source: Source): string[] {
  return ask(python, READ, JSON.stringify(source));
}

onPythons(OLD_AND_NEW, 'a checkpoint', (python) => {
  it('that Python has written is whole, incremental, and read again by Python after it was moved about', async () => {
    const home = newHome();
    const store = storeIn(home);
    const session = await openIn(store);
    const one = await saveCode(python, session, 1, CODE);
    const two = await saveCode(python, session, 2, `${CODE}count = 2\nlate = [count]\n`);
    expect(two.added).toBeLessThan(one.added / 10);
    expect(two.changes).toMatchObject({ added: ['late'], changed: ['count'], removed: [] });
    const { names, damage, checkpoint } = await store.inspect(two.id);
    expect(damage).toEqual({ pieces: 0, names: [] });
    expect(checkpoint.counts).toMatchObject({ imported: 1, unsaved: 1 });
    expect(names.map(({ name, how }) => `${name} ${how}`)).toEqual(
      expect.arrayContaining([
        'math imported',
        'big saved',
        'data saved',
        'alias saved',
        'f saved',
        'count saved',
      ]),
    );
    expect(await store.compare(one.id, two.id)).toEqual(two.changes);
    await store.remove(one.id);
    const told = names.map(({ name }) => name);
    expect(readBack(python, await store.source(two.id))).toEqual(told);
    const file = join(home, 'it.pyrepl3');
    await store.exportTo(two.id, file);
    const there = storeIn(newHome());
    const imported = await there.importFrom(file, { trust: true });
    expect(readBack(python, await there.source(imported.id))).toEqual(told);
  });
});

onPythons(OLD_AND_NEW, 'a session', (python) => {
  it('that was saved here is restored there, from a file, with another key', async () => {
    const home = newHome();
    const here = storeIn(home);
    const first = openTrial(python, { checkpoints: { store: here, automatic: false } });
    await first.says('x = [1, 2]; y = x\ndef f(): return len(x)');
    const { id } = await first.session.checkpoints.save({ name: 'mine' }).done;
    const file = join(home, 'mine.pyrepl3');
    await here.exportTo(id, file);
    const there = storeIn(newHome());
    await there.importFrom(file, { trust: true });
    const second = openTrial(python, { checkpoints: { store: there, automatic: false } });
    await second.session.checkpoints.restore('mine');
    expect(await second.says('y.append(3); print(x, f())')).toBe('[1, 2, 3] 3\n');
    const next = await second.session.checkpoints.save({ name: 'next' }).done;
    expect((await there.inspect(next.id)).damage).toEqual({ pieces: 0, names: [] });
  });
});
