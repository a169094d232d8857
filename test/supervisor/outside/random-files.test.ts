/**
 * Random programs over files and locks, with undos, jumps, crashes and kills between the runs, against a model.
 *
 * `PYREPL3_SEED` and `PYREPL3_RUNS` make it another test, or a longer one; what fails tells all of its steps.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Outsider, openOutsider } from '../../support/outsider.ts';
import { EXTREMES, onEveryPython } from '../../support/pythons.ts';
import { openSurroundings, type Surroundings } from '../../support/story.ts';
import { type Action, LOCKS, Model, NAMES, SET_UP } from './files-model.ts';

const SEED = Number(process.env.PYREPL3_SEED ?? 20_261_128);
const RUNS = Number(process.env.PYREPL3_RUNS ?? 6);
const EACH_MS = 20_000;

const KINDS = {
  run: 10,
  crash: 2,
  kill: 1,
  dry: 1,
  undo: 3,
  redo: 1,
  go: 2,
  'their write': 2,
  'their lock': 2,
} as const;

interface Step {
  kind: keyof typeof KINDS;
  /** Which of what is possible then. */
  pick: number;
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.oneof(
      ...Object.entries(KINDS).map(([kind, weight]) => ({
        weight,
        arbitrary: fc.constant(kind as Step['kind']),
      })),
    ),
    pick: fc.nat(1000),
  }),
  { minLength: 30, maxLength: 40 },
);

/** A session, somebody else, and the model of what they do. */
class Play {
  readonly model = new Model();
  readonly done: string[] = [];
  readonly #session: Surroundings;
  readonly #prober: Outsider;
  #number = 0;

  constructor(surroundings: Surroundings, prober: Outsider) {
    this.#session = surroundings;
    this.#prober = prober;
  }

  async setUp(): Promise<void> {
    await this.#session.trial.says(SET_UP);
    await this.#rest();
    await this.#session.other('import fcntl; theirs = {}');
  }

