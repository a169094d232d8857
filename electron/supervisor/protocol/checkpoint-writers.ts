/** The writers of checkpoints: what each says, and what becomes of one that does not get on. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_PROGRESS } from '../../contract/checkpoints.ts';
import type { Save, Saved, Saving, Unsaved } from '../../contract/messages.ts';
import { background } from '../platform/background.ts';
import type { HostProcess } from './host-process.ts';

/** What is to be written. */
export interface Job extends Omit<Save, 'kind'> {
  /** Whether the live state writes it, as no copy of it can be made. */
  isLive: boolean;
}

interface Following {
  /** So long a writer may be at one name, in milliseconds. */
  patience: number;
  /** It has got farther. */
  progressed: () => void;
}

/** So long a writer may take to begin: what it needs may be held by a thread that is not in it. */
const BEGIN_WITHIN_MS = 20_000;
const SECOND_MS = 1000;

export class CheckpointWriter {
  readonly id: number;
  readonly isLive: boolean;
  progress = NO_PROGRESS;
  /** Whether it has said anything. */
  hasBegun = false;
  /** How it ends; it never rejects. */
  readonly result: Promise<Saved | Unsaved>;
  readonly #place: string;
  readonly #end: () => void;
  readonly #following: Following;
  #resolve!: (result: Saved | Unsaved) => void;
  #isCancelled = false;
  #timer: NodeJS.Timeout | undefined;
  /** Said of the name at which it did not get on. */
  #hung: string | null = null;

  /** `end` ends it, by force where it is a process of its own. */
  constructor({ id, isLive, folder }: Job, following: Following, end: () => void) {
    this.id = id;
    this.isLive = isLive;
    this.#place = placeOf(folder, id);
    this.#following = following;
    this.#end = end;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#watch(BEGIN_WITHIN_MS, 'the writer did not begin');
  }

  /** End it; `result` tells when that has happened. */
  cancel(): void {
    this.#isCancelled = true;
    // The live state would not hear of it before it has begun.
    if (!this.isLive || this.hasBegun) {
      this.#end();
    }
  }

  saving({ name, done, names, bytes }: Saving): void {
    const { patience, progressed } = this.#following;
    if (!this.hasBegun || name !== this.progress.name || bytes !== this.progress.bytes) {
      this.#watch(patience, `it took longer than ${patience / SECOND_MS} s to save`);
    }
    this.progress = { name, done, names, bytes };
    progressed();
    if (!this.hasBegun) {
      this.hasBegun = true;
      if (this.#isCancelled && this.isLive) {
        this.#end();
      }
    }
  }

  settle(result: Saved | Unsaved): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const hung = this.#hung;
    this.#resolve(
      result.kind === 'unsaved' && hung ? { ...result, reason: hung, name: this.progress.name } : result,
    );
  }

  /** End it when nothing has been heard of it for so long; it gets on too where what it has `written` grows. */
  #watch(patience: number, reason: string, written: number | null = null): void {
    clearTimeout(this.#timer);
    const look = async () => {
      const now = await sizeOf(this.#place);
      if (timer !== this.#timer) {
        return; // It has said something meanwhile.
      }
      if (now !== written) {
        this.#watch(patience, reason, now);
      } else {
        this.#hung = reason;
        this.#end();
      }
    };
    const timer = setTimeout(() => background(look(), 'watching a save'), patience / 2);
    this.#timer = timer;
  }
}

/** The folder that a writer writes to. */
function placeOf(folder: string, id: number): string {
  return join(folder, `writing-${id}`);
}

/** How much there is in a folder, in bytes. */
async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null); // It may just have gone.
    size += found?.size ?? 0;
  }
  return size;
}

export class CheckpointWriters {
  readonly #host: () => HostProcess;
  readonly #open = new Map<number, CheckpointWriter>();
  #last = 0;

  constructor(host: () => HostProcess) {
    this.#host = host;
  }

  /** Whether the live state is writing by itself. */
  get isLiveWriting(): boolean {
    return [...this.#open.values()].some(({ isLive }) => isLive);
  }

  /** Return a number for a writer, which no other has. */
  claim(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Have a checkpoint written. */
  begin(job: Job, following: Following): CheckpointWriter {
    const { isLive, ...rest } = job;
    const host = this.#host();
    const end = () => (isLive ? host.signal('SIGINT') : host.cancel(job.id));
    const writer = new CheckpointWriter(job, following, end);
    this.#open.set(job.id, writer);
    host.save({ kind: 'save', ...rest }, isLive);
    return writer;
  }

  heard(report: Saving | Saved | Unsaved): void {
    const writer = this.#open.get(report.id);
    if (report.kind === 'saving') {
      writer?.saving(report);
    } else {
      this.#open.delete(report.id);
      writer?.settle(report);
    }
  }

  /** The live state is another one: what it wrote in place is lost. */
  leaveLive(reason: string): void {
    this.#lose(
      [...this.#open.values()].filter(({ isLive }) => isLive),
      reason,
    );
  }

  /** Python's host has ended, and all writers with it. */
  leaveAll(reason: string): void {
    this.#lose([...this.#open.values()], reason);
  }

  #lose(writers: CheckpointWriter[], reason: string): void {
    for (const { id } of writers) {
      this.heard({ kind: 'unsaved', id, reason, name: null });
    }
  }
}
