/** The checkpoints of a session: saved at any moment between runs, automatically too, and restored. */

import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Checkpoint, NO_PROGRESS, type Progress, type Restoration } from '../../contract/checkpoints.ts';
import type { Loaded, Loading } from '../../contract/messages.ts';
import { background } from '../platform/background.ts';
import { CodedError } from '../platform/errors.ts';
import type { SessionFolder } from '../repository/open-session-folder.ts';
import type { Outcome } from '../runs/runs.ts';
import type { Transcript } from '../runs/transcript.ts';
import { checkName } from '../store/finding.ts';
import type { Store, Wanted } from '../store/store.ts';
import { Attachments, type Provide } from './attachments.ts';
import { Automatic, PACE, type Pace } from './automatic.ts';
import { PastTranscript } from './past-transcript.ts';
import { Restoring, type Way } from './restoring.ts';
import { Save, type SaveContext, type SaveRequest, type Saving } from './saving.ts';

export type { Pace } from './automatic.ts';
export type { SaveRequest as Wish, Saving } from './saving.ts';

export interface CheckpointOptions {
  store: Store;
  /** Whether the session is saved automatically too. */
  automatic: boolean;
  /** For who is in a hurry, or has time. */
  pace?: Partial<Pace>;
}

/** Why no checkpoint came of a save. */
export interface Failed {
  automatic: boolean;
  /** A sentence. */
  reason: string;
}

interface CheckpointEvents {
  /** A save has begun, is further than before, or is over: `null`. */
  progress: [Saving | null];
  /** This checkpoint is looked for, to be restored; `null` when that is over, whatever came of it. */
  restoring: [Wanted | null];
  /** How far the loading of a checkpoint is. */
  loading: [Progress];
  /** It is back: all of it, or only some of its names. */
  restored: [Restoration, isWhole: boolean];
  /** Nothing came of a restore, and why: a sentence. */
  unrestored: [string];
  /** So many of the runs of a rebuild are over, of so many. */
  rebuilding: [done: number, runs: number];
  /** Runs were run again, to recreate what did not come back. */
  rebuilt: [readonly Outcome[]];
  saved: [Checkpoint];
  failed: [Failed];
  /** The saved sessions have changed. */
  changed: [];
}

interface Parts extends Omit<Way, 'folder' | 'settled' | 'rebuilt' | 'recalled'> {
  options: CheckpointOptions | undefined;
  /** The executable, and where the session was started. */
  python: string;
  cwd: string;
  transcript: Transcript | undefined;
}

const NO_STORE =
  'This session was opened without a place for checkpoints, so it can neither be saved nor restored.';

export class Checkpoints extends EventEmitter<CheckpointEvents> {
  readonly #parts: Parts;
  readonly #pace: Pace;
  readonly #attachments: Attachments;
  readonly #automatic: Automatic;
  readonly #transcript: PastTranscript | null;
  readonly #restoring: Restoring | undefined;
  readonly #unfollow: () => void;
  /** Failures of automatic saves that were told already. */
  readonly #told = new Set<string>();
  #now: Save | null = null;
  #agent: string | null = null;
  #folder: Promise<SessionFolder> | undefined;

