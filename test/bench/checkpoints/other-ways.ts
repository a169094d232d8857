/** Another way to save a load: what it takes to save it, and to restore it in a fresh process. */

import type { Usage } from '../disk.ts';
import type { Bench } from '../environment.ts';
import { median } from '../statistics.ts';
import type { Effort, SavedLoad } from './checkpoint-loads.ts';
import { openRival, type Rival, type Saved, type Way } from './rivals.ts';

/** What is saved, how often, and below which folder. */
export interface Task {
  bench: Bench;
  load: SavedLoad;
  effort: Effort;
  folder: string;
}

interface Parts {
  way: Way;
  task: Task;
  rival: Rival;
  /** When the load was made, by one that saves behind each cell. */
  made: Saved | null;
}

/** Start one and let it make the load; `null` where it is not there, or is left out. */
export async function openOther(way: Way, task: Task): Promise<Other | null> {
  const { bench, load, effort, folder } = task;
  const rival = effort.absent?.includes(way) ? null : await openRival(bench, way, folder);
  return rival && new Other({ way, task, rival, made: await rival.run(load.code) });
}

export class Other {
  readonly #parts: Parts;
  /** Behind each change. */
  readonly #saved: Saved[] = [];
  #restores = 0;
  #comesBack = true;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get way(): Way {
    return this.#parts.way;
  }

  /** What the saves took: behind the changes, or behind the making where there were none. */
  get saves(): Saved[] {
    const { made } = this.#parts;
    return this.#saved.length === 0 && made ? [made] : this.#saved;
  }

  /** What so many checkpoints take, each as much as those that were made; `null` where nobody can tell. */
  usage(checkpoints: number): Usage | null {
    const size = median(this.#saved.map((saved) => saved.size));
    const blocks = median(this.#saved.map((saved) => saved.blocks));
    if (size === null || blocks === null) {
      return null;
    }
    const first = this.#parts.made ?? { size, blocks };
    const later = checkpoints - 1;
    return { size: first.size + later * size, blocks: first.blocks + later * blocks };
  }

  /** Make a small change and save, unless it has had all its turns. */
  async save(): Promise<void> {
    const { task, rival } = this.#parts;
    if (this.#saved.length < this.#turns(task.effort.rounds)) {
      const saved = await rival.save(task.load.change(this.#saved.length));
      this.#saved.push(...(saved ? [saved] : []));
    }
  }

  /** Restore what was saved last, in a fresh process; return how long that took, unless it has had all its turns. */
  async restore(): Promise<number[]> {
    const { way, task } = this.#parts;
    const isOver = this.#restores >= Math.max(1, this.#turns(task.effort.restores));
    if (isOver || this.saves.length === 0 || !this.#comesBack) {
      return [];
    }
    this.#restores += 1;
    const fresh = await openRival(task.bench, way, task.folder);
    try {
      const ms = (await fresh?.load()) ?? null;
      const isRight = await fresh?.holds(proofOf(task.load, this.#saved.length));
      if (!isRight) {
        this.#comesBack = false;
        process.stderr.write(`${way} did not bring back ${task.load.words}.\n`);
      }
      return ms !== null && isRight ? [ms] : [];
    } finally {
      await fresh?.close();
    }
  }

  close(): Promise<void> {
    return this.#parts.rival.close();
  }

  #turns(usual: number): number {
    const { way, task } = this.#parts;
    return Math.min(usual, task.effort.turns?.[way] ?? usual);
  }
}

/** What must hold, in Python, after so many changes. */
export function proofOf({ whole, changed }: SavedLoad, changes: number): string {
  return changes === 0 ? whole : `${whole} and ${changed(changes - 1)}`;
}
