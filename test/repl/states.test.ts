import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleTrial } from './trial.ts';

const ALT_Z = '\x1bz';
const ALT_SHIFT_Z = '\x1bZ';
const REPORT = `/tmp/pyrepl3-${process.pid}.csv`;

/** A trial in which these lines have run. */
async function trialAfter(...lines: string[]): Promise<ConsoleTrial> {
  const trial = new ConsoleTrial();
  await trial.endsWith('>>>');
  for (const line of lines) {
    await trial.console.run(line, { show: false });
  }
  return trial;
}

describe('undo', () => {
  it('takes back a run, with what it changed in place', async () => {
    const trial = await trialAfter('x = [1]', 'x.append(2); y = 1');
    trial.type('%undo\r', 'x, "y" in dir()\r');
    await trial.shows(
      '>>> %undo',
      '· undid run 2: x.append(2); y = 1',
      '· back in state 1 · %redo goes forward again',
      '>>> x, "y" in dir()',
      '([1], False)',
      '>>>',
    );
  });

  it('takes back several runs, and redo brings them back without running them', async () => {
    const trial = await trialAfter('x = [1]', 'print("two")', 'x.append(3)');
    trial.type('%undo 2\r', '%redo 2\r', 'x\r');
    await trial.shows(
      'two',
      '>>> %undo 2',
      '· undid runs 2 and 3',
      '· back in state 1 · %redo goes forward again',
      '>>> %redo 2',
      '· redid runs 2 and 3',
      '· forward in state 3',
      '>>> x',
      '[1, 3]',
      '>>>',
    );
  });

  it('says what cannot be taken back', async () => {
    onTestFinished(() => rmSync(REPORT, { force: true }));
    const trial = await trialAfter('import os', `open("${REPORT}", "w").close(); os.system("true")`);
    trial.type('%undo\r');
    await trial.endsIn(
      '· back in state 1 · %redo goes forward again',
      `· not taken back: wrote to ${REPORT}, started a process`,
      '>>>',
    );
  });

  it('says where there is nothing to undo or to redo', async () => {
    const trial = await trialAfter();
    trial.type('%undo\r', '%redo\r', '%undo x\r');
    await trial.shows(
      '>>> %undo',
      '· There is no run to undo.',
      '>>> %redo',
      '· There is no run to redo.',
      '>>> %undo x',
      '· %undo takes a number from 1, not x.',
      '>>>',
    );
  });

  it('has keys, which keep the line that is being typed', async () => {
    const trial = await trialAfter('x = 1', 'x = 2');
    trial.type('print(x', ALT_Z);
    await trial.endsIn('· undid run 2: x = 2', '· back in state 1 · %redo goes forward again', '>>> print(x');
    trial.type(ALT_Z, ALT_SHIFT_Z, ')\r');
    await trial.endsIn('· redid run 1: x = 1', '· forward in state 1', '>>> print(x)', '1', '>>>');
  });

  it('brings back the prompts of the state', async () => {
    const trial = await trialAfter('1');
    trial.type('import sys; sys.ps1 = "py> "\r');
    await trial.endsWith('py>');
    trial.type(ALT_Z);
    await trial.endsWith('>>>');
  });

  it('can be asked for from elsewhere, in its turn', async () => {
    const trial = await trialAfter('x = 1');
    trial.type('half');
    await trial.endsWith('>>> half');
    const ran = trial.console.run('import time; time.sleep(0.1); x = 2', { show: false });
    const worked = trial.console.undo();
    const failed = trial.console.goTo(99);
    expect([(await ran).outcome, await worked, await failed]).toEqual(['ok', true, false]);
    await trial.shows(
      '· undid run 2: import time; time.sleep(0.1); x = 2',
      '· back in state 1 · %redo goes forward again',
      '· There is no state 99; %states lists them.',
      '>>> half',
    );
  });
});

describe('an action from elsewhere', () => {
  it('is refused where there is no Python', async () => {
    const trial = new ConsoleTrial({}, { keep: 'when asked' });
    trial.type('x = 1\r', 'import os\r', 'os._exit(3)\r');
    await trial.endsWith('· Enter starts Python again · Ctrl-D leaves');
    expect(await trial.console.undo()).toBe(false);
    await trial.endsWith('· There is no Python; start it again first.');
  });
});

