import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Notices } from '../../electron/repl/controller/notices.ts';
import type { Session } from '../../electron/supervisor/session.ts';
import { ConsoleTrial } from './trial.ts';

const IO_URING = 'import ctypes; b = ctypes.create_string_buffer(120); ctypes.CDLL(None).syscall(425, 4, b)';

/** Whether this system lets a process use io_uring. */
function hasRings(): boolean {
  return (
    Number(spawnSync('python3', ['-c', `${IO_URING.replace('ctypes.CDLL', 'print(ctypes.CDLL')})`]).stdout) >=
    0
  );
}

describe('a run that cannot be undone', () => {
  it.skipIf(!hasRings())('is told once for each reason', async () => {
    const trial = new ConsoleTrial();
    trial.type(`${IO_URING}; del b\r`, 'x = 1\r', 'x = 2\r', '%undo\r');
    await trial.endsIn(
      '>>> x = 1',
      '· this run cannot be undone: io_uring is in use (only names and plain',
      '  values can be brought back)',
      '>>> x = 2',
      '>>> %undo',
      '· undid run 3: x = 2',
      '· back in state 2 · %redo goes forward again',
      '· only names and plain values came back, as the process could not be',
      '  copied',
      '>>>',
    );
  });
});

describe('copies that cost time', () => {
  /** What is said of states whose copies took these seconds. */
  function said(pauses: (number | null)[], keepsEveryRun = true): string[] {
    const lines: string[] = [];
    const notices = new Notices((text) => lines.push(text));
    for (let count = 1; count <= pauses.length; count += 1) {
      const states = pauses.slice(0, count).map((pause, id) => ({ id, pause }));
      notices.look({ states, keepsEveryRun } as unknown as Session);
    }
    return lines;
  }

  it('are told once, when two in a row did', () => {
    expect(said([null, 0.2, 0.01, 0.2, 0.153, 0.3])).toEqual([
      '· keeping a state after each run takes 0.1 s here; %keep when-asked keeps one only when you ask',
    ]);
  });

  it('are no news where they are made only when asked for', () => {
    expect([said([0.2, 0.2], false), said([0.09, 0.1])]).toEqual([[], []]);
  });
});
