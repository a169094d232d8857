/** The tools that go from state to state: undo, redo, goto, and the tree that they go by. */

import { isReachable } from '../../contract/state-tree.ts';
import { outsideOf, runsOf, statesLeft } from '../../repl/messages/state-path.ts';
import { runsNamed } from '../../repl/messages/wording.ts';
import type { Move, Session, State } from '../../supervisor/session.ts';
import { firstLine, shortened } from '../../wording/plain-text.ts';
import type { AgentSession } from '../sessions/agent-session.ts';
import { boundedLine, boundedLines } from './bounds.ts';
import { type Answer, beside, SESSION, tool, within } from './tool.ts';

const MOST_STEPS = 1_000;
const USUAL_STATES = 20;
const MOST_STATES = 200;
const CODE_CHARACTERS = 80;

const STEPS = {
  steps: { type: 'integer', minimum: 1, maximum: MOST_STEPS, description: 'How many runs, 1 by default.' },
} as const;

const MOVED = {
  state: { type: 'integer', description: 'The state that the session is in now.' },
  runs: { type: 'array', items: { type: 'integer' }, description: 'The runs that are taken back.' },
  outside: {
    type: 'array',
    items: { type: 'string' },
    description: 'What those did outside of the process, which is not taken back.',
  },
};

const undo = tool({
  name: 'undo',
  title: 'Take runs back',
  description:
    'Take runs back, whatever they changed: values in place, modules, generators, memory of C code.',
  fields: { ...STEPS, ...SESSION },
  output: MOVED,
  answer: ({ steps, session }, call) =>
    within(session, call, (agent) => move(agent, () => agent.session.undo(steps))),
});

const redo = tool({
  name: 'redo',
  title: 'Take undos back',
  description: 'Go forward again, to where the session was before an undo.',
  fields: { ...STEPS, ...SESSION },
  output: MOVED,
  answer: ({ steps, session }, call) =>
    within(session, call, (agent) => move(agent, () => agent.session.redo(steps))),
});

const goTo = tool({
  name: 'goto',
  title: 'Go to a state',
  description:
    'Go to any state that states lists; what runs from there is a branch of its own, and nothing is lost.',
  fields: {
    state: { type: 'string', required: true, pattern: '\\S', description: 'Its number or its name.' },
    ...SESSION,
  },
  output: MOVED,
  answer: ({ state, session }, call) =>
    within(session, call, (agent) => move(agent, () => agent.session.goTo(state))),
});

const name = tool({
  name: 'name_state',
  title: 'Name this state',
  description: 'Name the state that the session is in, so that goto finds it and it is kept longest.',
  fields: {
    name: { type: 'string', required: true, pattern: '\\S', description: 'A word or some.' },
    ...SESSION,
  },
  output: { state: { type: 'integer' } },
  answer: ({ name: words, session }, call) =>
    within(session, call, async (agent) => {
      const { id } = await agent.session.name(words);
      return { text: `State ${id} is named ${boundedLine(words)}.`, data: { state: id } };
    }),
});

const states = tool({
  name: 'states',
  title: 'List the states',
  description:
    'List where the session has been: each run led to a state, and those that are kept can be gone to.',
  fields: {
    count: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_STATES,
      description: `How many of the newest, ${USUAL_STATES} by default.`,
    },
    ...SESSION,
  },
  output: {
    current: { type: 'integer' },
    states: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...{
            id: { type: 'integer' },
            parent: { type: ['integer', 'null'] },
            name: { type: ['string', 'null'] },
          },
          ...{
            code: { type: 'string' },
            outcome: { type: ['string', 'null'] },
            reachable: { type: 'boolean' },
          },
        },
      },
    },
    earlier: { type: 'integer', description: 'How many older ones there are.' },
  },
  isReadOnly: true,
  answer: ({ count = USUAL_STATES, session }, call) =>
    beside(session, call, async (agent) => listing(agent.session, count)),
});

export const MOVE_TOOLS = [undo, redo, goTo, name, states];

async function move({ session }: AgentSession, go: () => Promise<Move>): Promise<Answer> {
  const from = session.state.id;
  const { state, notes } = await go();
  const left = statesLeft(session.states, from, state.id);
  const runs = runsOf(left);
  const outside = boundedLines(outsideOf(left));
  const lines = [
    `Now in state ${state.id}${runs.length > 0 ? `; ${runsNamed(runs)} taken back` : ''}.`,
    ...(outside.length > 0 ? [`Not taken back: ${outside.join(', ')}.`] : []),
    ...boundedLines(notes).map((note) => `Not brought back: ${note}.`),
  ];
  return { text: lines.join('\n'), data: { state: state.id, runs, outside } };
}

function listing({ states: all, state: current }: Session, count: number): Answer {
  const shown = all.slice(-count);
  const earlier = all.length - shown.length;
  const rows = shown.map((each) => stateRow(each));
  const lines = rows.map(({ id, parent, name: called, code, outcome, reachable }) =>
    [
      `${id === current.id ? '→' : ' '} ${id}`,
      parent === null || parent === id - 1 ? '' : `(from ${parent})`,
      called === null ? '' : `“${called}”`,
      code,
      outcome === 'ok' || outcome === null ? '' : `[${outcome}]`,
      reachable ? '' : '[not kept]',
    ]
      .filter(Boolean)
      .join(' '),
  );
  const head = earlier > 0 ? [`${earlier} older states are not listed`] : [];
  return { text: [...head, ...lines].join('\n'), data: { current: current.id, states: rows, earlier } };
}

function stateRow(state: State) {
  const { id, parent, run, code, outcome } = state;
  const called = state.name && boundedLine(state.name);
  const line = run === null ? 'the start' : shortened(firstLine(code), CODE_CHARACTERS);
  return { id, parent, name: called, code: line, outcome, reachable: isReachable(state) };
}
