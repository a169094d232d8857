import { describe, expect, it } from 'vitest';
import { ConsoleTrial } from './trial.ts';

const CTRL_C = '\x03';
const CTRL_D = '\x04';

describe('the prompt', () => {
  it('runs statements, shows values and keeps names', async () => {
    const trial = new ConsoleTrial();
    trial.type('x = 1\r', 'x + 41\r');
    await trial.shows('>>> x = 1', '>>> x + 41', '42', '>>>');
  });

  it('goes on over several lines until an empty one', async () => {
    const trial = new ConsoleTrial();
    await trial.endsWith('>>>');
    trial.type('def f(n):\rreturn n * 2\r\rf(4)\r');
    await trial.shows('>>> def f(n):', '...     return n * 2', '...', '>>> f(4)', '8', '>>>');
  });

  it('does a pasted command that has comments above it', async () => {
    const trial = new ConsoleTrial();
    trial.type('\x1b[200~# a note\n\n%nothing\n\x1b[201~', '\r');
    await trial.becomes(
      () => trial.screen.some((line) => line.startsWith('· There is no command %nothing')),
      () => 'the command to be done',
    );
  });

  it('runs a pasted file as one', async () => {
    const trial = new ConsoleTrial();
    trial.type('\x1b[200~def f():\n\n    return 5\n\nprint(f())\n\x1b[201~\r');
    await trial.shows('>>> def f():', '...', '...     return 5', '...', '... print(f())', '...', '5', '>>>');
  });

  it('shows errors as Python does, and goes on', async () => {
    const trial = new ConsoleTrial();
    trial.type('x = = 1\r');
    await trial.becomes(
      () => trial.screen.includes('SyntaxError: invalid syntax') && trial.screen.at(-1) === '>>>',
      () => 'a SyntaxError',
    );
  });

  it('uses the prompts of sys.ps1 and sys.ps2', async () => {
    const trial = new ConsoleTrial();
    trial.type('import sys; sys.ps1 = "py> "; sys.ps2 = "  > "\r', '(1 +\r2)\r');
    await trial.shows('>>> import sys; sys.ps1 = "py> "; sys.ps2 = "  > "', 'py> (1 +', '  > 2)', '3', 'py>');
  });

  it('drops the line on Ctrl-C', async () => {
    const trial = new ConsoleTrial();
    trial.type('abc', CTRL_C);
    await trial.shows('>>> abc', 'KeyboardInterrupt', '>>>');
  });

  it('begins on a new line where the output did not end in one', async () => {
    const trial = new ConsoleTrial();
    trial.type('print("abc", end="")\r');
    await trial.shows('>>> print("abc", end="")', 'abc', '>>>');
  });

  it('completes from live objects', async () => {
    const trial = new ConsoleTrial();
    trial.type('apple_one = apple_two = 1\r', 'app\t');
    await trial.shows('>>> apple_one = apple_two = 1', '>>> apple_', 'apple_one  apple_two');
    trial.type('\t\r\r');
    await trial.shows('>>> apple_one = apple_two = 1', '>>> apple_one', '1', '>>>');
  });

  it('shows the signature below the line', async () => {
    const trial = new ConsoleTrial();
    trial.type('divmod(');
    await trial.endsWith('· divmod(x, y, /) — Return the tuple (x//y, x%y). Invariant: div*y +…');
    trial.type('7, 2)\r');
    await trial.shows('>>> divmod(7, 2)', '(3, 1)', '>>>');
  });

  it('knows commands, and the nearest to one that is none', async () => {
    const trial = new ConsoleTrial();
    trial.type('%hsitory\r', '%history 1\r');
    await trial.shows(
      '>>> %hsitory',
      '· There is no command %hsitory. Did you mean %history?',
      '>>> %history 1',
      '%history 1',
      '>>>',
    );
  });
});

describe('output beside the prompt', () => {
  it('goes above the line, partial lines continued', async () => {
    const trial = new ConsoleTrial();
    trial.type('import threading, sys\r');
    trial.type('go = threading.Event(), threading.Event()\r');
    trial.type(
      'def talk():\rgo[0].wait(); print("one", end="", flush=True)\rgo[1].wait(); print(" two")\r\r',
    );
    trial.type('threading.Thread(target=talk, daemon=True).start(); go[0].set()\r');
    await trial.becomes(
      () => trial.screen.slice(-2).join('|') === 'one|>>>',
      () => 'the first part',
    );
    trial.type('threading.Timer(0.1, go[1].set).start()\r', 'half');
    await trial.becomes(
      () => trial.screen.slice(-1)[0] === '>>> half' && trial.screen.includes(' two') === false,
      () => 'the line being typed',
    );
    await trial.becomes(
      () =>
        trial.screen.slice(-2).join('|') === ' two|>>> half' ||
        trial.screen.join('|').includes('two|>>> half'),
      () => 'the second part',
    );
  });
});