describe('states', () => {
  it('are listed with their branches', async () => {
    const trial = await trialAfter('x = 1', 'y = 2', 'del y');
    await trial.console.undo(2);
    await trial.console.run('def f():\n    return 3\n', { show: false });
    trial.type('%name good\r', '%states\r');
    await trial.becomes(
      () => trial.screen.some((line) => line.includes('(good)')) && trial.screen.at(-1) === '>>>',
      () => 'the list',
    );
    const from = trial.screen.indexOf('>>> %states') + 1;
    expect(trial.screen.slice(from, from + 5)).toEqual([
      '❄    0  the start',
      `❄    1  x = 1${' '.repeat(54)}+1`,
      `├─❄  2  y = 2${' '.repeat(54)}+1`,
      `│ ❄  3  del y${' '.repeat(54)}−1`,
      `●    4  def f(): …${' '.repeat(41)}+1  (good)`,
    ]);
  });

  it('are gone to by number and by name', async () => {
    const trial = await trialAfter('x = 1', 'x = 2');
    trial.type('%name two\r', '%goto 1\r', 'x\r', '%goto two\r', 'x\r', '%name\r');
    await trial.shows(
      '>>> %name two',
      '· state 2 is named two · %goto two goes back to it',
      '>>> %goto 1',
      '· in state 1, after run 1: x = 1 · %goto 2 goes back',
      '>>> x',
      '1',
      '>>> %goto two',
      '· in state 2, after run 2: x = 2 · %goto 3 goes back',
      '>>> x',
      '2',
      '>>> %name',
      '· State 4 has no name; %name NAME gives it one.',
      '>>>',
    );
  });

  it('are completed, the names first', async () => {
    const trial = await trialAfter('x = 1', 'x = 2', 'x = 3');
    trial.type('%name three\r', ALT_Z);
    await trial.endsIn('· back in state 2 · %redo goes forward again', '>>>');
    trial.type('%goto \t');
    await trial.endsWith('three  3      1      0');
    trial.type('t\t\r\r');
    await trial.becomes(
      () => trial.screen.includes('· in state 3, after run 3: x = 3 · %goto 2 goes back'),
      () => 'state 3',
    );
    trial.type('%policy expl\t');
    await trial.endsWith('>>> %policy explicit');
    trial.type('\x15%keep w\t');
    await trial.endsWith('>>> %keep when-asked');
    trial.type('\x15%und\t');
    await trial.endsWith('>>> %undo');
  });

  it('are kept only when asked for, if one wishes', async () => {
    const trial = new ConsoleTrial({}, { keep: 'when asked' });
    trial.type(
      'x = 1\r',
      'x = 2\r',
      '%undo\r',
      '%keep\r',
      'x = 3\r',
      '%undo\r',
      '%keep always\r',
      '%keep so\r',
    );
    await trial.endsIn(
      '>>> %undo',
      '· There is no copy of state 1 (copies are kept only when you ask). The',
      '  nearest before it is 0: %goto 0.',
      '>>> %keep',
      '· state 2 is kept',
      '>>> x = 3',
      '>>> %undo',
      '· undid run 3: x = 3',
      '· back in state 2 · %redo goes forward again',
      '>>> %keep always',
      '· a copy is kept after every run',
      '>>> %keep so',
      '· %keep takes always, when-asked or nothing, not so.',
      '>>>',
    );
  });

  it('stay when Python is started again', async () => {
    const trial = await trialAfter('x = 1');
    trial.type('%restart\r', '%goto 1\r', 'x\r');
    const version = trial.session.python?.python;
    await trial.shows(
      '>>> %restart',
      `· Python ${version} started again, with no names · %goto 1 goes back to`,
      '  before',
      '>>> %goto 1',
      '· in state 1, after run 1: x = 1 · %goto 0 goes back',
      '>>> x',
      '1',
      '>>>',
    );
  });

  it('stay when Python is started again from elsewhere, in the middle of a run', async () => {
    const trial = await trialAfter('x = 1');
    trial.type('half');
    await trial.endsWith('>>> half');
    const run = trial.console.run('while True: pass');
    await trial.becomes(
      () => trial.session.status.kind === 'running' && trial.session.state.copy === 'frozen',
      () => 'the run',
    );
    await trial.console.restart();
    expect((await run).outcome).toBe('died');
    await trial.endsWith('>>> half');
    trial.type('\x15%goto 1\r', 'x\r');
    await trial.endsIn('>>> x', '1', '>>>');
  });
});