  constructor(parts: Parts) {
    super();
    const { core, options, fault } = parts;
    this.#parts = parts;
    this.#pace = { ...PACE, ...options?.pace };
    this.#transcript = parts.transcript ? new PastTranscript(parts.transcript) : null;
    this.#attachments = new Attachments(fault);
    this.#automatic = new Automatic({
      core,
      pace: this.#pace,
      isBusy: () => this.#now !== null || !options?.automatic,
      save: () => this.save({ name: null, automatic: true }).done.then(() => true, isUnsavable),
    });
    this.#restoring =
      options &&
      new Restoring(options.store, {
        ...parts,
        folder: () => this.#open(),
        settled: (state) => this.#automatic.settle(state),
        rebuilt: (done, runs) => this.emit('rebuilding', done, runs),
        recalled: (transcript) => this.#transcript?.goOnFrom(transcript),
      });
    this.#unfollow = options?.store.onChange(() => this.emit('changed')) ?? (() => undefined);
  }

  /** Say by which name an agent will go on with it, in the same folder; from the first save on it is not offered to people. */
  belongTo(agent: string): void {
    this.#agent = agent;
  }

  /** The save that is going on. */
  get now(): Saving | null {
    return this.#now;
  }

  /** What came back when a checkpoint was restored last; `null` where none was. */
  get restoration(): Restoration | null {
    return this.#restoring?.restoration ?? null;
  }

  /** Save the session as it is now, while it goes on. An automatic one gives way to one that is asked for. */
  save(request: SaveRequest): Saving {
    const refusal = this.#refusal(request);
    if (refusal) {
      return refused(request, refusal);
    }
    const before = this.#now;
    if (before?.automatic) {
      before.cancel();
    }
    const save = new Save(request, this.#desk(), before?.done.catch(() => undefined) ?? Promise.resolve());
    this.#now = save;
    background(this.#follow(save), 'following a save');
    return save;
  }

  /** Add something of the window's or the console's to each checkpoint: `history`, `editor`, `plots`. */
  provide(part: string, provide: Provide): void {
    this.#attachments.provide(part, provide);
  }

  /**
   * Bring a checkpoint back, found by a user's words or its id, in a run that can be stopped and undone as any; or only
   * some of its names, into the state that the session is in. Rejects with words, and the session is where it was.
   */
  async restore(wanted: Wanted, { names }: { names?: string[] | undefined } = {}): Promise<Restoration> {
    this.emit('restoring', wanted);
    try {
      const restoration = await this.#restorer().restore(wanted, names ?? null);
      this.emit('restored', restoration, names === undefined);
      return restoration;
    } catch (error) {
      this.emit('unrestored', (error as Error).message);
      throw error;
    } finally {
      this.#automatic.look();
      this.emit('restoring', null);
    }
  }

  /** Run again what makes the names that did not come back; stops at the first run that fails. */
  async rebuild(): Promise<Outcome[]> {
    const outcomes = await this.#restorer().rebuild();
    this.emit('rebuilt', outcomes);
    return outcomes;
  }

  loading({ name, done, names, bytes }: Loading): void {
    this.emit('loading', { name, done, names, bytes });
  }

  loaded(report: Loaded): void {
    this.#restoring?.loaded(report);
  }

  /** The session stands otherwise than before. */
  look(): void {
    this.#automatic.look();
  }

  /** What has run so far is nothing that the user has made: it is saved only together with what follows. */
  disregard(): void {
    this.#automatic.settle(this.#parts.core.timeline.states.current.id);
  }

  /** Another Python has been started. */
  restart(): void {
    this.#parts.core.runLog.clear();
    this.#automatic.restart();
  }

  /**
   * Save what is new, in bounded time, while there is Python. Return why that failed, a sentence; `null` where it is
   * saved, where nothing is new, and where the time is up.
   */
  async finish(): Promise<string | null> {
    this.#automatic.close();
    const enough = new AbortController();
    const bound = wait(this.#pace.closing, null, { signal: enough.signal }).catch(() => null);
    const failure = await Promise.race([this.#saveLast(), bound]);
    enough.abort();
    this.#now?.cancel();
    return failure;
  }

  /** There is no Python any more. */
  async close(): Promise<void> {
    this.#unfollow();
    await this.#now?.done.catch(() => undefined);
    const folder = await this.#folder?.catch(() => undefined);
    await folder?.close('quit').catch(this.#parts.fault);
  }

  async #saveLast(): Promise<string | null> {
    const { core, options } = this.#parts;
    await this.#now?.done.catch(() => undefined);
    const canBe =
      core.connection.host.isOpen &&
      (core.timeline.states.current.copy === 'frozen' || core.phase.is('idle'));
    if (!options?.automatic || !canBe || !this.#automatic.isDue) {
      return null;
    }
    this.#told.clear();
    const save = this.save({ name: null, automatic: true });
    return save.done.then(
      () => null,
      (error: Error) => error.message,
    );
  }

  /** Why the session cannot be saved now. */
  #refusal({ name, automatic }: SaveRequest): Error | null {
    if (!this.#parts.options) {
      return new CodedError('NO_STORE', NO_STORE);
    }
    try {
      if (name !== null) {
        checkName(name);
      }
      if (!automatic) {
        this.#parts.core.gate.mustBeFree();
        this.#parts.core.phase.mustRest();
      }
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  async #follow(save: Save): Promise<void> {
    this.emit('progress', save);
    let told: () => void;
    try {
      const checkpoint = await save.done;
      this.#told.clear();
      this.#automatic.settle(save.state);
      told = () => this.emit('saved', checkpoint);
    } catch (error) {
      told = () => this.#tellFailed(save, (error as Error).message);
    }
    if (this.#now === save) {
      this.#now = null;
    }
    told();
    this.emit('progress', this.#now);
    this.#automatic.look();
  }

  /** Tell of a failure; of an automatic save that fails again and again only once. */
  #tellFailed({ automatic, isCancelled }: Save, reason: string): void {
    if (isCancelled || (automatic && this.#told.has(reason))) {
      return;
    }
    if (automatic) {
      this.#told.add(reason);
    }
    this.emit('failed', { automatic, reason });
  }

  #desk(): SaveContext {
    const { core, cwd } = this.#parts;
    return {
      core,
      cwd,
      attachments: this.#attachments,
      patience: this.#pace.patience,
      folder: () => this.#open(),
      transcript: async () => (await this.#transcript?.end()) ?? null,
      progressed: () => void this.emit('progress', this.#now),
    };
  }

  #restorer(): Restoring {
    if (!this.#restoring) {
      throw new CodedError('NO_STORE', NO_STORE);
    }
    return this.#restoring;
  }

  #open(): Promise<SessionFolder> {
    const { options, cwd, python } = this.#parts;
    if (!options) {
      throw new CodedError('NO_STORE', NO_STORE);
    }
    if (!this.#folder) {
      const agent = this.#agent === null ? {} : { agent: this.#agent };
      this.#folder = options.store.openSession({ folder: cwd, python, ...agent });
      // What was in the way may be gone by the next time.
      this.#folder.catch(() => {
        this.#folder = undefined;
      });
    }
    return this.#folder;
  }
}

function isUnsavable(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'UNSAVABLE';
}

function refused({ name, automatic = false }: SaveRequest, error: Error): Saving {
  const done = Promise.reject(error);
  done.catch(() => undefined);
  return { name, automatic, progress: NO_PROGRESS, done, cancel: () => undefined };
}
