/** How many there are, and which: counted nouns, lists of words, and the signs of what changed. */

/** `1 name`, `34 names`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `x, y and 3 more`: the first of so many. */
export function listed(some: readonly string[], count: number): string {
  const more = count - some.length;
  return some.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `+2 ~1 −1`: names added, changed and removed; what is none is left out. */
export function signs(added: number, changed: number, removed: number): string {
  const counts: [string, number][] = [
    ['+', added],
    ['~', changed],
    ['−', removed],
  ];
  return counts.flatMap(([sign, many]) => (many > 0 ? `${sign}${many}` : [])).join(' ');
}
