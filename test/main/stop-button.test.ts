/** The ladder of the stop button. */

import { beforeEach, expect, it, vi } from 'vitest';
import { StopButton } from '../../electron/main/session/stop-button.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('goes up one step when a press did not help for a while, and not by quick clicks', () => {
  const changed = vi.fn();
  const stopButton = new StopButton(changed, () => 700);
  expect([stopButton.press(), stopButton.press(), stopButton.press()]).toEqual([
    'interrupt',
    'interrupt',
    'interrupt',
  ]);
  vi.advanceTimersByTime(1000);
  expect(stopButton.step).toBe('insist');
  expect(stopButton.press()).toBe('insist');
  vi.advanceTimersByTime(1000);
  expect(stopButton.press()).toBe('kill');
  expect(changed).toHaveBeenCalledTimes(2);
});

it('begins anew with the next run', () => {
  const stopButton = new StopButton(vi.fn(), () => 700);
  stopButton.press();
  stopButton.reset();
  vi.advanceTimersByTime(1000);
  expect(stopButton.step).toBe('interrupt');
});
