/** Runs that are told to stop. */

import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Played, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

const ENDLESS = [
  ['a loop', 'print("on")\nwhile True: pass'],
  ['a loop that prints', 'print("on")\nwhile True: print("x" * 80)'],
  ['a loop that prints without newlines', 'print("on")\nwhile True: print("x", end="")'],
  ['a loop that flushes', 'print("on")\nwhile True: print("x", flush=True)'],
  ['a loop that writes errors', 'import sys\nprint("on")\nwhile True: sys.stderr.write("x\\n")'],
  ['a loop that writes bytes', 'import sys\nprint("on")\nwhile True: sys.stdout.buffer.write(b"x")'],
  ['sleep', 'import time\nprint("on")\ntime.sleep(100)'],
  ['a child', 'import subprocess\nprint("on")\nsubprocess.run(["sleep", "100"])'],
  ['a lock', 'import threading\nprint("on")\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()'],
  [
    'a join',
    'import threading, time\nprint("on")\nt = threading.Thread(target=time.sleep, args=(1,))\nt.start()\nt.join(100)\nt.join(100)\ntime.sleep(100)',
  ],
  ['a read', 'import sys\nprint("on")\nsys.stdin.readline()'],
  ['a socket', 'import socket\na, b = socket.socketpair()\nprint("on")\na.recv(1)'],
  ['an await', 'import asyncio\nprint("on")\nawait asyncio.sleep(100)'],
  ['a loop in a coroutine', 'async def f():\n    print("on")\n    while True: pass\nawait f()'],
  ['a generator', 'def g():\n    print("on")\n    while True: yield\nfor _ in g(): pass'],
  ['a wait for a queue', 'import queue\nprint("on")\nqueue.Queue().get()'],
] as const;

