/** Any two or three operations at any moment: no state is lost, no promise stays open, and the session can be used. */

import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CODES } from '../../../electron/supervisor/platform/errors.ts';
import type { State } from '../../../electron/supervisor/session.ts';
import type { Store } from '../../../electron/supervisor/store/store.ts';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';

/** `PYREPL3_PAIRS=1000` makes it the long test that it wants to be; they are divided among the Pythons. */
const PAIRS = Math.ceil(Number(process.env.PYREPL3_PAIRS ?? 20) / ONE.length);
const SECONDS_EACH = 5;
/** Each wake is another life, and of more than a few the states are evicted. */
const ROUNDS_OF_A_SESSION = 6;
const OPEN_AFTER_MS = 60_000;

/** Memory that is torn down page by page, and a child that ignores every polite word. */
const SLOW_TO_DIE = `
import subprocess, sys
held = bytearray(b"x") * (1 << 28)
ignore = "import signal, time\\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\\nwhile True: time.sleep(1)"
stubborn = subprocess.Popen([sys.executable, "-c", ignore])
`;

/** The system call that opens an io_uring, which no copy can be made beside: the live state is saved in place. */
const WITHOUT_COPY = 'import ctypes; ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(120))';

const OPERATIONS = {
  restart: ({ session }) => session.restart(),
  undo: ({ session }) => session.undo(),
  redo: ({ session }) => session.redo(),
  'go to a state': ({ session }) => session.goTo(1),
  keep: ({ session }) => session.keep(),
  begin: ({ session }) => session.begin(),
  commit: async ({ session }) => session.commit(),
  'roll back': ({ session }) => session.rollback(),
  run: ({ session }) => session.run('n = n + 1000'),
  'dry run': ({ session }) => session.run('n = -1', { policy: 'rollback_always' }),
  'failing run': ({ session }) => session.run('n = -1; 1 / 0', { policy: 'commit_on_success' }),
  'run in a transaction': ({ session }) => session.run('n = n + 1000', { policy: 'explicit' }),
  'deadly run': ({ session }) => session.run('n = -1; import os; os.abort()'),
  'kill of a run': ({ session }) => {
    const run = session.run('n = -1\nwhile True: pass');
    // It may have to wait its turn.
    const again = setInterval(() => session.kill(), 50);
    return run.finally(() => clearInterval(again));
  },
  'death while idle': async (_, live) => killLive(live),
  restore: ({ session }) => session.checkpoints.restore('saved'),
  'restore of a name': ({ session }) => session.checkpoints.restore('saved', { names: ['other'] }),
  rebuild: ({ session }) => session.checkpoints.rebuild(),
  save: ({ session }) => session.checkpoints.save({ name: 'again' }).done,
  'cancelled save': ({ session }) => {
    const saving = session.checkpoints.save({ name: 'again' });
    setTimeout(() => saving.cancel(), 5);
    return saving.done;
  },
  name: ({ session }) => session.name(null),
} satisfies Record<string, (trial: Trial, live: number) => Promise<unknown>>;

type Operation = keyof typeof OPERATIONS;

const steps = fc.array(
  fc.record({
    operation: fc.constantFrom(...(Object.keys(OPERATIONS) as Operation[])),
    /** `null`: in the same breath as the one before. */
    after: fc.oneof(fc.constant(null), fc.nat(3), fc.nat(60)),
  }),
  { minLength: 2, maxLength: 3 },
);
const rounds = fc.record({
  /** Of two deaths in one state the second ends the session, as it should. */
  steps: steps.filter((some) => some.filter(({ operation }) => operation === 'death while idle').length < 2),
  /** Whether the round begins in a state that no copy can be made of. */
  isCopied: fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  visited: fc.nat(100),
});
type Round = typeof rounds extends fc.Arbitrary<infer Value> ? Value : never;

/** One session of several rounds, and what it must not forget. */
class Endured {
  readonly trial: Trial;
  /** What `n` is in each state. */
  readonly #values = new Map<number, number>();
  #rounds = 0;

  constructor(python: Interpreter, store: Store) {
    this.trial = openSaved(python, { store, automatic: true });
  }

  get isOld(): boolean {
    return this.#rounds >= ROUNDS_OF_A_SESSION;
  }

