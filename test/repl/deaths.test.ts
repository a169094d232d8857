import { describe, expect, it } from 'vitest';
import { ConsoleTrial } from './trial.ts';

const CRASH = 'import os; os.kill(os.getpid(), 11)';

describe('a crash', () => {
  it('costs the run that it was in, and nothing else', async () => {
    const trial = new ConsoleTrial();
    trial.type('kept = [1]\r', `kept.append(2); ${CRASH}\r`);
    await trial.endsIn(
      '✕ Python ended: segmentation fault (SIGSEGV)',
      '· Back before run 2; nothing else was lost',
      '· %stack shows where · %again runs it again',
      '>>>',
    );
    trial.type('kept\r');
    await trial.endsIn('>>> kept', '[1]', '>>>');
    expect(trial.left).toEqual([]);
  });

  it('leaves its stack, and the code to run again', async () => {
    const trial = new ConsoleTrial();
    trial.type('import os; hit = True\r', 'os.abort() if hit else print("fine")\r');
    await trial.endsIn('· %stack shows where · %again runs it again', '>>>');
    trial.type('%stack\r');
    await trial.becomes(
      () => trial.screen.includes('Fatal Python error: Aborted') && trial.screen.at(-1) === '>>>',
      () => 'the stack',
    );
    trial.type('hit = False\r', '%again\r');
    await trial.endsIn('>>> %again', '· again: os.abort() if hit else print("fine")', 'fine', '>>>');
  });

  it('without a stack offers none', async () => {
    const trial = new ConsoleTrial();
    trial.type('import os\r', 'os._exit(3)\r');
    await trial.endsIn(
      '✕ Python ended: exit status 3',
      '· Back before run 2; nothing else was lost',
      '· %again runs it again',
      '>>>',
    );
    trial.type('%stack\r');
    await trial.endsIn('>>> %stack', '· Python left no stack when it died.', '>>>');
  });

  it('while the program asks something ends the question', async () => {
    const trial = new ConsoleTrial();
    trial.type('import os, threading\r');
    trial.type('threading.Timer(0.2, os._exit, [3]).start(); input("? ")\r');
    await trial.endsWith('?');
    trial.type('abc');
    await trial.endsIn('· %again runs it again', '>>>');
  });

  it('at the prompt goes back to the state as the last run left it, and keeps the line', async () => {
    const trial = new ConsoleTrial();
    trial.type('import os, threading, signal\r', 'x = 1; pid = os.getpid()\r');
    await trial.endsIn('>>> x = 1; pid = os.getpid()', '>>>');
    const pid = await livePid(trial);
    trial.type('x + 1');
    await trial.endsWith('>>> x + 1');
    process.kill(pid, 'SIGSEGV');
    await trial.becomes(
      () =>
        trial.screen.includes('· Back in state 3, as run 3 left it') && trial.screen.at(-1) === '>>> x + 1',
      () => 'the death',
    );
    trial.type('\r');
    await trial.endsIn('>>> x + 1', '2', '>>>');
  });

  it('says which results were lost with it', async () => {
    const trial = new ConsoleTrial({}, { keep: 'when asked' });
    trial.type('x = 1\r', '%keep\r', 'y = 1\r', 'import os; os._exit(3)\r');
    await trial.endsIn(
      '✕ Python ended: exit status 3',
      '· Back in state 1, as run 1 left it; what run 2 did is lost too',
      '· %again runs it again',
      '>>>',
    );
    trial.type('x\r');
    await trial.endsIn('>>> x', '1', '>>>');
  });
});

async function livePid(trial: ConsoleTrial): Promise<number> {
  trial.type('pid\r');
  await trial.becomes(
    () => /^\d+$/.test(trial.screen.at(-2) ?? '') && trial.session.state.copy === 'frozen',
    () => 'the process id, and a copy',
  );
  return Number(trial.screen.at(-2));
}
