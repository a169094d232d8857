/** A variable in words: how much it is, what the last run did to it. */

import { sizeText } from './sizes.ts';

/** As much of a variable as the words take. */
export interface Measured {
  shape: readonly number[] | null;
  length: number | null;
  size: number | null;
  /** Whether the size is an estimate. */
  rough: boolean;
}

/** `1,000 × 3`, `12`; empty where it has neither shape nor length. */
export function extentText({ shape, length }: Measured): string {
  if (shape && shape.length > 0) {
    return shape.map((each) => each.toLocaleString('en')).join(' × ');
  }
  return length === null ? '' : length.toLocaleString('en');
}

/** `8.0 MB`, `≈ 36 MB`; empty where nobody can tell. */
export function memoryText({ size, rough }: Measured): string {
  return size === null ? '' : `${rough ? '≈ ' : ''}${sizeText(size)}`;
}

/** `+`, `~` or nothing, as everywhere for what was added and changed. */
export function changeSign(change: 'added' | 'rebound' | 'changed' | null): string {
  return change === null ? '' : change === 'added' ? '+' : '~';
}
