import { describe, expect, it } from 'vitest';
import { ConsoleTrial } from './trial.ts';

const CTRL_C = '\x03';
const WARNING = /^· still running: Ctrl-C again /;

async function begins(trial: ConsoleTrial, code: string): Promise<void> {
  trial.type(`print("go", flush=True); ${code}\r`);
  await trial.becomes(
    () => trial.screen.includes('go'),
    () => 'the run',
  );
}

/** Press Ctrl-C until the console warns of what the next one does. */
async function isWarned(trial: ConsoleTrial): Promise<string | undefined> {
  trial.type(CTRL_C, CTRL_C, CTRL_C);
  await trial.becomes(
    () => trial.screen.some((line) => WARNING.test(line)),
    () => 'the warning',
  );
  return trial.screen.find((line) => WARNING.test(line));
}

/** The time between two presses is what is tested. */
function later(pause: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pause));
}

async function isWarnedBy(trial: ConsoleTrial, pauses: readonly number[]): Promise<void> {
  for (const pause of pauses) {
    await later(pause);
    trial.type(CTRL_C);
  }
  await trial.becomes(
    () => trial.screen.some((line) => WARNING.test(line)),
    () => 'the warning',
  );
}

describe('a run that does not stop', () => {
  it('because it swallows the interrupt is stopped by the fourth Ctrl-C, and the state is kept', async () => {
    const trial = new ConsoleTrial({ step: 0 });
    trial.type('x = 1\r', 'import signal; _ = signal.signal(signal.SIGINT, lambda *_: None)\r');
    await trial.endsIn('>>> import signal; _ = signal.signal(signal.SIGINT, lambda *_: None)', '>>>');
    await begins(trial, 'exec("while True: pass")');
    expect(await isWarned(trial)).toBe(
      '· still running: Ctrl-C again stops it and keeps the state before run',
    );
    trial.type(CTRL_C);
    await trial.endsIn('· stopped: back before run 3', '>>>');
    trial.type('x, callable(_)\r');
    await trial.endsIn('(1, True)', '>>>');
  });

  it('is stopped by presses that are seconds apart, where the terminal makes interrupts of them', async () => {
    const trial = new ConsoleTrial({ step: 0 });
    trial.type('x = 1\r', 'import signal; _ = signal.signal(signal.SIGINT, lambda *_: None)\r');
    await trial.endsIn('>>> import signal; _ = signal.signal(signal.SIGINT, lambda *_: None)', '>>>');
    await begins(trial, 'exec("while True: pass")');
    await isWarnedBy(trial, [0, 2500, 2500]);
    trial.type(CTRL_C);
    await trial.endsIn('· stopped: back before run 3', '>>>');
  });

  it('is not stopped by such presses where they are keys of the program', async () => {
    const trial = new ConsoleTrial({ step: 0 });
    trial.type('import os, sys, tty\r');
    await trial.endsIn('>>> import os, sys, tty', '>>>');
    await begins(trial, 'tty.setraw(0); print([os.read(0, 1) for _ in range(4)], end="\\r\\n")');
    for (const pause of [0, 2500, 2500, 2500]) {
      await later(pause);
      trial.type(CTRL_C);
    }
    await trial.endsIn("[b'\\x03', b'\\x03', b'\\x03', b'\\x03']", '>>>');
    expect(trial.screen.some((line) => WARNING.test(line))).toBe(false);
  });

  it('because it is in C is stopped the same way', async () => {
    const trial = new ConsoleTrial({ step: 0 });
    trial.type('x = 1\r');
    await trial.endsIn('>>> x = 1', '>>>');
    await begins(trial, 'sum(range(10**12))');
    await isWarned(trial);
    trial.type(CTRL_C);
    await trial.endsIn('· stopped: back before run 2', '>>>');
    trial.type('x\r');
    await trial.endsIn('>>> x', '1', '>>>');
  });

  it('is told beforehand where the state before it was not kept', async () => {
    const trial = new ConsoleTrial({ step: 0 }, { keep: 'when asked' });
    trial.type('x = 1\r', '%keep\r', 'y = 2\r', 'z = 3\r');
    await trial.endsIn('>>> z = 3', '>>>');
    await begins(trial, 'sum(range(10**12))');
    expect(await isWarned(trial)).toBe(
      '· still running: Ctrl-C again stops it and goes back to state 1, the',
    );
    trial.type(CTRL_C);
    await trial.endsIn(
      '· stopped: back in state 1, as run 1 left it; what runs 2 and 3 did is',
      '  lost too',
      '>>>',
    );
  });

  it('goes back to the start where no more than one other run is lost by it', async () => {
    const trial = new ConsoleTrial({ step: 0 }, { keep: 'when asked' });
    trial.type('x = 1\r');
    await trial.endsIn('>>> x = 1', '>>>');
    await begins(trial, 'sum(range(10**12))');
    expect(await isWarned(trial)).toBe(
      '· still running: Ctrl-C again stops it and goes back to the start, the',
    );
    trial.type(CTRL_C);
    await trial.endsIn('· stopped: back at the start; what run 1 did is lost too', '>>>');
  });

  it('is killed with its names where nothing was kept', async () => {
    const trial = new ConsoleTrial({ step: 0 }, { keep: 'when asked' });
    trial.type('x = 1\r', 'y = 2\r');
    await trial.endsIn('>>> y = 2', '>>>');
    await begins(trial, 'sum(range(10**12))');
    expect(await isWarned(trial)).toBe('· still running: Ctrl-C again kills Python, and its names are lost');
    trial.type(CTRL_C);
    await trial.endsIn(
      '✕ Python was killed, as you asked',
      '· Nothing runs; names are gone.',
      '· Enter starts Python again · Ctrl-D leaves',
    );
    trial.type('\r', '1\r');
    await trial.endsIn('>>> 1', '1', '>>>');
    expect(trial.left).toEqual([]);
  });
});
