/** The block that says how Python ended, what is lost, and what can be done. */

import type { End } from '../supervisor/session.ts';
import { type Palette, styled } from './palette.ts';

/** Three lines: what happened, where the session is now, which keys go on. */
export function deathBlock(end: End, palette: Palette): string {
  const keys = ['Enter starts Python again', ...(end.stack ? ['s shows the stack'] : []), 'Ctrl-D leaves'];
  return [
    styled(`✕ ${end.words}`, palette.failed),
    styled('· Nothing runs; names are gone.', palette.dim),
    styled(`· ${keys.join(' · ')}`, palette.dim),
  ].join('\n');
}

/** The Python stack of the fault handler, as it wrote it. */
export function deathStack(end: End): string {
  return (end.stack ?? '').trimEnd();
}

/** The exit status that hands on how Python ended, as a shell tells it. */
export function exitStatus(end: End, signals: Record<string, number>): number {
  if (end.status !== null) {
    return end.status;
  }
  return 128 + (signals[end.signal ?? ''] ?? 0);
}
