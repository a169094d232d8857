/**
 * Random programs over files, locks, connections, servers and children, with undos, jumps, crashes and kills between
 * the runs and others who do things of their own, against a model: of what plain Python would have left on the disk, of
 * what is locked, of what everybody at another end has heard, and of who lives.
 *
 * `PYREPL3_SEED` and `PYREPL3_RUNS` make it another test, or a longer one; what fails tells all of its steps.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openOutsider } from '../../support/outsider.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Played, Trial } from '../../support/session.ts';
import { openSurroundings } from '../../support/story.ts';
import { Children } from './programs/children.ts';
import { Connections } from './programs/connections.ts';
import { Files } from './programs/files.ts';
import { type How, type Part, settled, type Torrent, type World } from './programs/part.ts';
import { Servers } from './programs/servers.ts';

const SEED = Number(process.env.PYREPL3_SEED ?? 20_261_128);
const RUNS = Number(process.env.PYREPL3_RUNS ?? 2);
const EACH_MS = 60_000;

/** `crash` dies of a run that has done something, `shot` is killed by somebody else, `stop` is a run that is killed. */
const KINDS = {
  run: 14,
  theirs: 7,
  undo: 3,
  redo: 1,
  go: 2,
  crash: 2,
  shot: 1,
  stop: 1,
  torrent: 1,
  dry: 1,
} as const;

interface Step {
  kind: keyof typeof KINDS;
  /** Which of what is possible then, of which part first. */
  part: number;
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
    part: fc.nat(1000),
    pick: fc.nat(1000),
  }),
  { minLength: 40, maxLength: 60 },
);

const ENDLESS: Torrent = {
  words: 'a run without end',
  code: 'while True: pass',
  hasBegun: () => true,
  stop: async () => ['', ''],
};

type Answer = [said: unknown, expected: unknown];

/** A session, others, and the model of what they do. */
class Play {
  readonly done: string[] = [];
  readonly #trial: Trial;
  readonly #parts: readonly Part[];
  readonly #kept = new Set<number>();
  #number = 0;

  constructor(world: World) {
    this.#trial = world.trial;
    this.#parts = [new Files(world), new Connections(world), new Servers(world), new Children(world)];
  }

