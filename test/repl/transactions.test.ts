import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleTrial } from './trial.ts';

describe('a transaction', () => {
  it('is shown under the line while it is open, and rolled back', async () => {
    const trial = new ConsoleTrial();
    trial.type('x = [1]\r', '%begin\r');
    await trial.endsIn(
      '>>> %begin',
      '· in a transaction since run 2 · %commit keeps what follows, %rollback',
      '  drops it',
      '>>>',
      '· in a transaction since run 2',
    );
    trial.type('x.append(2)\r', '%rollback\r', 'x\r');
    await trial.endsIn(
      '>>> x.append(2)',
      '>>> %rollback',
      '· rolled back: in state 1 again',
      '>>> x',
      '[1]',
      '>>>',
    );
  });

  it('nests: the innermost ends first', async () => {
    const trial = new ConsoleTrial();
    trial.type('%begin\r', 'x = 1\r', '%begin\r', 'x = 2\r');
    await trial.endsIn('>>> x = 2', '>>>', '· in a transaction since run 2, within one since run 1');
    trial.type('%rollback\r', '%commit\r', '%commit\r', 'x\r');
    await trial.endsIn(
      '>>> %rollback',
      '· rolled back: in state 1 again · still in a transaction since run 1',
      '>>> %commit',
      '· committed what was run since run 1',
      '>>> %commit',
      '· There is no transaction to commit; %begin opens one.',
      '>>> x',
      '1',
      '>>>',
    );
  });

  it('in which nothing was run says so', async () => {
    const trial = new ConsoleTrial();
    trial.type('%begin\r', '%commit\r');
    await trial.endsIn('>>> %commit', '· committed; nothing was run in it', '>>>');
  });

  it('says what a rollback cannot take back', async () => {
    const trial = new ConsoleTrial();
    trial.type('%begin\r', 'import os; os.system("true")\r', '%rollback\r');
    await trial.endsIn('· rolled back: in state 0 again', '· not taken back: started a process', '>>>');
  });
});

describe('a dry run', () => {
  it('says what it would change, and keeps nothing of it', async () => {
    const trial = new ConsoleTrial();
    trial.type('a, b, c = 1, [1], 2\r');
    trial.type('%dry a = 2; b.append(2); d = 3; del c; open("/tmp/pyrepl3-dry", "w").close(); print(b)\r');
    onTestFinished(() => rmSync('/tmp/pyrepl3-dry', { force: true }));
    await trial.endsIn(
      '[1, 2]',
      '· dry run, nothing of it is kept',
      '· would add: d',
      '· would rebind: a',
      '· would change in place: b',
      '· would remove: c',
      '· not taken back: wrote to /tmp/pyrepl3-dry',
      '>>>',
    );
    trial.type('a, b, c\r');
    await trial.endsIn('>>> a, b, c', '(1, [1], 2)', '>>>');
  });

  it('goes over several lines, and is completed as code is', async () => {
    const trial = new ConsoleTrial();
    trial.type('apple = 1\r');
    await trial.endsIn('>>> apple = 1', '>>>');
    trial.type('%dry for _ in range(2):\rprint(app\t', ')\r\r');
    await trial.endsIn(
      '>>> %dry for _ in range(2):',
      '...     print(apple)',
      '...',
      '1',
      '1',
      '· dry run, nothing of it is kept',
      '· would add: _',
      '>>>',
    );
  });

  it('of an expression changes nothing', async () => {
    const trial = new ConsoleTrial();
    trial.type('%dry 1 + 1\r');
    await trial.shows('>>> %dry 1 + 1', '2', '· dry run: it would change no name', '>>>');
    trial.type('%dry\r');
    await trial.endsIn('>>> %dry', '· %dry needs code: %dry CODE.', '>>>');
  });
});

describe('the policy', () => {
  it('drops what a failed run did', async () => {
    const trial = new ConsoleTrial();
    trial.type('x = [1]\r', '%policy\r', '%policy commit_on_succes\r', '%policy commit_on_success\r');
    trial.type('x.append(2); 1/0\r');
    await trial.endsIn('· rolled back, as it failed: in state 1 again', '>>>', '· policy commit_on_success');
    trial.type('x.append(3)\r', 'x\r');
    await trial.becomes(
      () => trial.screen.slice(-4).join('|') === '>>> x|[1, 3]|>>>|· policy commit_on_success',
      () => 'x without the 2',
    );
    expect(trial.screen.filter((line) => line.startsWith('· '))).toEqual([
      '· commit_always: what a run did is kept, also where it failed',
      '· There is no policy commit_on_succes. Did you mean commit_on_success?',
      '· commit_on_success: what a run did is dropped where it fails',
      '· rolled back, as it failed: in state 1 again',
      '· policy commit_on_success',
    ]);
  });

  it('can have every run wait for a word', async () => {
    const trial = new ConsoleTrial();
    trial.type('%policy explicit\r', 'x = 1\r');
    await trial.endsIn(
      '>>> x = 1',
      '· in a transaction since run 1 · %commit keeps it, %rollback drops it',
      '>>>',
      '· in a transaction since run 1 · policy explicit',
    );
    trial.type('%rollback\r', '%policy commit_always\r', '"x" in dir()\r');
    await trial.endsIn('>>> "x" in dir()', 'False', '>>>');
  });
});
