/** One save of a session: of a state, by a writer, and by another one without the name at which the first died. */

import { readlink, rm } from 'node:fs/promises';
import { machine } from 'node:os';
import { type Checkpoint, NO_PROGRESS, type Progress, type SavedRun } from '../../contract/checkpoints.ts';
import type { Saved, Spared, Unsaved } from '../../contract/messages.ts';
import { isWhole } from '../../contract/state-tree.ts';
import { firstLine } from '../../wording/plain-text.ts';
import { CodedError } from '../platform/errors.ts';
import type { CheckpointWriter, Job } from '../protocol/checkpoint-writers.ts';
import {
  type About,
  ROOM_ADVICE,
  type SessionFolder,
  unwritable,
} from '../repository/open-session-folder.ts';
import { type Turn, unlessGivenUp } from '../session/gate.ts';
import type { SessionState } from '../session/session-state.ts';
import type { State, States } from '../states/states.ts';
import type { Attachments } from './attachments.ts';

/** A session on its way to the disk. */
export interface Saving {
  readonly name: string | null;
  /** Whether nobody has asked for it. */
  readonly automatic: boolean;
  /** How far it is. */
  readonly progress: Progress;
  /** Rejects, with words, where no checkpoint comes of it. */
  readonly done: Promise<Checkpoint>;
  cancel(): void;
}

export interface SaveRequest {
  /** What the user calls it; `null` for an automatic one. */
  name: string | null;
  automatic?: boolean;
}

/** What all saves of a session have in common. */
export interface SaveContext {
  core: SessionState;
  attachments: Attachments;
  /** So long a writer may be at one name, in milliseconds. */
  patience: number;
  /** The session's folder in the store; made when it is first needed. */
  folder: () => Promise<SessionFolder>;
  /** The end of what was printed. */
  transcript: () => Promise<Uint8Array | null>;
  /** The working directory, where the system does not tell. */
  cwd: string;
  /** A save has got farther. */
  progressed: () => void;
}

/** So many names may be left out because a writer died at them. */
const MOST_SPARED = 5;
const LAST_RUNS = 3;
/** What Python says of it, as we do. */
const DISK_FULL = 'the disk is full';
const CANCELLED = 'The save was cancelled.';

export class Save implements Saving {
  readonly name: string | null;
  readonly automatic: boolean;
  readonly state: number;
  readonly done: Promise<Checkpoint>;
  readonly #context: SaveContext;
  /** Those of the Python that it was begun with. */
  readonly #states: States;
  readonly #runs: readonly SavedRun[];
  readonly #python: string;
  #writer: CheckpointWriter | undefined;
  #isCancelled = false;

  /** Save the state that the session is in, when what was going on before is over. */
  constructor({ name, automatic = false }: SaveRequest, context: SaveContext, before: Promise<unknown>) {
    this.name = name;
    this.automatic = automatic;
    this.#context = context;
    const { timeline, runLog, python } = context.core;
    this.#states = timeline.states;
    this.#python = python?.python ?? '';
    this.state = timeline.states.current.id;
    this.#runs = runLog.before(this.state);
    timeline.pin(this.state);
    this.done = before.then(() => this.#save()).finally(() => timeline.unpin(this.state));
    // Nobody may be listening; who showed it is told by an event too.
    this.done.catch(() => undefined);
  }

  get progress(): Progress {
    return this.#writer?.progress ?? NO_PROGRESS;
  }

  /** Whether the user has cancelled it. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#writer?.cancel();
  }

  async #save(): Promise<Checkpoint> {
    const folder = await this.#context.folder();
    const state = await this.#find();
    const spared: Spared[] = [];
    let hasRenewed = false;
    for (;;) {
      const cwd = await workingFolder(state.pid ?? this.#context.core.timeline.live, this.#context.cwd);
      const [saved, writer] = await this.#write(folder, state, spared);
      if (saved.kind === 'saved') {
        return folder.commit(saved, this.#about(cwd));
      }
      const isKnown = spared.some(({ name }) => name === saved.name);
      if (saved.name !== null && !isKnown && spared.length < MOST_SPARED) {
        spared.push({ name: saved.name, reason: saved.reason });
      } else if (!writer.hasBegun && !writer.isLive && !hasRenewed) {
        // What it waited for, a lock that a thread held, may be free in another copy.
        hasRenewed = true;
        await this.#renew();
      } else {
        throw new CodedError(saved.name === null ? 'NOT_SAVED' : 'UNSAVABLE', whyNot(saved, spared));
      }
    }
  }

  /** The state, with a copy of it where one can be made. */
  async #find(): Promise<State> {
    const { timeline, phase, gate } = this.#context.core;
    await timeline.copied(this.state);
    this.#goOn();
    this.#mustBeThere();
    const state = this.#states.get(this.state);
    const isCurrent = this.#states.current.id === this.state;
    if (isWhole(state) && (this.automatic || !isCurrent || !phase.is('idle'))) {
      return state;
    }
    return gate.exclusive('keep', (turn) => {
      this.#mustBeCurrent();
      return unlessGivenUp(turn, timeline.keepAsIs());
    });
  }

