import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Agent, openAgent, ownFolder } from '../support/agent.ts';
import { until } from '../support/until.ts';

it('names stay from call to call, and each tells what it did', async () => {
  const agent = await openAgent();
  expect(await agent.python('x = [1]\nx')).toMatchObject({
    isError: false,
    text: expect.stringMatching(/^\[1\]\n\[ok · run 1 · state 1 · [\d.]+ s\]\n\[added x\]$/),
    data: {
      ...{ outcome: 'ok', run: 1, state: 1, kept: true, output: '[1]\n', omitted: null, error: null },
      changes: { added: ['x'], rebound: [], changed: [], removed: [], skipped: [], more: 0, outside: [] },
    },
  });
  const { data } = await agent.python('x.append(2)');
  expect(data).toMatchObject({ changes: { changed: ['x'] } });
  expect((await agent.python('import asyncio; await asyncio.sleep(0, x)')).data.output).toBe('[1, 2]\n');
});

it('an exception is told with its traceback, and what it did before is kept unless that is not wanted', async () => {
  const agent = await openAgent();
  const raised = await agent.python('x = 1\n1 / 0');
  expect(raised).toMatchObject({
    isError: true,
    data: { outcome: 'raised', error: 'ZeroDivisionError: division by zero', kept: true },
  });
  expect(raised.text).toContain('File "<python-input-1>", line 2, in <module>');
  const dropped = await agent.python('x = 2\n1 / 0', { policy: 'drop_if_failed' });
  expect(dropped.data).toMatchObject({ outcome: 'raised', kept: false });
  expect((await agent.python('x')).data.output).toBe('1\n');
});

it('a segmentation fault costs its own run and no name', async () => {
  const agent = await openAgent();
  await agent.python('import os, signal\nnames = {"a": [1]}\ngen = (n for n in range(9)); next(gen)');
  const died = await agent.python('lost = 1; os.kill(os.getpid(), signal.SIGSEGV)');
  expect(died).toMatchObject({ isError: true, data: { outcome: 'died', kept: false } });
  expect(died.text).toContain('segmentation fault (SIGSEGV)');
  expect((await agent.python('names, next(gen), "lost" in globals()')).data.output).toBe(
    "({'a': [1]}, 1, False)\n",
  );
});

it.each(['import sys; x = 1; sys.exit(3)', 'x = 1; exit()', 'x = 1; raise SystemExit("bye")'])(
  'Python stays after %s',
  async (code) => {
    const agent = await openAgent();
    expect(await agent.python(code)).toMatchObject({ isError: true, data: { outcome: 'raised' } });
    expect((await agent.python('print(x, input("? "))')).data).toMatchObject({ outcome: 'asking' });
    expect((await agent.call('input', { text: 'yes' })).data).toMatchObject({ outcome: 'ok' });
  },
);

it('code that ends the process by itself costs its own run', async () => {
  const agent = await openAgent();
  await agent.python('x = 1');
  expect((await agent.python('import os; os._exit(0)')).data).toMatchObject({ outcome: 'died' });
  expect((await agent.python('x')).data.output).toBe('1\n');
});

it('input() is a question, which a later call answers; without text it is the end of the file', async () => {
  const agent = await openAgent();
  const asked = await agent.python('a = input("name? ")\nb = input()\nprint(a, b)');
  expect(asked).toMatchObject({ isError: false, data: { outcome: 'asking', question: 'name? ' } });
  expect((await agent.call('undo')).text).toMatch(/asks something; answer it first/);
  expect((await agent.python('1')).text).toMatch(/Run 1 asks for input/);
  expect((await agent.call('input', { text: 'Ada' })).data).toMatchObject({
    outcome: 'asking',
    question: '',
  });
  const ended = await agent.call('input');
  expect(ended.data).toMatchObject({ outcome: 'raised', error: 'EOFError: EOF when reading a line' });
  expect((await agent.call('input', { text: 'x' })).text).toMatch(/No program asks for input/);
});