describe('questions', () => {
  it('are answered behind their prompt', async () => {
    const trial = new ConsoleTrial();
    trial.type('name = input("who? ")\r');
    await trial.endsWith('who?');
    trial.type('wör', 'ld\r', 'name\r');
    await trial.shows('>>> name = input("who? ")', 'who? wörld', '>>> name', "'wörld'", '>>>');
  });

  it('take what was typed ahead', async () => {
    const trial = new ConsoleTrial();
    trial.type('a = input(); b = input("b: ")\r1\r2\r(a, b)\r');
    await trial.shows('>>> a = input(); b = input("b: ")', '1', 'b: 2', '>>> (a, b)', "('1', '2')", '>>>');
  });

  it('have an end of file and an interrupt', async () => {
    const trial = new ConsoleTrial();
    trial.type('input("? ")\r');
    await trial.endsWith('?');
    trial.type(CTRL_D);
    await trial.becomes(
      () => trial.screen.slice(-2).join('|') === 'EOFError: EOF when reading a line|>>>',
      () => 'EOFError',
    );
    trial.type('input("?? ")\r');
    await trial.endsWith('??');
    trial.type('abc', CTRL_C);
    await trial.becomes(
      () => trial.screen.slice(-2).join('|') === 'KeyboardInterrupt|>>>',
      () => 'KeyboardInterrupt',
    );
    expect(trial.screen).toContain('?? abc');
  });
});

describe('a question of a thread', () => {
  it('comes between, and the line that was being typed comes back', async () => {
    const trial = new ConsoleTrial();
    trial.type('import threading; got = []\r');
    trial.type('threading.Timer(0.3, lambda: got.append(input("who? "))).start()\r');
    await trial.endsWith('>>>');
    trial.type('go');
    await trial.endsWith('who?');
    trial.type('me\r', 't\r');
    await trial.becomes(
      () => trial.screen.slice(-4).join('|') === "who? me|>>> got|['me']|>>>",
      () => 'the answer',
    );
  });
});

describe('a run', () => {
  it('has the keyboard, and what it leaves comes back', async () => {
    const trial = new ConsoleTrial();
    trial.type('import sys; print("go"); line = sys.stdin.readline(); import time; time.sleep(0.2)\r');
    await trial.becomes(
      () => trial.screen.includes('go'),
      () => 'go',
    );
    trial.type('for it\r', 'line\r', 'left');
    await trial.becomes(
      () => trial.screen.slice(-3).join('|') === ">>> line|'for it\\n'|>>> left",
      () => 'the line that was left',
    );
  });

  it('is stopped by Ctrl-C', async () => {
    const trial = new ConsoleTrial();
    trial.type('exec(\'print("go")\\nwhile True: pass\')\r');
    await trial.becomes(
      () => trial.screen.includes('go'),
      () => 'a loop',
    );
    trial.type(CTRL_C);
    await trial.becomes(
      () => trial.screen.slice(-2).join('|') === 'KeyboardInterrupt|>>>',
      () => 'KeyboardInterrupt',
    );
  });

  it('from elsewhere is shown, and gives back what was being typed', async () => {
    const trial = new ConsoleTrial();
    trial.type('half');
    await trial.endsWith('>>> half');
    const shown = await trial.console.run('for i in range(2):\n    print(i)\n');
    const silent = await trial.console.run('print("quiet")', { show: false });
    expect([shown.outcome, silent.outcome]).toEqual(['ok', 'ok']);
    await trial.shows('>>> for i in range(2):', '...     print(i)', '0', '1', 'quiet', '>>> half');
  });
});

describe('the end', () => {
  it('by exit() hands on the status', async () => {
    const trial = new ConsoleTrial();
    trial.type('import atexit; _ = atexit.register(print, "bye")\r', 'exit(3)\r');
    await trial.becomes(
      () => trial.left.length > 0,
      () => 'the end',
    );
    expect(trial.left).toEqual([3]);
    expect(trial.screen.at(-1)).toBe('bye');
  });

  it('by Ctrl-D is that of exit()', async () => {
    const trial = new ConsoleTrial();
    trial.type(CTRL_D);
    await trial.becomes(
      () => trial.left.length > 0,
      () => 'the end',
    );
    expect(trial.left).toEqual([0]);
  });

  it('by a crash from which nothing was kept is told, and one key starts Python again', async () => {
    const trial = new ConsoleTrial({}, { keep: 'when asked' });
    trial.type('kept = 1\r', 'import os\r', 'os.kill(os.getpid(), 11)\r');
    await trial.endsIn(
      '✕ Python ended: segmentation fault (SIGSEGV)',
      '· Nothing runs; names are gone.',
      '· Enter starts Python again · s shows the stack · Ctrl-D leaves',
    );
    trial.type('s');
    await trial.becomes(
      () => trial.screen.some((line) => line.startsWith('Fatal Python error')),
      () => 'the stack',
    );
    trial.type('\x1b[15~', 'kept\r');
    await trial.becomes(
      () => trial.screen.some((line) => line.startsWith("NameError: name 'kept'")),
      () => 'an empty namespace',
    );
  });

  it('by %restart begins anew', async () => {
    const trial = new ConsoleTrial();
    trial.type('x = 1\r%restart\r');
    await trial.becomes(
      () =>
        /started again, with no names · %goto 1 goes back to\| {2}before\|>>>$/.test(trial.screen.join('|')),
      () => 'a new Python',
    );
    expect(trial.left).toEqual([]);
  });
});
