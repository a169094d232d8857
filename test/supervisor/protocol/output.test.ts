/** What programs print: at once, complete, and in the order in which it was written. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

/** Each way to write one numbered line. */
const WRITERS = `
import ctypes, os, subprocess, sys, threading
C = ctypes.CDLL(None)
def by_print(text): print(text)
def by_pieces(text):
    print(text[:2], end="")
    print(text[2:])
def by_error(text): sys.stderr.write(text + "\\n")
def by_bytes(text): sys.stdout.buffer.write(text.encode() + b"\\n")
def by_error_bytes(text): sys.stderr.buffer.write(text.encode() + b"\\n")
def by_descriptor(text): os.write(1, text.encode() + b"\\n")
def by_c(text): C.puts(text.encode())
def by_system(text): os.system("echo " + text)
def by_child(text): subprocess.run(["echo", text])
def by_shared(text): subprocess.run(["echo", text], stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)
def by_error_of_child(text): subprocess.run(["sh", "-c", "echo " + text + " >&2"])
def by_fork(text):
    if os.fork() == 0:
        print(text)
        os._exit(0)
    os.wait()
def by_thread(text):
    thread = threading.Thread(target=print, args=(text,))
    thread.start()
    thread.join()
writers = [value for name, value in list(globals().items()) if name.startswith("by_")]
`;