it('a child process that reads the terminal gets the line that is typed', async () => {
  const agent = await openAgent();
  const running = await agent.python('import os; os.system("read line; echo got $line")', {
    timeout_ms: 300,
  });
  expect(running.data).toMatchObject({ outcome: 'running' });
  expect((await agent.call('input', { text: 'this' })).text).toContain('got this');
});

it('a call comes back in time, and the run goes on: the next ones wait, and stop it', async () => {
  const agent = await openAgent();
  const code = 'import time\nx = 1\nprint("begun", flush=True)\nwhile True:\n    time.sleep(0.01)';
  const running = await agent.python(code, { timeout_ms: 300 });
  expect(running).toMatchObject({ isError: false, data: { outcome: 'running', run: 1, output: 'begun\n' } });
  expect(await agent.python('2')).toMatchObject({
    isError: true,
    text: expect.stringMatching(/still goes on/),
  });
  expect((await agent.call('wait', { timeout_ms: 0 })).data).toMatchObject({ outcome: 'running' });
  expect((await agent.call('interrupt')).data).toMatchObject({ outcome: 'interrupted', run: 1 });
  expect((await agent.python('x')).data.output).toBe('1\n');
  expect((await agent.call('interrupt')).text).toMatch(/No run goes on/);
});

it('a run that ignores the interrupt is ended by force, and the state before it is back', async () => {
  const agent = await openAgent();
  await agent.python('x = 1; import signal, time');
  const code = 'signal.signal(signal.SIGINT, signal.SIG_IGN)\nx = 2\nwhile True: time.sleep(0.01)';
  await agent.python(code, { timeout_ms: 300 });
  expect((await agent.call('interrupt', { force: true })).data).toMatchObject({ outcome: 'died' });
  expect((await agent.python('x')).data.output).toBe('1\n');
});

it('a call that is cancelled is an interrupt, and the next one is answered', async () => {
  const agent = await openAgent();
  await agent.python('import time; x = 1');
  const cancel = new AbortController();
  const call = agent.python(
    'print("on", flush=True)\nwhile True: time.sleep(0.01)',
    {},
    { signal: cancel.signal },
  );
  await until(
    () => agent.processes().length > 0,
    () => 'the server to run',
  );
  cancel.abort();
  await expect(call).rejects.toThrow();
  expect((await agent.python('x')).data.output).toBe('1\n');
});

it('a long run tells how far it is', async () => {
  const agent = await openAgent();
  const told: unknown[] = [];
  const code = 'import time\nfor i in range(25): print("step", i, flush=True); time.sleep(0.1)';
  await agent.python(code, {}, { onprogress: (progress) => told.push(progress) });
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(told[0]).toMatchObject({ message: expect.stringMatching(/^step \d+$/) });
});

it('calls that come at once run one after the other', async () => {
  const agent = await openAgent();
  const codes = Array.from({ length: 8 }, (_, index) => `x = ${index}; x`);
  const outputs = await Promise.all(codes.map(async (code) => (await agent.python(code)).data.output));
  expect(outputs).toEqual(codes.map((_, index) => `${index}\n`));
});

it('a flood is cut in the middle, and the rest can be read', async () => {
  const agent = await openAgent();
  const { text, data } = await agent.python('for i in range(100_000): print("line", i)');
  expect(text.length).toBeLessThan(20_000);
  expect(text).toContain('line 0\n');
  expect(text).toContain('line 99999\n');
  const omitted = data.omitted as { lines: number; from: number };
  const shown = (data.output as string).match(/^line \d+$/gm)?.length ?? 0;
  expect(shown + omitted.lines).toBe(100_000);
  const rest = await agent.call('output', { run: 1, line: omitted.from });
  expect(rest.text).toMatch(new RegExp(`^line ${omitted.from - 1}\nline ${omitted.from}\n`));
  const last = await agent.call('output', { run: 1, line: 99_999 });
  expect(last).toMatchObject({ text: 'line 99998\nline 99999', data: { next: null } });
});

