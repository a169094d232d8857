/** How keys move in a list, row by row, page by page, or to its ends. */

/** As many rows as `page` says are in view; `last` is the index of the last one. */
const MOVES: Record<string, (index: number, page: number, last: number) => number> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index, page) => index - page,
  PageDown: (index, page) => index + page,
  Home: () => 0,
  End: (_index, _page, last) => last,
};

export interface Place {
  index: number;
  page: number;
  /** How many rows there are. */
  count: number;
}

/** The row that a key leads to, within the list; `null` for a key that does not move. */
export function rowBy(key: string, { index, page, count }: Place): number | null {
  const move = MOVES[key];
  return move ? within(move(index, page, count - 1), count) : null;
}

/** The nearest row that there is. */
export function within(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
