/** Brings a checkpoint back into a session, by a run like any other. */

import { machine } from 'node:os';
import type { Checkpoint, Restoration, SavedName, SavedRun, Warning } from '../../contract/checkpoints.ts';
import type { Loaded, Source } from '../../contract/messages.ts';
import { isWhole } from '../../contract/state-tree.ts';
import { background } from '../platform/background.ts';
import { CodedError } from '../platform/errors.ts';
import type { Manifest } from '../repository/manifest.ts';
import type { SessionFolder } from '../repository/open-session-folder.ts';
import type { Outcome, RunOptions } from '../runs/runs.ts';
import { type Turn, unlessGivenUp } from '../session/gate.ts';
import type { SessionState } from '../session/session-state.ts';
import type { Move } from '../session/state-switcher.ts';
import type { State, States } from '../states/states.ts';
import type { Store, Wanted } from '../store/store.ts';
import { narrowed, rebuildsOf, runsIn } from './rebuilding.ts';
import { warningsOf } from './warnings.ts';

/** What can be done with a session, as far as restoring wants to know. */
export interface Way {
  core: SessionState;
  /** Run as a part of the restore; other runs wait. */
  run: (code: string, options: RunOptions, turn: Turn) => Promise<Outcome>;
  /** Restart, by way of the first state where that is possible. */
  restart: (turn: Turn) => Promise<void>;
  move: (target: () => State, turn: Turn) => Promise<Move>;
  folder: () => Promise<SessionFolder>;
  /** The state is what the next start would offer: nothing has run since. */
  settled: (state: number) => void;
  /** A run of a rebuild is over: so many of them all. */
  rebuilt: (done: number, runs: number) => void;
  /** This had been printed before the checkpoint was made. */
  recalled: (transcript: Uint8Array | null) => void;
  fault: (error: Error) => void;
}

interface Found {
  checkpoint: Checkpoint;
  /** Whether its session was not saved again after it. */
  isNewest: boolean;
  source: Source;
  manifest: Manifest;
  runs: SavedRun[];
  transcript: Uint8Array | null;
  /** What of the checkpoint itself is damaged. */
  warnings: Warning[];
}

/** It stays on the disk as it is until it is given back. */
interface Leased extends Found {
  release(): Promise<void>;
}

interface Departure {
  states: States;
  id: number;
}

export class Restoring {
  /** What came back when a checkpoint was restored last. */
  restoration: Restoration | null = null;
  readonly #store: Store;
  readonly #way: Way;
  #loaded: Loaded | null = null;
  #runs: SavedRun[] = [];

  constructor(store: Store, way: Way) {
    this.#store = store;
    this.#way = way;
  }

  /** Python tells what came back, before the run is over. */
  loaded(report: Loaded): void {
    this.#loaded = report;
  }

  /** Restore all into the session's first state, or only these names into the state that it is in. */
  async restore(wanted: Wanted, names: string[] | null): Promise<Restoration> {
    const { connection, phase, gate } = this.#way.core;
    if (!phase.hasPython) {
      await connection.whenReady();
    }
    return gate.exclusive('restore', (turn) => this.#restore(wanted, names, turn));
  }

  /** Run again what makes the names that did not come back; stops at the first run that fails. */
  async rebuild(): Promise<Outcome[]> {
    const { restoration } = this;
    if (!restoration) {
      const words = 'No checkpoint was restored in this session, so there is nothing to rebuild.';
      throw new CodedError('NOT_FOUND', words);
    }
    return this.#way.core.gate.exclusive('rebuild', (turn) => this.#rebuild(restoration, turn));
  }

  async #restore(wanted: Wanted, names: string[] | null, turn: Turn): Promise<Restoration> {
    const finding = this.#find(wanted, names);
    let released: Promise<void> | null = null;
    const release = () => {
      released ??= this.#release(finding);
      return released;
    };
    try {
      return await this.#restoreFound({ ...(await unlessGivenUp(turn, finding)), release }, names, turn);
    } finally {
      // Also where it is found only after the restore was given up.
      background(release(), 'giving back what was read');
    }
  }

