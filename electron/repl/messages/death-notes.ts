/** How Python ended, what is lost, and what can be done: the words for it. */

import type { Death, End } from '../../supervisor/session.ts';
import { runsNamed } from './wording.ts';

/** What the death of a Python has cost, where the session outlived it. */
export interface Crash extends Death {
  /** The run that it cost; `null` where none was going on. */
  lost: object | null;
  /** The runs before that one whose results are lost with it: no copy of them was there, or none that woke. */
  others: number[];
}

/** Three lines where no Python is left: what happened, where the session is now, which keys go on. */
export function deathBlock(end: End): string {
  const keys = ['Enter starts Python again', ...(end.stack ? ['s shows the stack'] : []), 'Ctrl-D leaves'];
  return [`✕ ${end.words}`, '· Nothing runs; names are gone.', `· ${keys.join(' · ')}`].join('\n');
}

/** Three lines where the session went back without being asked, or one where the user stopped it. */
export function lossBlock(crash: Crash): string {
  const { end, lost } = crash;
  const back = whereBack(crash);
  const others = othersLost(crash);
  if (end.asked) {
    return `· stopped: ${[back, others].filter(Boolean).join('; ')}`;
  }
  const rest = others || (lost ? 'nothing else was lost' : '');
  const ways = [...(end.stack ? ['%stack shows where'] : []), ...(lost ? ['%again runs it again'] : [])];
  const lines = [`✕ ${end.words}`, `· ${capitalised([back, rest].filter(Boolean).join('; '))}`];
  return (ways.length > 0 ? [...lines, `· ${ways.join(' · ')}`] : lines).join('\n');
}

/** Where the session is now. */
function whereBack({ run, state, others }: Crash): string {
  if (run !== null && others.length === 0) {
    return `back before run ${run}`;
  }
  return state.run === null ? 'back at the start' : `back in state ${state.id}, as run ${state.run} left it`;
}

function othersLost({ others }: Crash): string {
  return others.length > 0 ? `what ${runsNamed(others)} did is lost too` : '';
}

function capitalised(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The Python stack of the fault handler, as it wrote it. */
export function deathStack(end: End): string {
  return (end.stack ?? '').trimEnd();
}

/** The exit status that hands on how Python ended, as a shell tells it. */
export function exitStatus(end: End, signals: Record<string, number>): number {
  if (end.status !== null) {
    return end.status;
  }
  return 128 + (signals[end.signal ?? ''] ?? 0);
}