  async #renew(): Promise<void> {
    const { timeline, phase, gate } = this.#context.core;
    if (phase.is('idle') && timeline.states === this.#states && this.#states.current.id === this.state) {
      await gate.exclusive('keep', (turn) => unlessGivenUp(turn, timeline.renew()));
    }
  }

  async #write(
    folder: SessionFolder,
    state: State,
    spared: Spared[],
  ): Promise<[Saved | Unsaved, CheckpointWriter]> {
    const { core, attachments, transcript } = this.#context;
    const id = core.writers.claim();
    const place = await folder.begin(id);
    let isSaved = false;
    try {
      const runs = Buffer.from(JSON.stringify(this.#runs));
      const files = await attachments
        .write(place, { runs, transcript: await transcript() })
        .catch((error) => {
          throw unwritable(error, folder.path);
        });
      const previous = await folder.previous();
      this.#goOn();
      const job = { id, state: state.id, folder: folder.path, previous, sides: files, spared };
      const writer = await this.#begin(job, state);
      const result = await writer.result;
      this.#goOn();
      isSaved = result.kind === 'saved';
      return [result, writer];
    } finally {
      if (!isSaved) {
        await rm(place, { recursive: true, force: true });
      }
    }
  }

  /** Have it written: by a process of its own, or by the live state itself, which nothing else then does. */
  async #begin(job: Omit<Job, 'isLive'>, { copy }: State): Promise<CheckpointWriter> {
    const { gate } = this.#context.core;
    if (copy === 'frozen') {
      return this.#follow({ ...job, isLive: false });
    }
    return new Promise((resolve, reject) => {
      const write = async (turn: Turn) => {
        this.#goOn();
        this.#mustBeCurrent();
        const writer = this.#follow({ ...job, isLive: true });
        resolve(writer);
        await unlessGivenUp(turn, writer.result);
      };
      gate.exclusive('save', write).catch(reject);
    });
  }

  #follow(job: Job): CheckpointWriter {
    const { core, patience, progressed } = this.#context;
    this.#mustBeThere();
    this.#writer = core.writers.begin(job, { patience, progressed });
    core.phase.settle();
    return this.#writer;
  }

  /** Throw where the Python that it was begun with is gone. */
  #mustBeThere(): void {
    const { timeline, connection } = this.#context.core;
    if (timeline.states !== this.#states || !connection.host.isOpen) {
      throw new CodedError('NOT_SAVED', 'Nothing was saved: Python has ended, and the state with it.');
    }
  }

  #mustBeCurrent(): void {
    this.#mustBeThere();
    if (this.#states.current.id !== this.state) {
      const words = 'The session has gone on before its state could be saved; save it as it is now.';
      throw new CodedError('NOT_SAVED', words);
    }
  }

  /** What is told of it, of the time when it was begun. */
  #about(folder: string): About {
    return {
      name: this.name,
      run: this.#runs.at(-1)?.run ?? 0,
      lastRuns: this.#runs.slice(-LAST_RUNS).map(({ code }) => firstLine(code)),
      python: this.#python,
      platform: `${process.platform}-${machine()}`,
      folder,
    };
  }

  /** Throw where the user has cancelled it. */
  #goOn(): void {
    if (this.#isCancelled) {
      throw new CodedError('CANCELLED', CANCELLED);
    }
  }
}

/** The working directory of a process; `otherwise` where the system does not tell. */
async function workingFolder(pid: number | null, otherwise: string): Promise<string> {
  return pid === null ? otherwise : readlink(`/proc/${pid}/cwd`).catch(() => otherwise);
}

function whyNot({ name, reason }: Unsaved, spared: Spared[]): string {
  if (name === null) {
    return reason === DISK_FULL
      ? `Nothing was saved: ${reason}. ${ROOM_ADVICE}`
      : `Nothing was saved: ${reason}.`;
  }
  const names = [...spared.map((each) => each.name), name].join(', ');
  return `Nothing was saved, as it went wrong at one name after the other: ${names} (${reason}). Delete them, and save again.`;
}
