/** Says what would be lost: by a kill, by a start from nothing. `null` where it is nothing. */

import { byId, isWhole, lineTo } from '../../contract/state-tree.ts';
import type { Session, State } from '../../supervisor/session.ts';
import { NOT_KEPT } from '../../supervisor/states/states.ts';

const UNABLE = 'this Python keeps no copies of its states';

/** What is lost beside the run that goes on, if its Python is killed; a clause. */
export function lossByKill(session: Session): string | null {
  if (!canKeep(session)) return `all names are lost, as ${UNABLE}`;
  const { state, states } = session;
  const line = lineTo(byId(states), state.id);
  const back = line.find((each) => isWhole(each) || each.copy === 'pending');
  const lost = back ? line.slice(0, line.indexOf(back)) : line;
  if (lost.length === 0) return null;
  // Nobody is put back to the start unasked, unless it is by one run.
  const what = back?.copy === 'fresh' && lost.length > 1 ? 'all names are' : runsWords(lost);
  return `${what} lost, as ${state.reason ?? 'there is no copy of them'}`;
}

/** What is lost if the session goes to its empty start; sentences. */
export function lossByRestart(session: Session): string | null {
  const { status, state } = session;
  if (status.kind === 'starting' || status.kind === 'ended') return null;
  if (!canKeep(session)) return `All names that live in it are lost, as ${UNABLE}.`;
  if (status.kind === 'running' || status.kind === 'asking') {
    const loss = lossByKill(session);
    const rest = loss ? `Besides, ${loss}.` : 'The states before it stay in the timeline.';
    return `A run goes on: it is ended, and what it did is lost. ${rest}`;
  }
  const isLost = state.copy === 'none' || state.copy === 'noted';
  if (!isLost || state.reason === NOT_KEPT) return null;
  return `The state as it is now cannot be gone back to: ${state.reason}.`;
}

/** What is on disk of a session that was saved after a run; a sentence. */
export function savedWords(run: number): string {
  return `Its names are saved as they were ${run === 0 ? 'at the start' : `after run ${run}`}.`;
}

function canKeep({ python }: Session): boolean {
  return python?.capabilities.includes('states') ?? false;
}

/** Given the newest first. */
function runsWords(states: readonly State[]): string {
  const [last, first] = [states[0]?.run, states.at(-1)?.run];
  return first === last ? `run ${last} is` : `runs ${first} to ${last} are`;
}