it('one endless line, and bytes that are no text, are bounded too', async () => {
  const agent = await openAgent();
  const line = await agent.python('print("x" * 3_000_000)');
  expect(line.text.length).toBeLessThan(20_000);
  expect(line.text).toContain('The middle of a line is left out');
  const bytes = await agent.python('import os\nfor _ in range(64): os.write(1, bytes(range(256)) * 64)');
  expect(bytes.isError).toBe(false);
  expect(bytes.text.length).toBeLessThan(20_000);
  expect((await agent.python('1')).data.output).toBe('1\n');
});

it.each([
  ['the words of an error', 'raise ValueError("x" * 20_000_000)'],
  ['the name of an error', 'raise type("E" * 20_000_000, (Exception,), {})'],
  ['names', 'for i in range(40): globals()["n" * 1_000_000 + str(i)] = i'],
  ['what is asked', 'input("?" * 20_000_000)'],
  [
    'the name of a file that is written',
    'import os\nfor i in range(300): open("/".join(["."] * 1000 + [f"f{i}"]), "w").close()',
  ],
])('a result is bounded where %s are long, and the server goes on', async (_, code) => {
  const agent = await openAgent();
  const { text, data } = await agent.python(code);
  expect(text.length + JSON.stringify(data).length).toBeLessThan(100_000);
  if (data.outcome === 'asking') await agent.call('input', { text: 'yes' });
  for (const name of ['variables', 'undo']) {
    const { text: told, data: more } = await agent.call(name);
    expect(told.length + JSON.stringify(more).length).toBeLessThan(100_000);
  }
  expect((await agent.python('1')).data.output).toBe('1\n');
});

it('a progress bar is one line, and colours are none', async () => {
  const agent = await openAgent();
  const code =
    'import sys\nfor i in range(101): sys.stdout.write("\\r\\x1b[32m%3d%%\\x1b[0m" % i)\nprint()\nprint("\\x1b[1mbold\\x1b[0m")';
  expect((await agent.python(code)).data.output).toBe('100%\nbold\n');
});

it('the frames of libraries are left out of a traceback', async () => {
  const agent = await openAgent();
  const { text } = await agent.python('import json\ndef mine(): json.loads("{")\nmine()');
  expect(text).toMatch(
    /in mine\n.*json\.loads.*\n(?: +[\^~]+\n)? {2}… \d+ frames? of libraries\n {2}File ".*json.*decoder\.py"/,
  );
});

it('what threads print between the calls is told with the next', async () => {
  const agent = await openAgent();
  await agent.python('import threading\nthreading.Timer(0.2, print, ["from a thread"]).start()');
  await until(
    () => readFileSync(transcriptOf(agent), 'utf8').includes('from a thread\r'),
    () => 'the thread to print',
  );
  const { text } = await agent.python('1');
  expect(text).toMatch(/^\[printed between the calls\]\nfrom a thread\n\[this run\]\n1\n/);
});

it('a transcript that is full begins anew, and says of what was in it that it is not kept', async () => {
  const home = ownFolder();
  writeFileSync(join(home, 'settings.json'), '{"transcripts": {"each": 1}}');
  const agent = await openAgent({ home });
  await agent.python('for i in range(300_000): print("line", i)');
  expect(statSync(transcriptOf(agent)).size).toBeLessThan(1_000_000);
  expect((await agent.call('output', { run: 1 })).text).toMatch(/run 1 is not kept/);
  await agent.python('print("next")');
  expect((await agent.call('output', { run: 2 })).text).toBe('next');
});

/** The file of the transcript, which every result that is cut names. */
function transcriptOf(agent: Agent): string {
  const [name = ''] = readdirSync(join(agent.home, 'transcripts'));
  return join(agent.home, 'transcripts', name);
}

it('a dry run tells what it would change, and changes nothing', async () => {
  const agent = await openAgent();
  await agent.python('x = [1]');
  const dry = await agent.call('dry_run', { code: 'x.append(2); y = 3; print(len(x))' });
  expect(dry).toMatchObject({
    isError: false,
    data: { output: '2\n', kept: false, changes: { added: ['y'], changed: ['x'] } },
  });
  expect(dry.text).toContain('would change in place: x');
  expect((await agent.python('x, "y" in globals()')).data.output).toBe('([1], False)\n');
});
