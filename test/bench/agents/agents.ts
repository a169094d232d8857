/** The server for agents beside another one, each by the SDK's own client over its standard input and output. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';

const NOTHING = 'x = 1\n';
const LINES = 'for i in range(100000): print("line", i)\n\n';
const CRASH = 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n';
/** As an agent thinks between two calls, if not for as long. */
const REST_MS = 10;
const CALLS_A_ROUND = 20;
/** It is slow, and its median settles early. */
const SLOW_CALLS_A_ROUND = 3;

/** One of the two, with its one tool that runs code. */
interface Contestant {
  command: string;
  words: string[];
  env: NodeJS.ProcessEnv;
  call: (code: string) => { name: string; arguments: Record<string, string> };
}

interface Opened {
  run(code: string): Promise<string>;
  close(): Promise<void>;
}

/** Time a call of `x = 1`, a start, a flood, and what a crash costs. */
export async function agents(bench: Bench): Promise<Finding[]> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const [ours, other] = [oursOf(bench, home), otherOf(bench)];
    return [
      await starts(bench, ours, other),
      ...(await withOpened(ours, (one) =>
        other ? withOpened(other, (two) => calls(bench, one, two)) : calls(bench, one, null),
      )),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function starts(bench: Bench, ours: Contestant, other: Contestant | null): Promise<Finding> {
  const samples = await interleave(
    { rounds: bench.isQuick ? 3 : 10, warmUp: 1 },
    { ours: () => started(ours), 'mcp-repl': other && (() => started(other)) },
  );
  return findingOf('start of a server for agents, to its first reply', 'ms', samples, [
    { kind: 'at most times', value: 0.5, of: 'mcp-repl' },
  ]);
}

async function calls(bench: Bench, ours: Opened, other: Opened | null): Promise<Finding[]> {
  const rounds = bench.isQuick ? 3 : 10;
  const nothing = await interleave(
    { rounds, warmUp: 1 },
    {
      ours: () => rested(ours, CALLS_A_ROUND),
      'mcp-repl': other && (() => rested(other, SLOW_CALLS_A_ROUND)),
    },
  );
  const lines = await interleave(
    { rounds: Math.ceil(rounds / 3) },
    {
      ours: () => timed(1, () => ours.run(LINES)),
      'mcp-repl': other && (() => timed(1, () => other.run(LINES))),
    },
  );
  const crashes = await interleave({ rounds }, { ours: () => crashed(ours) });
  const isThere = (await ours.run('x\n')).startsWith('1');
  return [
    findingOf('an agent’s call of x = 1', 'ms', nothing, [
      { kind: 'at most', value: 3 },
      { kind: 'times less', value: 40, than: 'mcp-repl' },
    ]),
    findingOf('an agent’s call that prints 100,000 lines', 'ms', lines, [
      { kind: 'at most times', value: 0.2, of: 'mcp-repl' },
    ]),
    findingOf('an agent’s call after one that crashed', 'ms', crashes, [
      { kind: 'at most', value: 150 },
      { kind: 'holds', words: 'all names are there', isMet: isThere },
    ]),
  ];
}

async function rested(server: Opened, times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    samples.push(...(await timed(1, () => server.run(NOTHING))));
  }
  return samples;
}

/** How long it takes from the crash to the end of the next call. */
async function crashed(server: Opened): Promise<number[]> {
  return timed(1, async () => {
    await server.run(CRASH);
    await server.run(NOTHING);
  });
}

async function started(contestant: Contestant): Promise<number[]> {
  const begin = performance.now();
  const server = await open(contestant);
  try {
    await server.run(NOTHING);
    return [performance.now() - begin];
  } finally {
    await server.close();
  }
}

async function withOpened<Result>(
  contestant: Contestant,
  use: (server: Opened) => Promise<Result>,
): Promise<Result> {
  const server = await open(contestant);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

async function open({ command, words, env, call }: Contestant): Promise<Opened> {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const given = Object.entries(env).filter((each): each is [string, string] => each[1] !== undefined);
  await client.connect(
    new StdioClientTransport({ command, args: words, env: Object.fromEntries(given), stderr: 'ignore' }),
  );
  return {
    run: async (code) => {
      const { content } = await client.callTool(call(code));
      return (content as { text?: string }[]).map(({ text }) => text ?? '').join('');
    },
    close: () => client.close(),
  };
}

function oursOf({ python, env, server }: Bench, home: string): Contestant {
  return {
    command: process.execPath,
    words: [server, 'mcp', '--python', python],
    env: { ...env, PYREPL3_HOME: home },
    call: (code) => ({ name: 'python', arguments: { code } }),
  };
}

/** It takes the first Python on the path; without its sandbox, which not every machine has. */
function otherOf({ python, env, mcpRepl }: Bench): Contestant | null {
  return mcpRepl === null
    ? null
    : {
        command: join(mcpRepl, 'bin', 'mcp-repl'),
        words: ['--interpreter', 'python', '--sandbox', 'danger-full-access'],
        env: { ...env, PATH: [dirname(python), env.PATH].join(delimiter) },
        call: (input) => ({ name: 'repl', arguments: { input } }),
      };
}