onPythons(ONE, 'stop', (python) => {
  it.each(ENDLESS)('ends %s', async (_, code) => {
    const trial = openTrial(python);
    await trial.says('kept = 1');
    const running = trial.run(code);
    await trial.shows('on\n');
    trial.session.interrupt();
    const { outcome, output, failure } = await running;
    expect([outcome, failure?.type]).toEqual(['interrupted', 'KeyboardInterrupt']);
    expect(output.slice(-30)).toContain('KeyboardInterrupt');
    expect(output.slice(-3000)).not.toContain('pyrepl3/');
    expect(await trial.says('kept')).toBe('1\n');
  });

  it('ends `input()`', async () => {
    const trial = openTrial(python);
    const running = trial.run('try:\n    input("? ")\nfinally:\n    print("finally")');
    await trial.asks();
    trial.session.interrupt();
    const { outcome, output } = await running;
    expect(outcome).toBe('interrupted');
    expect(output).toContain('? finally\nTraceback');
    expect(output).not.toContain('pyrepl3/');
    expect(trial.session.status.kind).toBe('idle');
  });

  it('ends a shell, and not the run that waits for it', async () => {
    const trial = openTrial(python);
    const running = trial.run('import os\nprint("on")\nos.system("sleep 100")');
    await trial.shows('on\n');
    // The shell takes a moment to be there; the run itself ignores SIGINT meanwhile, as C's system() does.
    expect((await interrupted(trial, running)).outcome).toMatch(/ok|interrupted/);
  });

  it('by the key Ctrl-C is the same', async () => {
    const trial = openTrial(python);
    const running = trial.run('print("on")\nwhile True: pass');
    await trial.shows('on\n');
    trial.session.type('\x03');
    expect((await running).outcome).toBe('interrupted');
  });

  it('by the key Ctrl-C loses no output, and drops what was typed before it', async () => {
    const trial = openTrial(python);
    await trial.says('import sys\ndef count():\n    for number in range(10**9): print(number)\n');
    for (let turn = 0; turn < 10; turn += 1) {
      trial.forget();
      const running = trial.run('count()');
      await trial.shows(`${turn}00\n`);
      trial.session.type('abc\x03');
      const { output } = await running;
      const lines = output.replace('abc', '').replace('^C', '').split('\n');
      const end = lines.findIndex((line, index) => line !== `${index}`);
      expect(lines.slice(end, end + 2).join('\n')).toContain('Traceback');
    }
    const reading = trial.run('print("on")\nsys.stdin.readline()');
    await trial.shows('on\n');
    trial.session.type('def\r');
    expect((await reading).output).toContain("'def\\n'\n");
  });

  it('reaches a program that was stopped, and one that waits for Ctrl-S to end', async () => {
    const trial = openTrial(python);
    const stopped = trial.run(
      'import os, signal\nprint("on")\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True: pass',
    );
    await trial.shows('on\n');
    expect((await interrupted(trial, stopped)).outcome).toBe('interrupted');
    const held = trial.run('print("held")\nwhile True: print("x" * 100)');
    await trial.shows('held\n');
    trial.session.type('\x13');
    expect((await interrupted(trial, held)).outcome).toBe('interrupted');
  });

  it('does not suspend at Ctrl-Z: nobody could bring it back', async () => {
    const trial = openTrial(python);
    const running = trial.run('import sys\nprint("on")\nsys.stdin.readline()');
    await trial.shows('on\n');
    trial.session.type('\x1a\r');
    expect((await running).output).toContain("'\\x1a\\n'\n");
  });

  it('reaches a run that has hardly begun', async () => {
    const trial = openTrial(python);
    await trial.session.whenReady();
    for (let turn = 0; turn < 20; turn += 1) {
      const running = trial.run('while True: pass');
      await until(
        () => trial.session.status.kind === 'running',
        () => 'the run to begin',
      );
      trial.session.interrupt();
      expect((await running).outcome).toBe('interrupted');
    }
  });

  it('is told a second time to a run that did not listen', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
try:
    print("on")
    while True: pass
except KeyboardInterrupt:
    print("caught")
    while True: pass
`);
    await trial.shows('on\n');
    trial.session.interrupt();
    await trial.shows('caught\n');
    trial.session.interrupt();
    expect((await running).outcome).toBe('interrupted');
  });

  it('is for the whole group: a child hears it too', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
import subprocess
child = subprocess.Popen(["sh", "-c", "trap 'echo child heard; exit 0' INT; echo trapped; while :; do sleep 0.05; done"])
try:
    print("on")
    child.wait()
except KeyboardInterrupt:
    child.wait()
    print("parent heard")
`);
    await trial.shows('trapped\n');
    await trial.shows('on\n');
    trial.session.interrupt();
    const { outcome, output } = await running;
    expect(outcome).toBe('ok');
    expect(output).toContain('child heard\n');
    expect(output).toContain('parent heard\n');
  });

  it('does no harm while idle', async () => {
    const trial = openTrial(python);
    const pid = Number(await trial.says('import os; print(os.getpid())'));
    for (let turn = 0; turn < 20; turn += 1) {
      trial.session.interrupt();
      trial.session.type('\x03');
      process.kill(pid, 'SIGINT');
    }
    expect((await trial.run('print("on")')).outcome).toMatch(/ok|interrupted/);
    expect(await trial.says('2 + 2')).toBe('4\n');
    expect((await trial.session.complete('impor', 5)).matches.length).toBeGreaterThan(0);
  });

  it('leaves SIGINT to children as any shell does', async () => {
    const trial = openTrial(python);
    expect(
      await trial.says(
        'import subprocess, sys\nprint(subprocess.run([sys.executable, "-c", "import signal; print(signal.getsignal(signal.SIGINT))"], stdout=-1).stdout.decode(), end="")',
      ),
    ).toMatch(/default_int_handler/);
    expect(
      await trial.says('import signal; signal.getsignal(signal.SIGINT) is signal.default_int_handler'),
    ).toBe('True\n');
  });

  it('is the handler’s that the user installed', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import signal\nheard = []\n_ = signal.signal(signal.SIGINT, lambda *a: heard.append(1))',
    );
    const running = trial.run('print("on")\nwhile not heard: pass');
    await trial.shows('on\n');
    trial.session.interrupt();
    expect((await running).outcome).toBe('ok');
    expect(await trial.says('len(heard)')).toBe('1\n');
    await trial.says('_ = signal.signal(signal.SIGINT, signal.SIG_IGN)');
    expect(await trial.says('import os; os.kill(os.getpid(), signal.SIGINT)')).toBe('');
    await trial.says('_ = signal.signal(signal.SIGINT, signal.default_int_handler)');
    expect((await trial.run('os.kill(os.getpid(), signal.SIGINT)')).outcome).toBe('interrupted');
  });

  it('kills what will not stop, and starts anew', async () => {
    const trial = openTrial(python);
    const running = trial.run(`
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
print("on")
while True: pass
`);
    await trial.shows('on\n');
    trial.session.interrupt();
    trial.session.kill();
    const { outcome, end } = await running;
    expect(outcome).toBe('died');
    expect(end).toMatchObject({ signal: 'SIGKILL', asked: true, words: 'Python was killed, as you asked' });
    await trial.session.restart();
    expect(await trial.says('1 + 1')).toBe('2\n');
  });

  it('never tears a frame nor loses output, whenever it comes', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    await trial.says(`
import sys
def chatter():
    number = 0
    while number < 100000:
        print("line", number)
        if number % 50 == 0:
            sys.stderr.write("error %d\\n" % number)
        number += 1
`);
    let wanted = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      trial.forget();
      const running = trial.run('chatter()');
      setTimeout(() => trial.session.interrupt(), Math.random() * 12);
      const { outcome, output } = await running;
      if (outcome === 'interrupted') wanted += 1;
      expect(whole(output)).toBe('whole');
      // Between interrupted runs there are short ones, which may be hit as well.
      const short = trial.run(`print("short", ${turn})`);
      if (turn % 2) trial.session.interrupt();
      const end = await short;
      if (end.outcome === 'ok') expect(end.output).toBe(`short ${turn}\n`);
      else expect(end.outcome).toBe('interrupted');
    }
    expect(wanted).toBeGreaterThan(30);
    expect(await trial.says('print("on")')).toBe('on\n');
  });

  it.each([
    [true, 'interrupted'],
    [false, 'ok'],
  ])(
    'is for a run that goes on from the one before where it came between them: %s',
    async (continues, outcome) => {
      const trial = openTrial(python);
      const late =
        'import _thread, os, signal, time\n' +
        'def late():\n    time.sleep(0.3)\n    os.kill(os.getpid(), signal.SIGINT)\n    print("sent", flush=True)\n' +
        '_thread.start_new_thread(late, ())';
      await trial.says(late);
      await trial.shows('sent\n');
      expect((await trial.session.run('x = 1', { continues })).outcome).toBe(outcome);
    },
  );
});

/** Interrupt until the run ends: it may take a moment to come to the place that is meant. */
async function interrupted(trial: Trial, running: Promise<Played>): Promise<Played> {
  const again = setInterval(() => trial.session.interrupt(), 20);
  try {
    return await running;
  } finally {
    clearInterval(again);
  }
}

/** Check that the lines stand there without a gap, and that only the last may be cut off. */
function whole(output: string): string {
  const said = stripVTControlCharacters(output).replace(/(Traceback \(most|KeyboardInterrupt)[\s\S]*$/, '');
  const lines = said.split('\n');
  const cut = lines.pop() ?? '';
  if (!/^(l(i(n(e( \d*)?)?)?)?|error \d*)?$/.test(cut)) return `cut ${cut}`;
  let next = 0;
  for (const line of lines) {
    const [, kind, number] = /^(line|error) (\d+)$/.exec(line) ?? [];
    if (kind === undefined)
      return `torn ${line} of ${JSON.stringify(said.slice(said.indexOf(line) - 40))}`.slice(0, 400);
    if (kind === 'error' && Number(number) !== next - 1) return `error ${number} after ${next - 1}`;
    if (kind === 'line' && Number(number) !== next++) return `line ${number} is not ${next - 1}`;
  }
  return 'whole';
}