onPythons(ONE, 'output', (python) => {
  it('has the order in which it was written, whoever wrote it', async () => {
    const trial = openTrial(python);
    await trial.says(WRITERS);
    // Each way after each other.
    const code = `
number = 0
for one in writers:
    for other in writers:
        one("%d %s" % (number, one.__name__))
        other("%d %s" % (number + 1, other.__name__))
        number += 2
`;
    const lines = (await trial.says(code)).trimEnd().split('\n');
    expect(lines.map((line) => Number(line.split(' ')[0]))).toEqual(lines.map((_, index) => index));
    expect(lines).toHaveLength(338);
  });

  it('has the order also where no line is ended', async () => {
    const trial = openTrial(python);
    await trial.says('import os, subprocess, sys, ctypes');
    expect(
      await trial.says(`
print("a", end="")
sys.stderr.write("b")
print("c", end="")
os.system("printf d")
print("e", end="")
sys.stdout.buffer.write(b"f")
print("g", end="")
subprocess.run(["printf", "h"])
print("i", end="")
sys.stdout.flush()
os.write(1, b"j")
print("k", end="", file=sys.stderr)
_ = ctypes.CDLL(None).printf(b"l")
`),
    ).toBe('abcdefghijkl');
  });

  it('shows the beginning of a line within 10 ms, and a whole one too', async () => {
    const trial = openTrial(python);
    await trial.says('import time');
    expect(await delayMs(trial, 'print("beginning", end="")')).toBeLessThan(10);
    expect(await delayMs(trial, 'print("whole")')).toBeLessThan(10);
  });

  it('passes every byte on as it is', async () => {
    const trial = openTrial(python);
    const text = 'é 日本語 🐍 e\u0301\u200d';
    await trial.says(`
import sys, tty
tty.setraw(1)  # the terminal itself makes \\r\\n of \\n
for byte in ${JSON.stringify(text)}.encode():
    sys.stdout.buffer.write(bytes([byte]))
    sys.stdout.flush()
_ = sys.stdout.buffer.write(bytes(range(256)))
`);
    expect(trial.bytes).toEqual(
      Buffer.concat([Buffer.from(text), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))]),
    );
    expect(await trial.says('print("on")')).toBe('on\n');
  });

  it('draws progress bars, whole screens and what looks like a mark of ours', async () => {
    const trial = openTrial(python);
    const drawing =
      '10%\r20%\r\x1b[?1049h\x1b[2J\x1b[5;10Hx\x1b[?1049l\x1b_pyrepl3;0;1\x1b\\\x1b_pyrepl3;\x1b';
    await trial.says(`print(${JSON.stringify(drawing).replaceAll('\\u001b', '\\x1b')}, end="")`);
    expect(trial.bytes.toString()).toBe(drawing);
  });

  it('escapes on stderr what cannot be encoded, and fails on stdout as CPython does', async () => {
    const trial = openTrial(python);
    expect(await trial.says('import sys; _ = sys.stderr.write("\\udc80\\n")')).toBe('\\udc80\n');
    expect((await trial.run('print("\\ud800")')).failure?.type).toBe('UnicodeEncodeError');
    expect(await trial.says('print("on")')).toBe('on\n');
  });

  it('of 8 threads is neither torn nor lost', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const code = `
import threading
def work(name):
    for number in range(50000):
        print(name, number, "x" * (number % 40))
threads = [threading.Thread(target=work, args=(name,)) for name in "abcdefgh"]
for thread in threads: thread.start()
for thread in threads: thread.join()
`;
    const lines = (await trial.says(code)).split('\n').slice(0, -1);
    const next = new Map<string, number>();
    for (const line of lines) {
      const [name = ''] = line.split(' ');
      const expected = next.get(name) ?? 0;
      if (line !== `${name} ${expected} ${'x'.repeat(expected % 40)}`) expect(line).toBe('whole');
      next.set(name, expected + 1);
    }
    expect([...next.entries()].sort()).toEqual([...'abcdefgh'].map((name) => [name, 50_000]));
  });

  it('of a thread goes on while the prompt waits', async () => {
    const trial = openTrial(python);
    await trial.says(`
import threading, sys
go = threading.Event()
def work():
    go.wait()
    print("whole line")
    print("beginning", end="")
    more.wait()
    print(" and end")
    sys.stderr.write("error")
more = threading.Event()
thread = threading.Thread(target=work)
thread.start()
`);
    await trial.says('go.set()');
    await trial.shows('whole line\nbeginning');
    await trial.says('more.set()');
    await trial.shows(' and end\nerror');
    await trial.says('thread.join()');
  });

  it('of a thread that starts long after its run is shown', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import threading\ndef late(): print("late", end="")\nthreading.Timer(0.3, late).start()',
    );
    expect(trial.text).toBe('');
    await trial.shows('late');
  });

  it('of finalizers and signal handlers is complete', async () => {
    const trial = openTrial(python);
    // Between the pieces of a `print` a handler has its say in CPython too, so each says one piece.
    const code = `
import gc, signal, sys
class Loud:
    def __init__(self, number):
        self.number = number
        self.me = self
    def __del__(self):
        sys.stdout.write("<del %d>\\n" % self.number)
heard, going = [], True
def hear(number, frame):
    heard.append(number)
    sys.stdout.write("<heard %d>\\n" % len(heard))
    if going: signal.setitimer(signal.ITIMER_REAL, 0.001)
signal.signal(signal.SIGALRM, hear)
signal.setitimer(signal.ITIMER_REAL, 0.001)
number = 0
while len(heard) < 100 or number < 20000:
    loud = Loud(number)
    print("line", number)
    number += 1
going = False
signal.setitimer(signal.ITIMER_REAL, 0)
del loud
_ = gc.collect()
print("<end %d>" % len(heard))
`;
    const said: string[] = [];
    const rest = (await trial.says(code)).replaceAll(/<(.*)>\n/g, (_, words) => {
      said.push(words);
      return '';
    });
    const count = (length: number) => Array.from({ length }, (_, index) => index);
    const lines = count(rest.split('\n').length - 1);
    expect(rest).toBe(lines.map((number) => `line ${number}\n`).join(''));
    const heard = count(Number(said.at(-1)?.split(' ')[1])).map((number) => `heard ${number + 1}`);
    expect(said.sort()).toEqual(
      [...heard, ...lines.map((number) => `del ${number}`), `end ${heard.length}`].sort(),
    );
  });

  it('survives a handler that raises out of a flood', async () => {
    const trial = openTrial(python);
    const code = `
import signal
def stop(number, frame): raise TimeoutError
signal.signal(signal.SIGALRM, stop)
ends = []
for turn in range(20):
    signal.setitimer(signal.ITIMER_REAL, 0.003 + turn / 2000)
    number = 0
    try:
        while True:
            print(turn, number, flush=number % 7 == 0)
            number += 1
    except TimeoutError:
        print()
        ends.append(number)
print("ends", *ends)
`;
    const lines = (await trial.says(code)).trimEnd().split('\n');
    const ends = (lines.at(-1) ?? '').split(' ').slice(1).map(Number);
    const seen = new Set(lines);
    for (const [turn, end] of ends.entries()) {
      for (let number = 0; number < end; number += 1) {
        if (!seen.has(`${turn} ${number}`)) throw new Error(`Line ${turn} ${number} of ${end} is lost`);
      }
    }
    expect(ends).toHaveLength(20);
    expect(await trial.says('print("on")')).toBe('on\n');
  });

  it('goes where the program leads it', async () => {
    const trial = openTrial(python);
    expect(
      await trial.says(`
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as caught, contextlib.redirect_stderr(caught):
    print("hidden")
print(repr(caught.getvalue()))
`),
    ).toBe("'hidden\\n'\n");
  });

  it('goes where descriptor 1 leads', async () => {
    const trial = openTrial(python);
    const code = `
import os, sys, tempfile
with tempfile.TemporaryFile() as file:
    kept = os.dup(1)
    print("before")
    os.dup2(file.fileno(), 1)
    print("within")
    print("large " + "x" * 100000)
    sys.stdout.flush()
    os.dup2(kept, 1)
    os.close(kept)
    print("after")
    file.seek(0)
    caught = file.read()
    print(caught[:20], len(caught))
`;
    expect(await trial.says(code)).toBe("before\nafter\nb'within\\nlarge xxxxxxx' 100014\n");
  });

  it('goes where descriptor 2 leads', async () => {
    const trial = openTrial(python);
    const code = `
import os, sys, tempfile
with tempfile.TemporaryFile() as file:
    kept = os.dup(2)
    os.dup2(file.fileno(), 2)
    print("out")
    sys.stderr.write("text\\n")
    sys.stderr.buffer.write(b"bytes\\n")
    os.dup2(kept, 2)
    os.close(kept)
    sys.stderr.write("after\\n")
    file.seek(0)
    print(file.read())
`;
    expect(await trial.says(code)).toBe("out\nafter\nb'text\\nbytes\\n'\n");
  });

  it('can be wrapped and configured anew', async () => {
    const trial = openTrial(python);
    expect(
      await trial.says(`
import io, sys
wrapped = io.TextIOWrapper(sys.stdout.buffer, encoding="latin-1", write_through=True)
print("one")
wrapped.write("two\\n")
print("three")
wrapped.detach()
sys.stdout.reconfigure(errors="replace", line_buffering=True)
print("\\udc80")
sys.stdout.reconfigure(encoding="ascii", errors="backslashreplace")
print("\\xe9")
sys.stdout.reconfigure(encoding="utf-8", errors="strict")
print("\\xe9", file=sys.stdout)
`),
    ).toBe('one\ntwo\nthree\n?\n\\xe9\né\n');
  });

  it.each([
    'import sys; sys.stdout.close()',
    'import sys; sys.stderr.close()',
    'import sys; sys.stdout.buffer.close()',
    'import sys; sys.stdout = sys.stderr = None',
    'import sys; del sys.stdout, sys.stderr, sys.stdin',
    'import os; os.close(0)',
    'import os; os.close(1)',
    'import os; os.close(2)',
    'import os; os.closerange(0, 3)',
    'import os; os.closerange(3, 64)',
    'import os, sys; os.dup2(os.open("/dev/null", os.O_RDWR), 1)',
    'import sys; sys.stdout.detach()',
    'import sys; sys.stdout.buffer.detach()',
  ])('being closed leaves a session that answers: %s', async (code) => {
    const trial = openTrial(python);
    await trial.run(code);
    expect((await trial.run('kept = 6')).outcome).toBe('ok');
    expect((await trial.run('kept += 1')).outcome).toBe('ok');
    expect((await trial.run('assert kept == 7')).outcome).toBe('ok');
  });

  it('is in the transcript, with the runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const transcript = join(folder, 'transcript');
    const trial = openTrial(python, { transcript });
    await trial.says('print("a")\nprint("b")');
    const asked = trial.run('input("name? ")');
    await trial.answers('me');
    await asked;
    await trial.session.close();
    expect(readFileSync(transcript, 'utf8')).toBe(
      '>>> print("a")\r\n... print("b")\r\na\r\nb\r\n>>> input("name? ")\r\nname? me\r\n\'me\'\r\n',
    );
  });

  it('waits while nobody reads it, and comes whole afterwards', async () => {
    const trial = openTrial(python);
    await trial.says('import sys, time');
    const running = trial.run('for i in range(200000): print(i)\n');
    await trial.shows('1000\n');
    trial.session.pause();
    const seen = await quiet(trial);
    expect(trial.bytes.length).toBe(seen);
    trial.session.resume();
    const { output } = await running;
    expect(output).toBe(Array.from({ length: 200_000 }, (_, index) => `${index}\n`).join(''));
  });
});