  async #release(finding: Promise<Found>): Promise<void> {
    const found = await finding.catch(() => null);
    if (found) {
      await this.#store.release(found.checkpoint.session);
    }
  }

  async #restoreFound(found: Leased, names: string[] | null, turn: Turn): Promise<Restoration> {
    const { core } = this.#way;
    const before = { states: core.timeline.states, id: core.timeline.states.current.id };
    if (names === null && before.id !== 0) {
      await this.#way.restart(turn);
    }
    core.runs.goOnFrom(found.checkpoint.run);
    const outcome = await this.#load(found, turn);
    if (outcome.outcome !== 'ok' || !this.#loaded) {
      const why = `${labelOf(found.checkpoint)} was not restored: ${whyNot(outcome)}.`;
      throw new CodedError('NOT_RESTORED', `${why} ${await this.#goBack(before, turn)}`);
    }
    this.#remember(found, this.#loaded);
    if (core.timeline.states === before.states && names === null && before.id !== 0) {
      core.timeline.states.follow(core.timeline.states.current.id, before.id);
      core.listeners.states();
    }
    if (names === null) {
      await this.#goOnWith(found, this.#loaded);
    }
    return this.#tell(found, this.#loaded);
  }

  async #rebuild({ rebuilds }: Restoration, turn: Turn): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const { run } of rebuilds) {
      const { code = '', file = null, line = 1 } = this.#runs.find((each) => each.run === run) ?? {};
      const options = { ...(file !== null && { file }), line };
      const outcome = await unlessGivenUp(turn, this.#way.run(code, options, turn));
      outcomes.push(outcome);
      this.#way.rebuilt(outcomes.length, rebuilds.length);
      if (outcome.outcome !== 'ok') {
        break;
      }
    }
    return outcomes;
  }

  async #find(wanted: Wanted, names: string[] | null): Promise<Found> {
    const checkpoint = await this.#store.find(wanted);
    const source = { ...(await this.#store.source(checkpoint.id)), names };
    try {
      return { checkpoint, source, ...(await this.#read(checkpoint, names)) };
    } catch (error) {
      await this.#store.release(checkpoint.session);
      throw error;
    }
  }

  async #read(checkpoint: Checkpoint, names: string[] | null): Promise<Omit<Found, 'checkpoint' | 'source'>> {
    const { id } = checkpoint;
    const manifest = await this.#store.manifest(id);
    const missing = names?.find((name) => !manifest.names.some((each) => each.name === name));
    if (missing !== undefined) {
      throw new CodedError('NOT_FOUND', `There is no name ${missing} in ${labelOf(checkpoint)}.`);
    }
    const newest = (await this.#store.list()).find(({ session }) => session === checkpoint.session);
    return {
      isNewest: newest?.id === id,
      manifest,
      ...(await this.#findRuns(id)),
      transcript: await this.#transcript(id),
    };
  }

  /** The names are worth having without the runs that made them. */
  async #findRuns(id: string): Promise<Pick<Found, 'runs' | 'warnings'>> {
    try {
      return { runs: runsIn(await this.#store.part(id, 'runs')), warnings: [] };
    } catch (error) {
      const text = `${(error as Error).message} What did not come back cannot be recreated by running them again.`;
      return { runs: [], warnings: [{ about: 'runs', text }] };
    }
  }

  /** The names are worth having without it, too. */
  async #transcript(id: string): Promise<Uint8Array | null> {
    return this.#store.part(id, 'transcript').catch(() => null);
  }

  async #load({ checkpoint, source }: Found, turn: Turn): Promise<Outcome> {
    const { timeline } = this.#way.core;
    await unlessGivenUp(turn, timeline.copied(timeline.states.current.id));
    this.#loaded = null;
    // Half a checkpoint is nothing to go on with, where there is a way back.
    const policy = isWhole(timeline.states.current) ? 'commit_on_success' : 'commit_always';
    const code = `%restore ${checkpoint.name ?? checkpoint.id}`;
    return unlessGivenUp(turn, this.#way.run(code, { source, policy }, turn));
  }

  /** Go back to where the session was, as nothing came of it; return a sentence that says where it is. */
  async #goBack({ states, id }: Departure, turn: Turn): Promise<string> {
    const { timeline } = this.#way.core;
    try {
      if (timeline.states === states && states.current.id !== id) {
        await this.#way.move(() => states.reachable(id), turn);
      }
    } catch (error) {
      return (error as Error).message;
    }
    return timeline.states === states ? 'The session is where it was.' : 'The session is at its start.';
  }

  /** From now on the checkpoint's runs are among those that have led here. */
  #remember({ isNewest, source: { names }, runs, transcript }: Found, { id }: Loaded): void {
    const { runLog, timeline } = this.#way.core;
    const state = timeline.states.all.find(({ run }) => run === id)?.id ?? timeline.states.current.id;
    runLog.restored(state, names ? narrowed(runs, names) : runs, names === null);
    if (names === null) {
      this.#way.recalled(transcript);
      if (isNewest) {
        this.#way.settled(state);
      }
    }
    this.#runs = runs;
  }

  /** Take over what is on the disk of it; the session it is of is not offered any more. */
  async #goOnWith({ checkpoint, manifest, warnings, release }: Leased, { names }: Loaded): Promise<void> {
    const { id, session } = checkpoint;
    try {
      const folder = await this.#way.folder();
      await folder.inherit(id);
      if (folder.id !== session) {
        await this.#store.continued(session);
      }
      // Nothing is dropped of what somebody reads.
      await release();
      if (warnings.length > 0 || countUnsaved(names) > countUnsaved(manifest.names)) {
        await folder.dropDamaged();
      }
    } catch (error) {
      // The names have come back; what is lost is room on the disk.
      this.#way.fault(error as Error);
    }
  }

  #tell({ checkpoint, manifest, runs, warnings }: Found, { names, packages }: Loaded): Restoration {
    const { python } = this.#way.core;
    const here = { python: python ?? UNKNOWN, platform: `${process.platform}-${machine()}`, packages };
    this.restoration = {
      checkpoint,
      names,
      warnings: [...warnings, ...warningsOf(manifest, here)],
      rebuilds: rebuildsOf(names, runs),
    };
    return this.restoration;
  }
}

function countUnsaved(names: readonly Pick<SavedName, 'how'>[]): number {
  return names.filter(({ how }) => how === 'unsaved').length;
}

const UNKNOWN = { python: 'unknown', implementation: 'Python' };

function labelOf({ name, id }: Checkpoint): string {
  return `Checkpoint ${name ?? id}`;
}

function whyNot({ outcome, failure, end }: Outcome): string {
  if (outcome === 'interrupted') {
    return 'it was interrupted';
  }
  if (failure) {
    return failure.type === 'refused'
      ? failure.text
      : [failure.type, failure.text].filter(Boolean).join(': ');
  }
  return end?.words ?? 'nothing came of it';
}
