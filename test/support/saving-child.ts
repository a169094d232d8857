/**
 * A program with one session, which runs and saves until it is killed: `saving-child.mjs HOME PYTHON BUDGET`. At its start it
 * goes on with the newest checkpoint. It says, one JSON each line, what it has restored and what it has saved.
 */

import type { Checkpoint } from '../../electron/contract/checkpoints.ts';
import { openSession } from '../../electron/supervisor/session.ts';
import { openStore } from '../../electron/supervisor/store/store.ts';
import type { Said } from './saving-process.ts';

const [home = '', python = '', budget = ''] = process.argv.slice(2);
/** Every so many runs the session is saved by name; for the others it is left to itself. */
const NAMED_EVERY = 3;
/** So long a user thinks between two runs, at most. */
const THINKS_MS = 150;

/** What `grow` leaves is told by its number alone, so that `is_whole` can tell whether all of it is there. */
const PROGRAM = `
import os, random, threading
class Point:
    def __init__(self, x):
        self.x = x
def noise(seed, size):
    return random.Random(seed).getrandbits(8 * size).to_bytes(size, "big")
def cube(n):
    return n ** scale
def grow(n):
    global step, late
    step, point.x, late = n, n, noise(n, 50_000)
    table.update((i, cube(i)) for i in range(1, n + 1))
    print(os.getpid(), os.getppid())
def is_whole():
    same = alias[0] is table and type(point) is Point
    return same and (table, point.x, late, block) == (
        {i: i ** 3 for i in range(1, step + 1)}, step, noise(step, 50_000), noise(0, 1_000_000))
scale, step, point, table = 3, 0, Point(0), {}
alias, late, block = [table], noise(0, 50_000), noise(0, 1_000_000)
threading.Thread(target=threading.Event().wait, daemon=True).start()
`;

const store = openStore({ home, budget: Number(budget), foreign: 'ask' });
const session = openSession({
  python,
  cwd: home,
  checkpoints: { store, automatic: true, pace: { rest: 20, apart: 40 } },
});
const { checkpoints } = session;
let [printed, step] = ['', 0];
session.on('output', (bytes) => {
  printed += bytes.toString();
});
session.on('fault', (error) => say({ kind: 'fault', text: String(error) }));
checkpoints.on('saved', ({ id, name }) => say({ kind: 'saved', id, name }));
checkpoints.on('failed', ({ reason }) => say({ kind: 'failed', reason }));

/** What has been said is out when this returns: the other end is a pipe. */
function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

/** The number of the last `grow` that led to a checkpoint. */
function stepOf({ lastRuns }: Checkpoint): number {
  return Number(lastRuns.flatMap((code) => /^grow\((\d+)\)$/.exec(code)?.[1] ?? []).at(-1) ?? 0);
}

/** Run code, and return what it printed; `null` where it did not come to its end. */
async function ask(code: string): Promise<string | null> {
  printed = '';
  const { outcome } = await session.run(code);
  return outcome === 'ok' ? printed.trim() : null;
}

/** Go on with the newest checkpoint; where there is none, or not all of it came back, from the beginning. */
async function begin(): Promise<void> {
  const offered = (await store.offers()).map(({ checkpoint }) => checkpoint.id);
  const isFirst = (await store.list()).length === 0;
  let state: string | null = null;
  if (!isFirst) {
    const { checkpoint, names } = await checkpoints.restore('');
    step = stepOf(checkpoint);
    const lost = names.flatMap(({ name, how, reason }) => (how === 'unsaved' ? [`${name}: ${reason}`] : []));
    state = lost.length > 0 ? null : await ask('print(step, is_whole())');
    say({ kind: 'restored', id: checkpoint.id, step, state, lost, offered });
  }
  if (state === null) {
    step = 0;
    await ask(PROGRAM);
  }
}

/** One run, and what a user may do after it. */
async function play(): Promise<void> {
  const pids = await ask(`grow(${step + 1})`);
  if (session.status.kind === 'ended') {
    await session.restart();
    await begin();
  }
  if (pids === null) {
    return;
  }
  step += 1;
  const [live = 0, host = 0] = pids.split(' ').map(Number);
  say(live > 0 && host > 0 ? { kind: 'runs', live, host } : { kind: 'fault', text: `grow printed ${pids}` });
  if (step % NAMED_EVERY === 0) {
    // Whatever becomes of it is said above.
    await checkpoints.save({ name: `step ${step}` }).done.catch(() => undefined);
  }
  await new Promise((resolve) => setTimeout(resolve, Math.random() * THINKS_MS));
}

await session.whenReady();
await begin();
for (;;) {
  await play();
}
