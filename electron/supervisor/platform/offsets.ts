/** Offsets into text: JavaScript counts UTF-16 units, Python code points. */

/** Return how many code points lie before the offset in UTF-16 units. */
export function codePoints(text: string, units: number): number {
  let count = 0;
  for (const _ of text.slice(0, units)) {
    count += 1;
  }
  return count;
}

/** Return the offset in UTF-16 units behind so many code points. */
export function codeUnits(text: string, points: number): number {
  let units = 0;
  let left = points;
  for (const character of text) {
    if (left === 0) {
      break;
    }
    units += character.length;
    left -= 1;
  }
  return units;
}
