/** What `%states` shows: the tree of states as a list, newest at the bottom, as far as the width allows. */

import type { State } from '../../supervisor/session.ts';
import { signs } from '../../wording/counts.ts';
import { durationText } from '../../wording/times.ts';
import { type Palette, styled } from '../screen/palette.ts';
import { textWidth } from '../screen/text-width.ts';
import { type Rail, railsOf } from './state-rails.ts';
import { codeLine } from './wording.ts';

export interface StatesListOptions {
  states: readonly State[];
  /** The state that the session is in. */
  current: number;
  /** So many of the newest are shown. */
  count: number;
  columns: number;
  palette: Palette;
}

const WIDEST_COLUMNS = 100;
/** Where less is left for the code, nothing stands behind it. */
const LEAST_CODE_COLUMNS = 12;
/** A run that took longer says so. */
const LONG_SECONDS = 0.1;

export function statesList({ states, current, count, columns, palette }: StatesListOptions): string {
  const shown = states.slice(-count);
  const rails = railsOf(states).slice(-count);
  const hidden = states.length - shown.length;
  const width = Math.min(columns - 1, WIDEST_COLUMNS);
  const railWidth = Math.max(...rails.map(({ lead, tail }) => lead.length + 1 + tail.length));
  const numberWidth = String(shown.at(-1)?.id ?? 0).length;
  const rows = shown.map((state, index) => {
    const rail = railText(rails[index] as Rail, railWidth, shapeOf(state, current, palette), palette);
    const number = String(state.id).padStart(numberWidth);
    const room = Math.max(1, width - railWidth - numberWidth - 4);
    return `${rail}  ${number}  ${content(state, room, palette)}`.trimEnd();
  });
  const more = hidden > 0 ? [styled(`· ${hidden} more before: %states ${states.length}`, palette.dim)] : [];
  return [...more, ...rows].join('\n');
}

function railText({ lead, tail }: Rail, width: number, shape: string, palette: Palette): string {
  const padding = ' '.repeat(width - lead.length - 1 - tail.length);
  return (lead && styled(lead, palette.dim)) + shape + (tail && styled(tail, palette.dim)) + padding;
}

/** `●` is the live one, `❄` can be gone to, `○` was evicted or never kept. */
function shapeOf({ id, copy }: State, current: number, palette: Palette): string {
  if (id === current) {
    return styled('●', palette.live);
  }
  if (copy === 'noted') {
    return styled('◇', palette.frozen);
  }
  return copy === 'none' || copy === 'gone' ? styled('○', palette.dim) : styled('❄', palette.frozen);
}

/** The code, and as much of what is known of the run as leaves it some room. */
function content(state: State, room: number, palette: Palette): string {
  const name = state.name === null ? '' : `(${state.name})`;
  const candidates = [[...detailsOf(state), name], [name], []].map((parts) =>
    parts.filter(Boolean).join('  '),
  );
  const details =
    candidates.find((each) => each === '' || room - textWidth(each) - 2 >= LEAST_CODE_COLUMNS) ?? '';
  if (details === '') {
    return codeOf(state, room);
  }
  const left = room - textWidth(details) - 2;
  const code = codeOf(state, left);
  return `${code}${' '.repeat(left - textWidth(code))}  ${styled(details, palette.dim)}`;
}

function codeOf({ run, code }: State, columns: number): string {
  return run === null ? codeLine('the start', columns) : codeLine(code, columns);
}

/** `+2 ~1 −1`, `raised`, `1.2 s`. */
function detailsOf({ changes, outcome, seconds }: State): string[] {
  const { added = [], rebound = [], changed = [], removed = [] } = changes ?? {};
  const isLong = seconds !== null && seconds > LONG_SECONDS;
  return [
    signs(added.length, rebound.length + changed.length, removed.length),
    outcome === null || outcome === 'ok' ? '' : outcome,
    isLong ? durationText(seconds) : '',
  ];
}
