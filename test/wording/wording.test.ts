/** Sizes, times, counts and lines of text, as they are said everywhere. */

import { describe, expect, it } from 'vitest';
import { counted, enumerated, listed, signs } from '../../electron/wording/counts.ts';
import { firstLine, plain, shortened } from '../../electron/wording/plain-text.ts';
import { sizeText } from '../../electron/wording/sizes.ts';
import { agoText, durationText, whenText } from '../../electron/wording/times.ts';

const NOW = new Date(2026, 10, 25, 18, 14).getTime();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

it.each([
  [0, '0 B'],
  [812, '812 B'],
  [1300, '1.3 kB'],
  [1_300_000, '1.3 MB'],
  [9_960_000, '10 MB'],
  [12_345_678, '12 MB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [340_000_000, '340 MB'],
  [1_200_000_000, '1.2 GB'],
  [5_000_000_000_000_000, '5000 TB'],
])('writes %d bytes as %s', (bytes, words) => {
  expect(sizeText(bytes)).toBe(words);
});

it.each([
  [0, '18:14'],
  [24 * HOUR_MS, 'yesterday 18:14'],
  [72 * HOUR_MS, '22 Nov 18:14'],
  [365 * 24 * HOUR_MS, '25 Nov 2025'],
])('says when %d ms ago was', (before, words) => {
  expect(whenText(NOW - before, NOW)).toBe(words);
});

it.each([
  [0, 'just now'],
  [MINUTE_MS, '1 minute ago'],
  [59 * MINUTE_MS, '59 minutes ago'],
  [3 * HOUR_MS, '3 hours ago'],
  [30 * HOUR_MS, 'yesterday 12:14'],
  [72 * HOUR_MS, 'on 22 Nov 18:14'],
  // The clock has been put back.
  [-MINUTE_MS, '18:15'],
])('says how long ago %d ms are', (before, words) => {
  expect(agoText(NOW - before, NOW)).toBe(words);
});

it.each([
  [0, '0.00 s'],
  [0.0005, '0.00 s'],
  [0.0123, '0.01 s'],
  [1.26, '1.2 s'],
  [59.99, '59.9 s'],
  [65, '1 min 05 s'],
  [3720, '1 h 02 min'],
])('writes %d seconds as %s', (seconds, words) => {
  expect(durationText(seconds)).toBe(words);
});

it('counts and lists', () => {
  expect([counted(1, 'name'), counted(0, 'name')]).toEqual(['1 name', '0 names']);
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(enumerated)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect([listed(['a', 'b'], 2), listed(['a', 'b'], 5)]).toEqual(['a, b', 'a, b and 3 more']);
  expect([signs(2, 0, 1), signs(0, 0, 0)]).toEqual(['+2 −1', '']);
});

describe('text that plays tricks', () => {
  it('has a space in the place of what is no letter', () => {
    expect(plain('a\x1b[2Jb\x9bc\u202ed\n')).toBe('a [2Jb c d ');
  });

  it('is told by its first line', () => {
    expect(['', '\n\n  x = 1  \ny', 'a\tb', 'a\r\nb'].map(firstLine)).toEqual(['', 'x = 1', 'a b', 'a']);
  });

  it('is cut between characters', () => {
    expect([shortened('abc', 3), shortened('abcd', 3), shortened('a😀bc', 3)]).toEqual(['abc', 'ab…', 'a…']);
  });
});
