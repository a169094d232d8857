/** The ladder of the stop button. */

import { beforeEach, expect, it, vi } from 'vitest';
import { Stopping } from '../../electron/main/session/stop-button.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('goes up one step when a press did not help for a while, and not by quick clicks', () => {
  const changed = vi.fn();
  const stopping = new Stopping(changed, () => 700);
  expect([stopping.press(), stopping.press(), stopping.press()]).toEqual([
    'interrupt',
    'interrupt',
    'interrupt',
  ]);
  vi.advanceTimersByTime(1000);
  expect(stopping.step).toBe('insist');
  expect(stopping.press()).toBe('insist');
  vi.advanceTimersByTime(1000);
  expect(stopping.press()).toBe('kill');
  expect(changed).toHaveBeenCalledTimes(2);
});

it('begins anew with the next run', () => {
  const stopping = new Stopping(vi.fn(), () => 700);
  stopping.press();
  stopping.reset();
  vi.advanceTimersByTime(1000);
  expect(stopping.step).toBe('interrupt');
});
