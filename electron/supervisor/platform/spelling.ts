/** Find what someone meant. */

/** More changes than this make another word. */
const MAX_CHANGES = 2;

/** The candidate that is fewest changes away; `null` where all are far. */
export function closest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = MAX_CHANGES + 1;
  for (const candidate of candidates) {
    const isStart = word.length > 0 && candidate.startsWith(word);
    const changes = isStart ? 1 : distance(word, candidate);
    if (changes < fewest && changes < candidate.length) {
      best = candidate;
      fewest = changes;
    }
  }
  return best;
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (row[at - 1] as number) + (one[index - 1] === other[at - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[at] as number) + 1, (next[at - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