onPythons(ONE, 'much output', (python) => {
  it('of a million lines is complete', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const { output } = await trial.run('for i in range(1000000): print(i)\n');
    expect(sha(output)).toBe(sha(Array.from({ length: 1_000_000 }, (_, index) => `${index}\n`).join('')));
  });

  it('of a million lines of mixed lengths and both streams is complete', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const code =
      'import sys\nfor i in range(200000): print(i, "y" * (i % 100), file=sys.stderr if i % 1000 == 0 else sys.stdout)\n';
    const { output } = await trial.run(code);
    expect(sha(output)).toBe(
      sha(Array.from({ length: 200_000 }, (_, index) => `${index} ${'y'.repeat(index % 100)}\n`).join('')),
    );
  });

  it('of one line of 50 MB is complete', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const { output } = await trial.run('print("0123456789" * 5000000)');
    expect(sha(output)).toBe(sha(`${'0123456789'.repeat(5_000_000)}\n`));
  });
});

/** Return the shortest of several times from a print to its arrival: the machine may be busy. */
async function delayMs(trial: Trial, code: string): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 10; turn += 1) {
    let arrived = 0;
    trial.session.once('output', () => {
      arrived = performance.timeOrigin + performance.now();
    });
    // The sleep makes sure that it is not the end of the run that brings the output.
    const said = await trial.says(`at = time.time(); ${code}; time.sleep(0.05); print("", repr(at))`);
    const at = Number(said.trim().split(/\s/).at(-1)) * 1000;
    shortest = Math.min(shortest, arrived - at);
  }
  return shortest;
}

/** Wait until no more output comes; return how many bytes there are. */
async function quiet(trial: Trial): Promise<number> {
  let [last, since] = [-1, 0];
  await until(
    () => {
      if (trial.bytes.length !== last) [last, since] = [trial.bytes.length, performance.now()];
      return performance.now() - since > 100;
    },
    () => 'the paused session to be quiet',
  );
  return last;
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
