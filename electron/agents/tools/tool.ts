/** What every tool is: what it says of itself, and what it does. */

import type { AgentSession } from '../sessions/agent-session.ts';
import { type NamedSessions, USUAL_NAME } from '../sessions/named-sessions.ts';
import { boundedLines } from './bounds.ts';
import { checked, type Fields, type Given, schemaOf } from './fields.ts';

/** What a tool answers. */
export interface Answer {
  /** For the model. */
  text: string;
  /** The same for programs, as the tool's output schema says. */
  data: Record<string, unknown>;
  /** Whether what was asked for has failed: in the user's code too. */
  failed?: boolean;
}

/** What a call has beside its arguments. */
export interface Call {
  sessions: NamedSessions;
  /** Aborted when the client cancels the call. */
  signal: AbortSignal;
  /** Tells the client how far it is, where it wants to hear that. */
  progress: ((seconds: number, line: string) => void) | undefined;
}

interface Definition<Known extends Fields> {
  name: string;
  title: string;
  description: string;
  fields: Known;
  /** The properties of the result; all of them are always there. */
  output: Record<string, object>;
  /** Whether it changes nothing. */
  isReadOnly?: boolean;
  answer(given: Given<Known>, call: Call): Promise<Answer>;
}

export interface Tool {
  readonly name: string;
  readonly listing: object;
  /** Throws the error of the protocol where the arguments are wrong, and an Error with words where it cannot be done. */
  call(given: unknown, call: Call): Promise<Answer>;
}

export function tool<const Known extends Fields>(definition: Definition<Known>): Tool {
  const { name, title, description, fields, isReadOnly = false, answer } = definition;
  const output = { ...definition.output, notes: NOTES };
  return {
    name,
    listing: {
      name,
      title,
      description,
      inputSchema: schemaOf(fields),
      outputSchema: { type: 'object', properties: output, required: Object.keys(output) },
      annotations: { title, readOnlyHint: isReadOnly, openWorldHint: !isReadOnly },
    },
    call: async (given, call) => answer(checked(name, fields, given), call),
  };
}

const NOTES = { type: 'array', items: { type: 'string' }, description: 'What else is to be known.' };

/** The session that a call is for. */
export const SESSION = {
  session: {
    type: 'string',
    pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$',
    description: `The session’s name, "${USUAL_NAME}" by default; one that is not open is opened.`,
  },
} as const;

/** Do something in the session that is meant, after what was asked of it before; what is to be said comes first. */
export async function within(
  name: string | undefined,
  { sessions, signal }: Call,
  work: (agent: AgentSession) => Promise<Answer>,
): Promise<Answer> {
  const agent = await sessions.get(name ?? USUAL_NAME);
  return remarked(agent, await agent.inTurn(signal, () => work(agent)));
}

/** The same at once, beside what goes on. */
export async function beside(
  name: string | undefined,
  { sessions }: Call,
  work: (agent: AgentSession) => Promise<Answer>,
): Promise<Answer> {
  const agent = await sessions.get(name ?? USUAL_NAME);
  return remarked(agent, await work(agent));
}

function remarked(agent: AgentSession, answer: Answer): Answer {
  const notes = boundedLines(agent.remarks());
  const lines = notes.map((note) => `· ${note}`);
  return { ...answer, text: [...lines, answer.text].join('\n'), data: { ...answer.data, notes } };
}
