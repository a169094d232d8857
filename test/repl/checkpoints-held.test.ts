import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../electron/contract/checkpoints.ts';
import { SavedTrial } from './checkpoints-trial.ts';

/** With it in use no copy of the process can be made. */
const IO_URING = 'import ctypes; b = ctypes.create_string_buffer(120); ctypes.CDLL(None).syscall(425, 4, b)';

function hasRings(): boolean {
  const told = spawnSync('python3', ['-c', `${IO_URING.replace('ctypes.CDLL', 'print(ctypes.CDLL')})`]);
  return Number(told.stdout) >= 0;
}

describe.skipIf(!hasRings())('a session that cannot be copied', () => {
  it('is saved while code waits, and Ctrl-C stops that', async () => {
    const trial = await new SavedTrial().after(
      'x = [{str(i): i} for i in range(800_000)]',
      IO_URING,
      'y = 1',
    );
    trial.type('%save large\r');
    await trial.becomes(
      () => /^· saving large.* · code waits for it · Ctrl-C stops it$/.test(trial.screen.at(-1) ?? ''),
      () => 'the line under the prompt',
    );
    trial.type('y\r', '\x03');
    await trial.says('· The save was cancelled.');
    trial.type('y\r');
    await trial.endsIn('>>> y', '1', '>>>');
    trial.type('del x\r', '%save small\r');
    await trial.becomes(
      () => /^· saved small: /.test(trial.said.find((line) => line.startsWith('· saved')) ?? ''),
      () => 'that it is saved',
    );
  });

  it('is saved before one leaves, as that is not done by itself', async () => {
    const trial = await new SavedTrial({ checkpoints: { automatic: true } }).after(IO_URING, 'y = 1');
    trial.type('\x04');
    await trial.becomes(
      () => trial.left.length === 1,
      () => 'that one has left',
    );
    const [checkpoint] = (await trial.store.list()) as Checkpoint[];
    expect(checkpoint?.lastRuns.at(-1)).toBe('y = 1');
  });
});
