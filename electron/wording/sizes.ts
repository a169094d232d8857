/** How many bytes something has, on the disk, in memory or on the way: one way to say it, in thousands. */

/** What a megabyte is everywhere: in what we say, and in `settings.json`. */
export const BYTES_PER_MEGABYTE = 1_000_000;

const KILO = 1000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
/** From here on a value is rounded to a whole number, which has two digits. */
const TWO_DIGITS = 9.95;

/** `812 B`, `1.3 MB`, `340 MB`. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (Math.round(value) >= KILO && unit < UNITS.length - 1) {
    value /= KILO;
    unit += 1;
  }
  return `${unit > 0 && value < TWO_DIGITS ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
