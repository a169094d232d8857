/** What Python prints can be had stream by stream, beside the one stream of the terminal. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSession, type Session } from '../../../electron/supervisor/session.ts';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';

interface Text {
  stream: string;
  text: string;
}

const THREADS = `
import sys, threading
def speak(number):
    for line in range(200):
        (sys.stderr if number % 2 else sys.stdout).write(f"{number} {line} " + "é" * number + "\\n")

threads = [threading.Thread(target=speak, args=(number,)) for number in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
`;

/** A session, what it told by its streams, and all that its terminal showed. */
function open(python: string): { session: Session; said: Text[]; shown: () => string } {
  const session = openSession({ python, texts: true });
  const said: Text[] = [];
  const shown: Buffer[] = [];
  session.on('output', (bytes) => shown.push(bytes));
  session.on('text', ({ stream, text }) => {
    const last = said.at(-1);
    if (last?.stream === stream) last.text += text;
    else said.push({ stream, text });
  });
  onTestFinished(() => session.close());
  return { session, said, shown: () => Buffer.concat(shown).toString() };
}

onPythons(OLD_AND_NEW, 'text of a session', (python) => {
  it('is told by its stream and in order, as it was printed', async () => {
    const { session, said, shown } = open(python.executable);
    await session.run(
      'import sys\nprint("a"); print("b\\r\\n", end="", file=sys.stderr); sys.stdout.write("c"); 1/0',
    );
    await session.run(
      'sys.stdout.buffer.write(b"\\xc3"); sys.stdout.flush(); sys.stdout.buffer.write(b"\\xa9\\r")',
    );
    expect(said[0]).toEqual({ stream: 'stdout', text: 'a\n' });
    expect(said[1]).toEqual({ stream: 'stderr', text: 'b\r\n' });
    expect(said[2]).toEqual({ stream: 'stdout', text: 'c' });
    expect(said[3]).toMatchObject({
      stream: 'stderr',
      text: expect.stringMatching(/ZeroDivisionError.*\n$/),
    });
    expect(said[4]?.text).toContain('é\r');
    expect(said).toHaveLength(5);
    expect(shown()).toMatch(/^a\r\nb\r\r\ncTraceback/);
  });

  it('of many threads is whole', async () => {
    const { session, said } = open(python.executable);
    await session.run(THREADS);
    const lines = (stream: string) =>
      said.flatMap((each) => (each.stream === stream ? each.text.split('\n').filter(Boolean) : [])).sort();
    const spoken = (numbers: number[]) =>
      numbers
        .flatMap((number) =>
          Array.from({ length: 200 }, (_, line) => `${number} ${line} ${'é'.repeat(number)}`),
        )
        .sort();
    expect(lines('stdout')).toEqual(spoken([0, 2]));
    expect(lines('stderr').filter((line) => /^\d/.test(line))).toEqual(spoken([1, 3]));
  });

  it('of a flood is all there', async () => {
    const { session, said, shown } = open(python.executable);
    await session.run('for line in range(20_000): print(line)\nprint("x" * 100_000)');
    const lines = Array.from({ length: 20_000 }, (_, line) => `${line}\n`).join('');
    expect(said).toEqual([{ stream: 'stdout', text: `${lines}${'x'.repeat(100_000)}\n` }]);
    expect(shown()).toBe(said[0]?.text.replaceAll('\n', '\r\n'));
  });

  it('has nothing of C code and of child processes, which the terminal shows', async () => {
    const { session, said, shown } = open(python.executable);
    await session.run(
      'import os, subprocess\nprint("ours")\nos.write(1, b"from C\\n")\n' +
        'subprocess.run(["echo", "from a child"]); print("ours again")',
    );
    expect(said.map(({ text }) => text).join('')).toMatch(/^ours\n.*ours again\n$/s);
    expect(said.map(({ text }) => text).join('')).not.toMatch(/from C|from a child/);
    expect(shown()).toMatch(/ours\r\nfrom C\r\n.*from a child\r\n.*ours again/s);
    expect(shown()).not.toContain('\x1b_');
  });

  it('goes on after an undo, a kill and a restart, and leaves no mark in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-texts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'out.txt');
    const { session, said, shown } = open(python.executable);
    const says = async (code: string) => {
      said.length = 0;
      await session.run(code);
      return said.splice(0);
    };
    await says('x = 1');
    await says('x = 2');
    await session.undo();
    expect(await says('print(x)')).toEqual([{ stream: 'stdout', text: '1\n' }]);
    await session.run('print("half", end="", flush=True); import os; os.kill(os.getpid(), 9)');
    expect(await says('print(x)')).toEqual([{ stream: 'stdout', text: '1\n' }]);
    await session.restart();
    await says(
      `import os, sys\nkept = os.dup(1); f = os.open(${JSON.stringify(file)}, os.O_WRONLY | os.O_CREAT)\n` +
        'os.dup2(f, 1); print("in the file"); sys.stderr.write("beside\\n"); os.dup2(kept, 1)',
    );
    expect(readFileSync(file, 'latin1')).not.toContain('\x1b');
    expect(readFileSync(file, 'latin1')).toContain('in the file\n');
    expect(shown()).not.toContain('\x1b_');
  });
});

it('is not told where nobody asks for it', async () => {
  const session = openSession({ python: 'python3' });
  onTestFinished(() => session.close());
  let told = 0;
  session.on('text', () => {
    told += 1;
  });
  await session.run('print(1)');
  expect(told).toBe(0);
});
