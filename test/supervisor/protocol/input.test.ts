/** How programs read the keyboard. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isSince, OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

onPythons(OLD_AND_NEW, 'input', (python) => {
  it('asks through the protocol, with its prompt', async () => {
    const trial = openTrial(python);
    const running = trial.run('name = input("name? ")\nprint("hello", name)');
    expect(await trial.answers('Ada')).toMatchObject({ prompt: 'name? ', hidden: false });
    expect((await running).output).toBe('name? hello Ada\n');
    expect(trial.session.status.kind).toBe('idle');
  });

  it('asks several times in a row', async () => {
    const trial = openTrial(python);
    const running = trial.run('[input(f"{number}: ") for number in range(20)]');
    for (let number = 0; number < 20; number += 1) {
      await trial.shows(`${number}: `);
      expect((await trial.answers(`answer ${number}`)).prompt).toBe(`${number}: `);
    }
    expect((await running).output).toContain("['answer 0', 'answer 1', ");
  });

  it('shows the prompt behind what was printed before it', async () => {
    const trial = openTrial(python);
    const running = trial.run('for i in range(5000): print(i)\ninput("done? ")');
    await trial.asks();
    expect(trial.text.endsWith('4998\n4999\ndone? ')).toBe(true);
    await trial.answers('');
    expect((await running).output).toMatch(/done\? ''\n$/);
  });

  it.each([
    ['wide', '日本語 🐍 é'],
    ['empty', ''],
    ['long', 'x'.repeat(100_000)],
    ['quoted', '\\ " \' \t \u2028'],
  ])('takes an answer that is %s as it is', async (_, answer) => {
    const trial = openTrial(python);
    const running = trial.run('given = input()');
    await trial.answers(answer);
    await running;
    expect(await trial.says('print(ascii(given) if len(given) < 100 else len(given))')).toBe(
      await trial.says(
        `print(ascii(${JSON.stringify(answer)}) if ${answer.length} < 100 else ${answer.length})`,
      ),
    );
  });

  it('asks from a function of an imported module', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'asker.py'), 'def ask():\n    return input("module? ")\n');
    const trial = openTrial(python, { cwd: folder });
    const running = trial.run('import asker\nasker.ask()');
    expect((await trial.answers('yes')).prompt).toBe('module? ');
    expect((await running).output).toBe("module? 'yes'\n");
  });

  it('asks from threads, one after the other', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
import threading
answers = []
threads = [threading.Thread(target=lambda: answers.append(input())) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(answers))
`);
    for (const answer of ['a', 'b', 'c']) {
      await trial.answers(answer);
    }
    expect((await running).output).toBe("['a', 'b', 'c']\n");
  });

  it('asks from a thread while the prompt waits', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import threading\nanswers = []\nt = threading.Thread(target=lambda: answers.append(input("t? ")))\nt.start()',
    );
    expect(await trial.answers('late')).toMatchObject({ prompt: 't? ' });
    expect(await trial.says('t.join()\nanswers')).toBe("['late']\n");
  });

  it('can be overridden in the namespace, and in builtins', async () => {
    const trial = openTrial(python);
    await trial.says('def input(prompt=""): return "mine"');
    expect(await trial.says('input()')).toBe("'mine'\n");
    await trial.says('del input');
    await trial.says('import builtins\nkept, builtins.input = builtins.input, lambda prompt="": "builtin"');
    expect(await trial.says('input()')).toBe("'builtin'\n");
    await trial.says('builtins.input = kept');
    const running = trial.run('input()');
    await trial.answers('real');
    expect((await running).output).toBe("'real'\n");
  });

  it('reads where the user leads standard input', async () => {
    const trial = openTrial(python);
    await trial.says('import io, sys\nsys.stdin = io.StringIO("one\\ntwo\\n")');
    expect(await trial.says('input("? "), input()')).toBe("? ('one', 'two')\n");
    await trial.says('sys.stdin = sys.__stdin__');
    const running = trial.run('input()');
    await trial.answers('three');
    expect((await running).output).toBe("'three'\n");
  });

  it('gives EOFError at end of file, once', async () => {
    const trial = openTrial(python);
    const running = trial.run(
      'try:\n    input()\nexcept EOFError as error:\n    print(repr(error))\ninput()',
    );
    await trial.answers(null);
    await trial.answers('after');
    expect((await running).output).toMatch(/^EOFError\(.*\)\n'after'\n$/);
  });

  it('is interrupted wholly, and a late answer goes to nobody', async () => {
    const trial = openTrial(python);
    const running = trial.run('input("first? ")');
    const question = await trial.asks();
    trial.session.interrupt();
    expect(await running).toMatchObject({ outcome: 'interrupted' });
    trial.session.answer(question.id, 'too late');
    const next = trial.run('input("second? ")');
    await trial.shows('second? ');
    const second = await trial.asks();
    expect(second.id).not.toBe(question.id);
    trial.session.answer(question.id, 'much too late');
    trial.session.answer(second.id, 'in time');
    expect((await next).output).toBe("second? 'in time'\n");
  });

  it('can be cut short by an alarm', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
import signal
def stop(number, frame): raise TimeoutError("too slow")
signal.signal(signal.SIGALRM, stop)
for turn in range(3):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        input("quick? ")
    except TimeoutError as error:
        print(error)
input("slow? ")
`);
    await trial.shows('slow? ');
    await trial.answers('yes');
    expect((await running).output).toBe("quick? too slow\nquick? too slow\nquick? too slow\nslow? 'yes'\n");
  });

  it('fails as CPython says where there is no standard input', async () => {
    const trial = openTrial(python);
    await trial.says('import sys; sys.stdin = None');
    expect((await trial.run('input()')).failure).toEqual({
      type: 'RuntimeError',
      text: 'input(): lost sys.stdin',
    });
  });

  it('hides what is typed for getpass', async () => {
    const trial = openTrial(python);
    const running = trial.run('import getpass\nsecret = getpass.getpass("password: ")');
    await trial.shows('password: ');
    await hidden(trial, 'pa55word');
    await running;
    expect(trial.text).not.toContain('pa55word');
    expect(await trial.says('secret')).toBe("'pa55word'\n");
  });

  it('reads lines of sys.stdin as a terminal gives them', async () => {
    const trial = openTrial(python);
    const running = trial.run('import sys\nprint("on")\nsys.stdin.readline(), sys.stdin.readline()');
    await trial.shows('on\n');
    trial.session.type('one\rtw');
    trial.session.type('o\r');
    expect((await running).output).toBe("on\none\ntwo\n('one\\n', 'two\\n')\n");
  });

  it('iterates over sys.stdin up to its end', async () => {
    const trial = openTrial(python);
    const running = trial.run('import sys\nprint("on")\n[line for line in sys.stdin]');
    await trial.shows('on\n');
    trial.session.type('a\rb\r\x04');
    expect((await running).output).toBe("on\na\nb\n['a\\n', 'b\\n']\n");
    const again = trial.run(
      'sys.stdin.readline(), sys.stdin.read(), sys.stdin.buffer.read(2), sys.stdin.fileno()',
    );
    trial.session.type('c\rd\x04\x04ef\r\x04');
    expect((await again).output).toContain("('c\\n', 'd', b'ef', 0)\n");
  });

  it('lets a child read the keyboard', async () => {
    const trial = openTrial(python);
    const running = trial.run(
      "import subprocess\nprint('on')\n_ = subprocess.run(['sh', '-c', 'read x; echo got $x'])",
    );
    await trial.shows('on\n');
    trial.session.type('keys\r');
    expect((await running).output).toBe('on\nkeys\ngot keys\n');
  });

  it('lets a forked child ask at the terminal', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
import os
if os.fork() == 0:
    print("child got", input("child? "))
    os._exit(0)
_ = os.wait()
`);
    await trial.shows('child? ');
    trial.session.type('keys\r');
    expect((await running).output).toBe('child? keys\nchild got keys\n');
  });

  it('stops at breakpoint() and steps with pdb', async () => {
    const trial = openTrial(python);
    await trial.says('def f(x):\n    breakpoint()\n    y = x + 1\n    return y\n');
    const running = trial.run('f(41)');
    // Since 3.13 it stops at `breakpoint()` itself.
    if (isSince(python, 13)) await trial.answers('n');
    for (const [command, shown] of [
      ['p x * 2', '82'],
      ['n', '-> return y'],
      ['l', 'y = x + 1'],
      ['p y', '42'],
    ] as const) {
      expect((await trial.answers(command)).prompt).toBe('(Pdb) ');
      await trial.shows(shown);
    }
    await trial.answers('c');
    const { output, outcome } = await running;
    expect([outcome, output.endsWith('42\n')]).toEqual(['ok', true]);
    expect(output).not.toContain('pyrepl3/');
  });

  it('looks into what failed with pdb.pm()', async () => {
    const trial = openTrial(python);
    await trial.run('def f():\n    local = "inner"\n    1/0\nf()');
    const running = trial.run('import pdb; pdb.pm()');
    await trial.answers('p local');
    await trial.shows("'inner'\n");
    await trial.answers('w');
    await trial.shows('-> 1/0');
    await trial.answers('q');
    const { output } = await running;
    expect(output).not.toContain('pyrepl3/');
  });

  it('pages help()', async () => {
    const trial = openTrial(python, { env: { PAGER: 'less', LESS: '-X', TERM: 'xterm-256color' }, rows: 10 });
    const running = trial.run('help("str")');
    await trial.shows('class str');
    trial.session.type(' ');
    trial.session.type('/join\r');
    await trial.shows('join');
    trial.session.type('q');
    expect((await running).outcome).toBe('ok');
    expect(await trial.says('print("on")')).toBe('on\n');
  });

  it('gives back the keys that nobody read', async () => {
    const trial = openTrial(python);
    const running = trial.run('import time\nprint("busy")\ntime.sleep(0.2)');
    await trial.shows('busy');
    trial.session.type('print(1)\rhalf a li');
    await running;
    expect((await trial.session.reclaim()).toString()).toBe('print(1)\nhalf a li');
    expect((await trial.session.reclaim()).toString()).toBe('');
    const reading = trial.run('import sys\nsys.stdin.readline()');
    trial.session.type('fresh\r');
    expect((await reading).output).toBe("fresh\n'fresh\\n'\n");
  });

  it.each(['stty -echo raw', 'stty sane -icanon -echo -isig', 'stty -onlcr -opost', 'stty intr ^X'])(
    'has a sane terminal after a run that left `%s` behind',
    async (command) => {
      const trial = openTrial(python);
      await trial.says('import os, termios');
      const before = await trial.says('print(termios.tcgetattr(0)[:6])');
      await trial.run(`os.system(${JSON.stringify(command)})`);
      expect(await trial.says('print(termios.tcgetattr(0)[:6])')).toBe(before);
      const running = trial.run('import sys; sys.stdin.readline()');
      trial.session.type('line\r');
      expect((await running).output).toBe("line\n'line\\n'\n");
    },
  );

  it('erases a character of several bytes as a whole', async () => {
    const trial = openTrial(python);
    const running = trial.run('import sys\nprint("on")\nsys.stdin.readline()');
    await trial.shows('on\n');
    trial.session.type('日é\x7f\x7fe\r');
    expect((await running).output).toContain("'e\\n'\n");
  });

  it('has the foreground again after a child that took it', async () => {
    const trial = openTrial(python);
    await trial.says(`
import os, signal, subprocess, sys
def lead():
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
_ = subprocess.run(["true"], preexec_fn=lead)
`);
    expect(await trial.says('os.tcgetpgrp(0) == os.getpgrp()')).toBe('True\n');
  });
});

/** Type what the terminal must not echo: only once it does not. */
async function hidden(trial: Trial, keys: string): Promise<void> {
  if (trial.session.status.kind === 'asking') {
    expect(trial.session.status.question.hidden).toBe(true);
    await trial.answers(keys);
  } else {
    trial.session.type(`${keys}\r`);
  }
}