  async setUp(): Promise<void> {
    for (const part of this.#parts) await part.open?.();
    await this.#trial.says(this.#parts.map(({ setUp }) => setUp).join('\n'));
    await this.#rest();
  }

  /** Do a step; compare what came of it, and all that others see. */
  async take(step: Step): Promise<void> {
    this.#number += 1;
    const [said, expected] = await this.#do(step).catch((error) => {
      throw new Error(`${this.done.join('\n')}: ${error.message}`, { cause: error });
    });
    this.done[this.done.length - 1] += ` → ${JSON.stringify(said)}`;
    await this.#compare([said, expected], (part) => part.look());
  }

  async end(): Promise<void> {
    this.done.push('end');
    await this.#trial.close();
    await this.#compare(['', ''], (part) => part.end());
  }

  async #compare(answer: Answer, look: (part: Part) => Promise<Answer>): Promise<void> {
    const looks = await Promise.all(this.#parts.map(look));
    const all = [answer, ...looks];
    expect(
      all.map(([seen]) => seen),
      this.done.join('\n'),
    ).toEqual(all.map(([, wanted]) => wanted));
  }

  async #do({ kind, part, pick }: Step): Promise<Answer> {
    switch (kind) {
      case 'undo':
      case 'redo':
      case 'go':
        return await this.#go(kind, pick);
      case 'shot':
        return await this.#shot();
      case 'stop':
        return await this.#stop(pick);
      case 'torrent': {
        const torrent = choose(this.#parts, part, pick >> 1, (each) => each.torrents?.(this.#number) ?? []);
        return await this.#stop(pick, torrent);
      }
      case 'theirs': {
        const deed = choose(this.#parts, part, pick, (each) => each.deeds(this.#number));
        this.done.push(deed?.words ?? 'they do nothing');
        return (await deed?.play()) ?? ['', ''];
      }
      default:
        return await this.#run(kind, part, pick);
    }
  }

  async #run(kind: 'run' | 'crash' | 'dry', part: number, pick: number): Promise<Answer> {
    const act = choose(this.#parts, part, pick, (each) => each.acts(this.#number));
    if (!act) return ['', ''];
    this.done.push(`${kind}: ${act.words}`);
    const { id } = this.#trial.session.state;
    const code = `print(${act.code})${kind === 'crash' ? '; os.kill(os.getpid(), 11)' : ''}`;
    const policy = kind === 'dry' ? 'rollback_always' : 'commit_always';
    const played = await this.#trial.run(code, { policy });
    const expected = act.play();
    if (kind === 'run') await this.#rest();
    else this.#wake(id, kind === 'dry' ? 'moved' : 'died');
    // Of a run that died the last words may be lost.
    return kind === 'crash' ? [played.outcome, 'died'] : [said(played), expected];
  }

  async #go(kind: 'undo' | 'redo' | 'go', pick: number): Promise<Answer> {
    const { session } = this.#trial;
    const ids = session.states
      .filter(({ id, copy }) => copy === 'frozen' && this.#kept.has(id))
      .map(({ id }) => id);
    const target = kind === 'undo' ? session.state.parent : session.redoesTo;
    const id = kind === 'go' ? ids[pick % ids.length] : ids.find((one) => one === target);
    this.done.push(`${kind} to ${id}`);
    if (id === undefined) return ['', ''];
    await session.goTo(id);
    this.#wake(id, 'moved');
    return [session.state.id, id];
  }

  /** Somebody else kills Python, between two runs. */
  async #shot(): Promise<Answer> {
    const { session } = this.#trial;
    this.done.push('shot');
    const pid = await this.#pid();
    const { id } = session.state;
    const back = new Promise((resolve) => session.once('death', resolve));
    process.kill(pid, 'SIGKILL');
    await back;
    this.#wake(id, 'died');
    return [session.state.id, id];
  }

  /** A run that does not end by itself is killed, by the session or by somebody else. */
  async #stop(pick: number, { words, code, hasBegun, stop }: Torrent = ENDLESS): Promise<Answer> {
    const { session } = this.#trial;
    const isOurs = pick % 2 === 0;
    this.done.push(`${isOurs ? 'stop' : 'shoot'} ${words}`);
    const pid = await this.#pid();
    const { id } = session.state;
    const run = session.run(code);
    await this.#trial.becomes('running');
    await settled(hasBegun);
    const begun = hasBegun();
    if (isOurs) session.kill();
    else process.kill(pid, 'SIGKILL');
    const { outcome } = await run;
    const [seen, wanted] = await stop();
    this.#wake(id, isOurs ? 'moved' : 'died');
    return [
      { outcome, begun, seen },
      { outcome: 'died', begun: true, seen: wanted },
    ];
  }

  /** Wait for the copy of the state: what comes later is not in it. */
  async #rest(): Promise<void> {
    const { id, copy, reason } = await this.#trial.session.keep();
    expect([copy, reason], this.done.join('\n')).toEqual(['frozen', null]);
    this.#kept.add(id);
    for (const part of this.#parts) part.freeze(id);
  }

  #wake(id: number, how: How): void {
    for (const part of this.#parts) part.wake(id, how);
  }

  async #pid(): Promise<number> {
    const pid = Number(await this.#trial.says('print(os.getpid())'));
    await this.#rest();
    return pid;
  }
}

/** Choose among what the parts offer: of the part that is picked, or of the next that offers anything. */
function choose<Kind>(
  parts: readonly Part[],
  part: number,
  pick: number,
  offers: (part: Part) => Kind[],
): Kind | undefined {
  for (const [index] of parts.entries()) {
    const found = offers(parts[(part + index) % parts.length] as Part);
    if (found.length > 0) return found[pick % found.length];
  }
  return undefined;
}

function said({ output, outcome, failure }: Played): string {
  return outcome === 'ok' ? output.trim() : `${outcome}: ${failure?.type}: ${failure?.text}`;
}

onPythons(ONE, 'what is outside, after any steps', (python) => {
  it('is what the program believes, and whole', { timeout: 30_000 + RUNS * EACH_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (program) => {
        const surroundings = openSurroundings(python);
        const play = new Play({ ...surroundings, prober: openOutsider(python, surroundings.folder) });
        await play.setUp();
        for (const step of program) await play.take(step);
        await play.end();
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});
