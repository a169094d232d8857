/** The tools for sessions on the disk, and the one that begins again. */

import { type Checkpoint, isDamaged } from '../../contract/checkpoints.ts';
import { takeOverName, unsavedOf } from '../../repl/actions/save.ts';
import { namesIn, savedWords } from '../../repl/messages/checkpoint-notes.ts';
import { checkName } from '../../supervisor/store/finding.ts';
import type { Wanted } from '../../supervisor/store/store.ts';
import { sizeText } from '../../wording/sizes.ts';
import { whenText } from '../../wording/times.ts';
import type { AgentSession } from '../sessions/agent-session.ts';
import { restorationLines } from '../sessions/saved-session.ts';
import { boundedLines } from './bounds.ts';
import { type Answer, type Call, SESSION, tool, within } from './tool.ts';

const USUAL_COUNT = 20;
const MOST_COUNT = 200;

const save = tool({
  name: 'save',
  title: 'Save the session',
  description:
    'Save all names to the disk while the session goes on. It is saved by itself too: a name makes it easy to find.',
  fields: {
    name: {
      type: 'string',
      pattern: '\\S',
      description: 'What to call it; the session’s own name by default.',
    },
    ...SESSION,
  },
  output: {
    checkpoint: { type: 'string', description: 'Its id.' },
    name: { type: ['string', 'null'] },
    unsaved: { type: 'array', items: { type: 'string' }, description: 'What is not in it, and why.' },
  },
  answer: ({ name, session }, call) =>
    within(session, call, (agent) => saved(agent, call, checkName(name ?? agent.name))),
});

const restore = tool({
  name: 'restore',
  title: 'Go on with a saved session',
  description:
    'Bring a saved session back in the place of this one, and tell what does not come back; undo takes it back.',
  fields: {
    checkpoint: {
      type: 'string',
      pattern: '\\S',
      description: 'Its name or id; by default what an earlier server has saved by this session’s name.',
    },
    ...SESSION,
  },
  output: { checkpoint: { type: 'string' }, names: { type: 'integer', description: 'How many are back.' } },
  answer: ({ checkpoint, session }, call) =>
    within(session, call, async (agent) => restored(agent, checkpoint ?? (await earlier(agent, call)))),
});

const checkpoints = tool({
  name: 'checkpoints',
  title: 'List saved sessions',
  description: 'List the saved sessions of this user, the newest first.',
  fields: {
    count: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_COUNT,
      description: `How many, ${USUAL_COUNT} by default.`,
    },
  },
  output: {
    checkpoints: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...{ id: { type: 'string' }, name: { type: ['string', 'null'] }, at: { type: 'string' } },
          ...{ folder: { type: 'string' }, names: { type: 'string' }, bytes: { type: 'integer' } },
        },
      },
    },
    more: { type: 'integer' },
  },
  isReadOnly: true,
  answer: async ({ count = USUAL_COUNT }, { sessions }) => {
    const usable = (await sessions.store.list()).filter((each): each is Checkpoint => !isDamaged(each));
    return listing(usable.slice(0, count), Math.max(0, usable.length - count));
  },
});

const reset = tool({
  name: 'reset',
  title: 'Begin again',
  description:
    'Restart Python without names, also where a run goes on; goto leads back to the states before.',
  fields: SESSION,
  output: { state: { type: 'integer' } },
  answer: async ({ session }, { sessions }) => {
    const agent = await sessions.get(session ?? 'main');
    await agent.session.restart();
    const { id } = agent.session.state;
    return {
      text: `Python is as at its start, in state ${id}.`,
      data: { state: id, notes: agent.remarks() },
    };
  },
});

export const SAVED_TOOLS = [save, restore, checkpoints, reset];

async function saved(
  { session }: AgentSession,
  { sessions: { store } }: Call,
  name: string,
): Promise<Answer> {
  const checkpoint = await session.checkpoints.save({ name }).done;
  const unsaved = boundedLines(await unsavedOf(store, checkpoint));
  await takeOverName(store, checkpoint);
  return {
    text: [`${savedWords(checkpoint, Date.now())} (${checkpoint.id})`, ...unsaved].join('\n'),
    data: { checkpoint: checkpoint.id, name: checkpoint.name, unsaved },
  };
}

async function restored({ session }: AgentSession, wanted: Wanted): Promise<Answer> {
  const restoration = await session.checkpoints.restore(wanted);
  const { checkpoint, names } = restoration;
  const back = names.filter(({ name, how }) => how !== 'unsaved' && !name.startsWith(':'));
  return {
    text: boundedLines(restorationLines(restoration)).join('\n'),
    data: { checkpoint: checkpoint.id, names: back.length },
  };
}

/** What an earlier server has left by this session's name; throws where there is nothing. */
async function earlier({ name }: AgentSession, { sessions: { store, folder } }: Call): Promise<Wanted> {
  const checkpoint = await store.leftBy(name, folder);
  if (!checkpoint) {
    throw new Error(
      `No earlier server has left a session ${name} in ${folder}; the tool checkpoints lists what is saved.`,
    );
  }
  return { id: checkpoint.id };
}

function listing(shown: readonly Checkpoint[], more: number): Answer {
  const now = Date.now();
  const lines = shown.map(
    (each) =>
      `${each.id}  ${each.name ?? '(by itself)'}  ${whenText(each.at, now)}  ${namesIn(each)}, ${sizeText(each.size)}  ${each.folder}`,
  );
  const rows = shown.map((each) => ({
    ...{ id: each.id, name: each.name, at: new Date(each.at).toISOString() },
    ...{ folder: each.folder, names: namesIn(each), bytes: each.size },
  }));
  const rest = more > 0 ? [`and ${more} more`] : [];
  const text = lines.length === 0 ? 'No session is saved.' : [...lines, ...rest].join('\n');
  return { text, data: { checkpoints: rows, more, notes: [] } };
}