  /** Do a step; compare what came of it, each file, and each lock as another process sees it. */
  async take({ kind, pick }: Step): Promise<void> {
    this.#number += 1;
    const [said, expected] = await this.#do(kind, pick);
    this.done[this.done.length - 1] += ` → ${said}`;
    const locks = await Promise.all(
      LOCKS.map(async (name) => [name, existsSync(this.#path(name)) && (await this.#probe(name))]),
    );
    const seen = { said, disk: this.#read(), locks: Object.fromEntries(locks) };
    const wanted = { said: expected, disk: { ...this.model.disk }, locks: this.#wantedLocks() };
    expect(seen, this.done.join('\n')).toEqual(wanted);
  }

  async #do(kind: Step['kind'], pick: number): Promise<[string, string]> {
    const { trial } = this.#session;
    const { session } = trial;
    switch (kind) {
      case 'their write':
        return await this.#theirWrite(pick);
      case 'their lock':
        return await this.#theirLock(pick);
      case 'kill': {
        this.done.push('kill');
        const run = session.run('while True: pass');
        session.kill();
        const { outcome } = await run;
        this.model.wake(session.state.id);
        return [outcome, 'died'];
      }
      case 'undo':
      case 'redo':
      case 'go': {
        const reachable = session.states.filter(({ id, copy }) => copy === 'frozen' && this.model.has(id));
        const ids = reachable.map(({ id }) => id).filter((id) => kind === 'go' || id !== session.state.id);
        const target = kind === 'undo' ? session.state.parent : kind === 'redo' ? session.redoesTo : null;
        const id = kind === 'go' ? ids[pick % ids.length] : ids.find((one) => one === target);
        this.done.push(`${kind} to ${id}`);
        if (id === undefined) return ['nowhere', 'nowhere'];
        await session.goTo(id);
        this.model.wake(id);
        return [String(session.state.id), String(id)];
      }
      default: {
        const { actions } = this.model;
        return await this.#act(kind, actions[pick % actions.length] as Action);
      }
    }
  }

  async #act(kind: 'run' | 'crash' | 'dry', action: Action): Promise<[string, string]> {
    const { trial } = this.#session;
    const { what, name } = action;
    const code = `print(do_${what}("${name}", ${this.#number}))`;
    this.done.push(`${kind} ${what} ${name}, ${this.#number}`);
    const { id } = trial.session.state;
    const { output, outcome } = await trial.run(kind === 'crash' ? `${code}; ctypes.string_at(0)` : code, {
      policy: kind === 'dry' ? 'rollback_always' : 'commit_always',
    });
    const expected = this.model.act(action, this.#number);
    if (kind === 'run') {
      await this.#rest();
    } else {
      this.model.wake(id);
    }
    // Of a run that died the last words may be lost.
    return kind === 'crash' ? [outcome, 'died'] : [output.trim(), expected];
  }

  async #theirWrite(pick: number): Promise<[string, string]> {
    const names = (['w', 'a', 'rw', 'b'] as const).filter((name) => existsSync(this.#path(name)));
    const name = names[pick % names.length];
    this.done.push(`they write ${name}, ${this.#number}`);
    if (!name) return ['nothing', 'nothing'];
    const text = `T${name.padEnd(2)}${String(this.#number).padStart(8, '0')}\n`;
    this.model.append(name, text);
    return [await this.#session.other(`append("${name}", ${JSON.stringify(text)})`), 'None'];
  }

  /** They take a lock, or give it up; to try is to empty the file, as many do, and that it is empty anyway. */
  async #theirLock(pick: number): Promise<[string, string]> {
    const name = LOCKS[pick % LOCKS.length] ?? 'lk1';
    const { theirs } = this.model;
    this.done.push(`they ${theirs.has(name) ? 'unlock' : 'lock'} ${name}`);
    if (theirs.delete(name)) return [await this.#session.other(`theirs.pop("${name}").close()`), 'None'];
    const isFree = !this.model.isLocked(name);
    if (isFree) theirs.add(name);
    this.model.disk[name] ??= '';
    const how = name === 'lk1' ? 'flock' : 'lockf';
    const said = await this.#session.other(
      `(lambda f: (fcntl.${how}(f, fcntl.LOCK_EX | fcntl.LOCK_NB), theirs.update(${name}=f)))(open("${name}", "w"))`,
    );
    return [said.split(':')[0] ?? '', isFree ? '(None, None)' : 'BlockingIOError'];
  }

  /** Wait for the copy of the state: what comes later is not in it. */
  async #rest(): Promise<void> {
    const { id, copy } = await this.#session.trial.session.keep();
    expect(copy).toBe('frozen');
    this.model.freeze(id);
  }

  #probe(name: string): Promise<string> {
    return this.#prober.says(`${name === 'lk1' ? 'flock' : 'lockf'}("${name}")`);
  }

  #wantedLocks(): Record<string, string | false> {
    const { disk, theirs } = this.model;
    const wanted = LOCKS.map((name) => {
      const isHeld = this.model.isLocked(name) || theirs.has(name);
      return [name, disk[name] !== undefined && (isHeld ? "'held'" : "'free'")];
    });
    return Object.fromEntries(wanted);
  }

  #path(name: string): string {
    return join(this.#session.folder, name);
  }

  #read(): Record<string, string> {
    const there = NAMES.filter((name) => existsSync(this.#path(name)));
    return Object.fromEntries(there.map((name) => [name, readFileSync(this.#path(name), 'latin1')]));
  }
}

onEveryPython(
  'files and locks after any steps',
  (python) => {
    it('are what the program believes, and whole', { timeout: 30_000 + RUNS * EACH_MS }, async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (program) => {
          const surroundings = openSurroundings(python);
          const play = new Play(surroundings, openOutsider(python, surroundings.folder));
          await play.setUp();
          for (const step of program) await play.take(step);
          await surroundings.trial.close();
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    });
  },
  EXTREMES,
);
