/** Whether every line of a flood arrived, whole and in its thread's order. */

/** Thread `n` prints the numbers from `n * lines` up to the next thread's, one a line. */
export interface Expected {
  threads: number;
  /** Of each thread. */
  lines: number;
}

/** Count the lines that are not as they should be: lost, torn, doubled or out of order. */
export function badLines(bytes: Uint8Array, { threads, lines }: Expected): number {
  const next = Array.from({ length: threads }, (_, thread) => thread * lines);
  let bad = 0;
  for (const line of Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1)) {
    const number = Number(line);
    const thread = Math.floor(number / lines);
    const expected = next[thread] ?? Number.POSITIVE_INFINITY;
    if (String(number) === line.trimEnd() && number >= expected) {
      bad += number - expected;
      next[thread] = number + 1;
    } else {
      bad += 1;
    }
  }
  return next.reduce((sum, number, thread) => sum + (thread + 1) * lines - number, bad);
}
