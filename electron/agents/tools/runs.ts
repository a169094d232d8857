/** The tools that run code, and that go on with a run which outlasts its call. */

import type { Policy } from '../../supervisor/session.ts';
import type { AgentSession, Patience, Report } from '../sessions/agent-session.ts';
import { RUN_OUTPUT, runAnswer } from './run-answer.ts';
import { type Answer, beside, type Call, SESSION, tool, within } from './tool.ts';

const USUAL_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 3_600_000;
/** An interrupt answers mostly at once; a run that ignores it is told of after so long. */
const STOP_TIMEOUT_MS = 5_000;
/** So much of earlier output is read at once, in characters. */
const SLICE_CHARACTERS = 16_000;

const TIMEOUT = {
  timeout_ms: {
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_TIMEOUT_MS,
    description: `How long to wait, ${USUAL_TIMEOUT_MS} by default; the run goes on behind that.`,
  },
} as const;

const CODE = {
  code: { type: 'string', required: true, description: 'Python code, of any number of lines.' },
} as const;

const python = tool({
  name: 'python',
  title: 'Run Python',
  description:
    'Run code in a Python that stays: names, imports and open files are there in the next call. The value of a last ' +
    'expression is shown. A crash or a kill costs this run only, and undo takes any run back. `await` works at the top.',
  fields: {
    ...CODE,
    ...SESSION,
    ...TIMEOUT,
    policy: {
      type: 'string',
      choices: ['keep', 'drop_if_failed'],
      description:
        'keep (default): what it did stays, as in every REPL; drop_if_failed: not after an exception.',
    },
  },
  output: RUN_OUTPUT,
  answer: ({ code, session, policy, timeout_ms }, call) =>
    run(code, policy === 'drop_if_failed' ? 'rollback_on_failure' : 'commit_always', session, {
      call,
      timeout: timeout_ms,
    }),
});

const dryRun = tool({
  name: 'dry_run',
  title: 'Try code out',
  description:
    'Run code, tell what it printed and which names it would change, and take all of it back. What leaves the process ' +
    '(files, the network, child processes) is not taken back, and told.',
  fields: { ...CODE, ...SESSION, ...TIMEOUT },
  output: RUN_OUTPUT,
  answer: ({ code, session, timeout_ms }, call) =>
    run(code, 'rollback_always', session, { call, timeout: timeout_ms }),
});

const waitFor = tool({
  name: 'wait',
  title: 'Wait for a run',
  description: 'Wait for the run that outlasted its call, and tell all that it has printed so far.',
  fields: { ...SESSION, ...TIMEOUT },
  output: RUN_OUTPUT,
  isReadOnly: true,
  answer: ({ session, timeout_ms }, call) =>
    beside(session, call, async (agent) => told(agent, await agent.wait(patience(call, timeout_ms)))),
});

const input = tool({
  name: 'input',
  title: 'Answer the program',
  description:
    'Answer input(), or type a line for a program that reads the terminal (pdb, a child process); then wait for the run.',
  fields: {
    text: { type: 'string', description: 'The line, without its end; end of file where it is absent.' },
    ...SESSION,
    ...TIMEOUT,
  },
  output: RUN_OUTPUT,
  answer: ({ text, session, timeout_ms }, call) =>
    beside(session, call, async (agent) => {
      agent.answer(text ?? null);
      return told(agent, await agent.wait(patience(call, timeout_ms)));
    }),
});

const interrupt = tool({
  name: 'interrupt',
  title: 'Stop a run',
  description:
    'Stop the run that goes on, as Ctrl-C does. With force its process is ended, and the state before it is back.',
  fields: {
    ...SESSION,
    force: { type: 'boolean', description: 'End the process: stops whatever ignores the interrupt.' },
  },
  output: RUN_OUTPUT,
  answer: ({ session, force = false }, call) =>
    beside(session, call, async (agent) =>
      told(agent, await agent.stop(force, { ...patience(call, STOP_TIMEOUT_MS), progress: undefined })),
    ),
});

const output = tool({
  name: 'output',
  title: 'Read output again',
  description: 'Read the lines of a run’s output that a result has left out.',
  fields: {
    run: { type: 'integer', minimum: 1, maximum: 2 ** 31, required: true, description: 'The run’s number.' },
    line: { type: 'integer', minimum: 1, maximum: 2 ** 31, description: 'The first line, 1 by default.' },
    ...SESSION,
  },
  output: {
    text: { type: 'string' },
    next: { type: ['integer', 'null'], description: 'The line to go on with; null at the end.' },
  },
  isReadOnly: true,
  answer: ({ run: number, line = 1, session }, call) =>
    beside(session, call, (agent) => earlier(agent, number, line)),
});

export const RUN_TOOLS = [python, dryRun, waitFor, input, interrupt, output];

function run(
  code: string,
  policy: Policy,
  session: string | undefined,
  { call, timeout }: { call: Call; timeout: number | undefined },
): Promise<Answer> {
  return within(session, call, async (agent) =>
    told(agent, await agent.run(code, policy, patience(call, timeout))),
  );
}

async function earlier(agent: AgentSession, run: number, line: number): Promise<Answer> {
  const slice = await agent.transcript.lines(run, line, SLICE_CHARACTERS);
  if (!slice) {
    throw new Error(`The output of a run ${run} is not kept in the session ${agent.name}.`);
  }
  const { text, next } = slice;
  const more = next === null ? '' : `\n… the tool output with run ${run} and line ${next} reads on`;
  return { text: `${text.trimEnd()}${more}`, data: { text, next } };
}

function told(agent: AgentSession, report: Report): Answer {
  return runAnswer(report, agent.transcript.path);
}

function patience({ signal, progress }: Call, timeout = USUAL_TIMEOUT_MS): Patience {
  return { timeout, signal, progress };
}