  async begin(isSlow: boolean): Promise<void> {
    await this.trial.says(`n = 1; other = [5]; lock = __import__("threading").Lock()`);
    if (isSlow) await this.trial.says(SLOW_TO_DIE);
  }

  async play({ steps, isCopied, visited }: Round): Promise<void> {
    this.#rounds += 1;
    const { session } = this.trial;
    const live = await this.#look();
    if (!isCopied) await this.trial.run(WITHOUT_COPY);
    const kept = session.states.filter(({ copy }) => copy === 'frozen');
    const asked: Promise<unknown>[] = [];
    for (const { operation, after } of steps) {
      if (after !== null) await wait(after);
      asked.push(OPERATIONS[operation](this.trial, live).catch(mustHaveCode));
    }
    await mustSettle(Promise.all(asked));
    await this.#mustRest();
    expect(lost(kept, session.states)).toEqual([]);
    await this.#visit(kept, visited);
  }

  /** Note where the session is and what is there, and that a copy of it is kept; return its process. */
  async #look(): Promise<number> {
    const { session } = this.trial;
    if (session.state.id === 0) await session.goTo(1);
    const [n, pid] = JSON.parse(await this.trial.says('import os; print([n, os.getpid()])')) as [
      number,
      number,
    ];
    const { id } = await session.keep();
    this.#values.set(id, n);
    return pid;
  }

  async #mustRest(): Promise<void> {
    const { session } = this.trial;
    const deadline = performance.now() + OPEN_AFTER_MS;
    while (session.status.kind !== 'idle') {
      if (session.status.kind === 'ended' || performance.now() > deadline) {
        throw new Error(`The session is ${JSON.stringify(session.status)}`);
      }
      await wait(2);
    }
    // That its process is dead may not be known yet: then this run is what that costs.
    const [one, another] = [await this.trial.run('1 + 1'), await this.trial.run('1 + 1')];
    expect([one.outcome === 'died' || one.output, another.output]).toEqual([expect.anything(), '2\n']);
  }

  /** Go to one of the states that were kept; what was in it is there. */
  async #visit(kept: readonly State[], which: number): Promise<void> {
    const known = kept.filter(({ id }) => this.#values.has(id) && isThere(this.trial.session.states, id));
    const state = known[which % known.length];
    const copies = this.trial.session.states.map(({ id, copy, reason }) => [id, copy, reason]);
    if (!state) throw new Error(`No state can be gone to: ${JSON.stringify(copies)}`);
    const { id } = state;
    await this.trial.session.goTo(id);
    expect(await this.trial.says('n, other')).toBe(`(${this.#values.get(id)}, [5])\n`);
  }
}

/** Those of the states that cannot be gone to any more, but for what was evicted. */
function lost(kept: readonly State[], now: readonly State[]): State[] {
  return kept
    .filter(({ id }) => !isThere(now, id))
    .map(({ id }) => now.find((state) => state.id === id) as State)
    .filter((state) => !state?.reason?.startsWith('evicted'));
}

function isThere(states: readonly State[], id: number): boolean {
  return states.find((state) => state.id === id)?.copy === 'frozen';
}

function mustHaveCode(error: Error & { code?: string }): void {
  if (!error.code || !(error.code in CODES)) throw error;
}

async function mustSettle(asked: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const late = wait(OPEN_AFTER_MS, undefined, { signal: enough.signal }).then(() => {
    throw new Error('A promise stays open.');
  });
  late.catch(() => undefined);
  await Promise.race([asked, late]).finally(() => enough.abort());
}

function killLive(live: number): void {
  try {
    process.kill(live, 'SIGKILL');
  } catch {
    // What was asked for before has put another process in its place.
  }
}

onPythons(ONE, 'a session of which two or three things are asked at once', (python) => {
  it('does each, or says why not, and loses nothing', { timeout: PAIRS * SECONDS_EACH * 1000 }, async () => {
    const store = newStore();
    const first = new Endured(python, store);
    await first.begin(false);
    await first.trial.session.checkpoints.save({ name: 'saved' }).done;
    let [endured, count] = [first, 0];
    const play = async (round: Round) => {
      if (endured.isOld) {
        await endured.trial.close();
        count += 1;
        endured = new Endured(python, store);
        await endured.begin(count % 2 === 1);
      }
      await endured.play(round);
    };
    await fc.assert(fc.asyncProperty(rounds, play), { numRuns: PAIRS, endOnFailure: true });
  });
});
