import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { freshAgents } from '../../build/bundle.mjs';
import { openAgent, ownFolder } from '../support/agent.ts';
import { resultOf } from '../support/result.ts';
import { until } from '../support/until.ts';

const NAMES = [
  ...['python', 'dry_run', 'wait', 'input', 'interrupt', 'output'],
  ...[
    'undo',
    'redo',
    'goto',
    'name_state',
    'states',
    'variables',
    'inspect',
    'save',
    'restore',
    'checkpoints',
    'reset',
  ],
];

interface Message {
  id: number | null;
  result?: object;
  error?: { code: number; message: string };
}

/** A server whose lines the test writes itself. */
async function openLines(words: string[] = []) {
  const env = { ...process.env, PYREPL3_HOME: ownFolder() };
  const child = spawn(process.execPath, [await freshAgents(), 'mcp', ...words], { env, cwd: ownFolder() });
  onTestFinished(() => void child.kill('SIGKILL'));
  const messages: Message[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => messages.push(JSON.parse(line)));
  const write = (line: string | object) =>
    child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify({ jsonrpc: '2.0', ...line })}\n`);
  const answer = async (id: number | null) => {
    await until(
      () => messages.some((each) => each.id === id),
      () => `an answer to ${id}`,
    );
    return messages.splice(
      messages.findIndex((each) => each.id === id),
      1,
    )[0];
  };
  const clientInfo = { name: 'test', version: '1' };
  write({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
  });
  await answer(0);
  return { child, write, answer, messages };
}

it('the server lists its tools, each with the schemas of what it takes and gives', async () => {
  const agent = await openAgent();
  const { tools } = await agent.client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(NAMES);
  for (const { inputSchema, outputSchema, description } of tools) {
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(outputSchema).toMatchObject({ type: 'object' });
    expect(description?.length).toBeGreaterThan(20);
  }
  expect(agent.client.getInstructions()).toContain('undo');
});

const WRONG: [name: string, given: Record<string, unknown>, words: string][] = [
  ['python', {}, 'code is missing; it must be a string.'],
  ['python', { code: 1 }, 'code is wrong; it must be a string.'],
  ['python', { cod: '1' }, 'there is no argument cod; did you mean code?'],
  [
    'python',
    { code: '1', timeout_ms: -1 },
    'timeout_ms is wrong; it must be a whole number from 0 to 3600000.',
  ],
  ['python', { code: '1', policy: 'never' }, 'policy is wrong; it must be one of keep and drop_if_failed.'],
  ['python', { code: '1', session: '../x' }, 'session is wrong; it must be a string that matches'],
  ['dry_run', { code: null }, 'code is wrong; it must be a string.'],
  ['wait', { timeout_ms: 1.5 }, 'timeout_ms is wrong'],
  ['input', { text: ['a'] }, 'text is wrong; it must be a string.'],
  ['interrupt', { force: 'yes' }, 'force is wrong; it must be true or false.'],
  ['output', {}, 'run is missing'],
  ['output', { run: 1, line: 0 }, 'line is wrong'],
  ['undo', { steps: 0 }, 'steps is wrong; it must be a whole number from 1 to 1000.'],
  ['redo', { steps: '1' }, 'steps is wrong'],
  ['goto', { state: '' }, 'state is wrong'],
  ['name_state', {}, 'name is missing'],
  ['states', { count: 1e9 }, 'count is wrong'],
  ['variables', { first: -1 }, 'first is wrong'],
  ['inspect', {}, 'name is missing'],
  ['save', { name: ' ' }, 'name is wrong'],
  ['restore', { checkpoint: 5 }, 'checkpoint is wrong'],
  ['checkpoints', { session: 'main' }, 'there is no argument session'],
  ['reset', { session: '' }, 'session is wrong'],
  ['pythn', {}, 'There is no tool pythn; did you mean python?'],
];

it('wrong arguments are an error of the protocol, in words', async () => {
  const agent = await openAgent();
  for (const [name, given, words] of WRONG) {
    const error = await agent.call(name, given).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: -32602, message: expect.stringContaining(words) });
  }
  expect((await agent.python('1')).data.output).toBe('1\n');
});

const IMPOSSIBLE: [name: string, given: Record<string, unknown>, words: string][] = [
  ['undo', {}, 'There is no run to undo.'],
  ['redo', {}, 'There is no run to redo.'],
  ['goto', { state: '77' }, 'There is no state 77'],
  ['goto', { state: 'nowhere' }, 'There is no state named nowhere'],
  ['name_state', { name: '5' }, 'a number alone would be a state’s'],
  ['output', { run: 9 }, 'The output of a run 9 is not kept in the session main.'],
  ['wait', {}, 'Nothing has been run in the session main yet.'],
  ['interrupt', {}, 'No run goes on in the session main.'],
  ['input', { text: 'a' }, 'No program asks for input in the session main; it is idle.'],
  ['variables', { state: 9 }, 'There is no state 9'],
  ['inspect', { name: 'nothing' }, 'There is no nothing to look into'],
  ['save', { name: '123' }, 'digits alone would be the beginning of an id'],
  ['restore', {}, 'No earlier server has left a session main'],
  ['restore', { checkpoint: 'nothing' }, 'nothing'],
];

it('what cannot be done is told in words, for the model to read', async () => {
  const agent = await openAgent();
  for (const [name, given, words] of IMPOSSIBLE) {
    const { isError, text } = await agent.call(name, given);
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringContaining(words) });
  }
});

it('lines that are no messages get errors, and the server goes on', async () => {
  const { write, answer } = await openLines();
  write('no JSON');
  expect(await answer(null)).toMatchObject({ error: { code: -32700 } });
  write('[1, 2]');
  expect(await answer(null)).toMatchObject({ error: { code: -32600 } });
  write('null');
  expect(await answer(null)).toMatchObject({ error: { code: -32600 } });
  write('{"id": 7, "method": 5}');
  expect(await answer(7)).toMatchObject({ error: { code: -32600 } });
  write('');
  write(Buffer.from([0xff, 0xfe, 0x00]).toString('latin1'));
  expect(await answer(null)).toMatchObject({ error: { code: -32700 } });
  write({ id: 8, method: 'no/such' });
  expect(await answer(8)).toMatchObject({ error: { code: -32601 } });
  write({ id: 9, method: 'tools/call', params: {} });
  expect(await answer(9)).toMatchObject({ error: { message: expect.any(String) } });
  write({ id: 10, method: 'tools/call', params: { name: 'python', arguments: { code: '6 * 7' } } });
  expect(await answer(10)).toMatchObject({ result: { structuredContent: { output: '42\n' } } });
});

it('a line that is too long is refused and the next one read', async () => {
  const { write, answer } = await openLines();
  write(`{"jsonrpc":"2.0","id":1,"method":"ping","x":"${'x'.repeat(11 * 1024 * 1024)}"}`);
  expect(await answer(null)).toMatchObject({
    error: { code: -32600, message: expect.stringContaining('bytes') },
  });
  write({ id: 2, method: 'ping' });
  expect(await answer(2)).toMatchObject({ result: {} });
});

it('a client that asks and does not read is answered when it reads', async () => {
  const { child, write, answer } = await openLines();
  child.stdout.pause();
  const call = { name: 'python', arguments: { code: 'print("x" * 15_000)' } };
  for (let id = 1; id <= 200; id += 1) write({ id, method: 'tools/call', params: call });
  child.stdout.resume();
  expect(await answer(200)).toMatchObject({ result: { isError: false } });
});

it.each(['end of standard input', 'SIGTERM'])(
  'everything ends with the %s, also where a run goes on',
  async (how) => {
    const agent = await openAgent();
    await agent.python('import subprocess; child = subprocess.Popen(["sleep", "1000"])', {
      session: 'other',
    });
    await agent.python('while True: pass', { timeout_ms: 100 });
    if (how === 'SIGTERM') process.kill(agent.pid, how);
    // Closing looks at what stays.
    await agent.close();
  },
);

it('several sessions know nothing of each other', async () => {
  const agent = await openAgent();
  const names = ['one', 'two', 'three'];
  await Promise.all(names.map((session) => agent.python(`x = "${session}"`, { session })));
  const told = await Promise.all(names.map((session) => agent.python('print(x)', { session })));
  expect(told.map(({ data }) => data.output)).toEqual(['one\n', 'two\n', 'three\n']);
});

it('there are no more sessions than a machine bears', async () => {
  const agent = await openAgent();
  // The usual one is there.
  for (let count = 1; count < 16; count += 1) await agent.call('states', { session: `s${count}` });
  expect(await agent.python('1', { session: 'more' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('16 sessions are open'),
  });
});

it('the transcripts are resources', async () => {
  const agent = await openAgent();
  await agent.python('print("seen")');
  const { resources } = await agent.client.listResources();
  expect(resources).toMatchObject([{ uri: 'pyrepl3://sessions/main/transcript', mimeType: 'text/plain' }]);
  const { contents } = await agent.client.readResource({ uri: 'pyrepl3://sessions/main/transcript' });
  expect(contents).toMatchObject([{ text: '>>> print("seen")\nseen\n' }]);
  for (const uri of ['pyrepl3://sessions/none/transcript', 'file:///etc/hostname']) {
    await expect(agent.client.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
  }
});

it('states are listed, named and gone to', async () => {
  const agent = await openAgent();
  await agent.python('x = 1');
  await agent.call('name_state', { name: 'one' });
  await agent.python('x = 2; open("written", "w").close()');
  expect(await agent.call('undo')).toMatchObject({
    data: { state: 1, runs: [2], outside: [expect.stringContaining('written')] },
  });
  expect((await agent.call('redo')).data).toMatchObject({ state: 2 });
  await agent.call('goto', { state: 'one' });
  expect((await agent.python('x')).data.output).toBe('1\n');
  expect((await agent.call('states', { count: 3 })).data).toMatchObject({
    current: 3,
    earlier: 1,
    states: [
      { id: 1, name: 'one', code: 'x = 1', reachable: true },
      { id: 2, parent: 1 },
      { id: 3, parent: 1, code: 'x' },
    ],
  });
  await agent.call('reset');
  expect((await agent.python('x')).isError).toBe(true);
  await agent.call('goto', { state: '2' });
  expect((await agent.python('x')).data.output).toBe('2\n');
});

it.each([
  [['--help'], 0, /^Python sessions for agents/, /^$/],
  [['--pyton'], 2, /^$/, /^pyrepl3: there is no option --pyton\. Did you mean --python\?\n$/],
  [['serve'], 2, /^$/, /^pyrepl3: mcp takes no serve;/],
  [['--python', '/no/such'], 2, /^$/, /\/no\/such/],
])('the words %j', async (words, status, out, err) => {
  const child = spawn(process.execPath, [await freshAgents(), 'mcp', ...words]);
  const result = await resultOf(child);
  expect(result).toEqual({ status, out: expect.stringMatching(out), err: expect.stringMatching(err) });
});

it('a server whose client is gone at once ends', async () => {
  const child = spawn(process.execPath, [await freshAgents(), 'mcp'], { stdio: ['ignore', 'pipe', 'pipe'] });
  expect(await once(child, 'exit')).toEqual([0, null]);
});
