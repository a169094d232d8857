/** The tools that look: what names stand for, what is inside of a value, and how something is called. */

import type { Session, Variable, Variables, VariablesOptions } from '../../supervisor/session.ts';
import { counted } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';
import { boundedLine, boundedWords } from './bounds.ts';
import { type Answer, beside, SESSION, tool } from './tool.ts';

const USUAL_COUNT = 50;
const MOST_COUNT = 500;
/** Among so many parts of a value one is looked for. */
const MOST_PARTS = 10_000;
/** What values have not answered in this time is told without. */
const PATIENCE_MS = 5_000;

const RANGE = {
  first: { type: 'integer', minimum: 0, maximum: 2 ** 31, description: 'The first, from 0; 0 by default.' },
  count: {
    type: 'integer',
    minimum: 1,
    maximum: MOST_COUNT,
    description: `How many, ${USUAL_COUNT} by default.`,
  },
} as const;

const textOrNull = { type: ['string', 'null'] };
const VARIABLE = {
  type: 'object',
  properties: {
    ...{ name: { type: 'string' }, type: { type: 'string' }, text: { type: 'string' } },
    ...{ length: { type: ['integer', 'null'] }, size: { type: ['integer', 'null'] } },
    ...{ shape: { type: ['array', 'null'], items: { type: 'integer' } }, dtype: textOrNull },
    ...{ change: { ...textOrNull, description: 'What the last run did to it.' }, trouble: textOrNull },
  },
};

const LISTED = {
  state: { type: 'integer', description: 'The state whose values these are.' },
  count: { type: 'integer', description: 'How many there are in all.' },
  whole: { type: 'boolean', description: 'Whether all values have answered in time.' },
};

const variables = tool({
  name: 'variables',
  title: 'List the names',
  description:
    'List the names of the session: type, shape, size, a short text, and what the last run changed. It looks at a ' +
    'copy, so it costs the session nothing; while a run goes on these are the values of before.',
  fields: {
    ...RANGE,
    state: { type: 'integer', minimum: 0, maximum: 2 ** 31, description: 'Another state, by its number.' },
    ...SESSION,
  },
  output: { ...LISTED, variables: { type: 'array', items: VARIABLE } },
  isReadOnly: true,
  answer: ({ first, count = USUAL_COUNT, state, session }, call) =>
    beside(session, call, async (agent) => {
      const given = {
        ...(state !== undefined && { state }),
        ...(first !== undefined && { first }),
        most: count,
      };
      const found = await look(agent.session, given, call.signal);
      const rows = found.variables.map(rowOf);
      const head = rows.length === 0 ? 'There are no names.' : '';
      return { text: linesOf(found, first ?? 0, head), data: { ...listed(found), variables: rows } };
    }),
});

const inspect = tool({
  name: 'inspect',
  title: 'Look into a value',
  description:
    'Look into one value and list its parts; of what can be called tell the signature and the first line of its ' +
    'documentation. It looks at a copy, and runs no code in the session.',
  fields: {
    name: {
      type: 'string',
      required: true,
      pattern: '\\S',
      description: 'A name, or a part as inspect lists it: data, data[0], config["a"].b, json.loads.',
    },
    ...RANGE,
    ...SESSION,
  },
  output: {
    ...LISTED,
    value: { ...VARIABLE, type: ['object', 'null'] },
    parts: { type: 'array', items: VARIABLE },
    signature: textOrNull,
    summary: textOrNull,
  },
  isReadOnly: true,
  answer: ({ name, first = 0, count = USUAL_COUNT, session }, call) =>
    beside(session, call, (agent) =>
      inspected(agent.session, name.trim(), { first, count, signal: call.signal }),
    ),
});

export const LOOKING_TOOLS = [variables, inspect];

interface Range {
  first: number;
  count: number;
  signal: AbortSignal;
}

async function inspected(session: Session, name: string, { first, count, signal }: Range): Promise<Answer> {
  const found = await find(session, name, signal);
  const call = await described(session, name);
  if (!found && !call) {
    throw new Error(`There is no ${name} to look into; the tool variables lists the names.`);
  }
  const parts = found?.variable.inside
    ? await look(session, { path: found.path, first, most: count }, signal)
    : { state: session.state.id, count: 0, isWhole: true, variables: [] };
  const lines = [
    found ? lineOf(found.variable) : name,
    ...(call ? [call.signature ?? '', call.summary ?? ''] : []),
    linesOf(parts, first, ''),
  ];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    data: {
      ...listed(parts),
      value: found ? rowOf(found.variable) : null,
      parts: parts.variables.map(rowOf),
      ...{ signature: call?.signature ?? null, summary: call?.summary ?? null },
    },
  };
}

interface Found {
  path: (string | number)[];
  variable: Variable;
}

/** Follow a way such as `data["a"][0].b` part by part; `null` where it leads to nothing that is listed. */
async function find(session: Session, name: string, signal: AbortSignal): Promise<Found | null> {
  const names = await look(session, { most: MOST_PARTS }, signal);
  let rest = requoted(name);
  let found: Found | null = null;
  for (let listing = names; ; ) {
    // The longest that fits: `.ab` is not `.a` and a rest.
    const fitting = listing.variables.filter((each) => begins(rest, each.name));
    const variable = fitting.sort((one, other) => other.name.length - one.name.length)[0];
    if (!variable) {
      return null;
    }
    const index = listing.variables.indexOf(variable);
    found = { path: found ? [...found.path, index] : [variable.name], variable };
    rest = rest.slice(variable.name.length);
    if (rest === '') {
      return found;
    }
    listing = await look(session, { path: found.path, most: MOST_PARTS }, signal);
  }
}

/** Whether a way begins with a whole name or part. */
function begins(way: string, part: string): boolean {
  return way.startsWith(part) && /^(?:$|[.[])/.test(way.slice(part.length));
}

/** Keys are listed as Python writes them, mostly in single quotes. */
function requoted(name: string): string {
  return name.replace(/\["([^"'\\]*)"\]/g, "['$1']");
}

/** The signature of what can be called; `null` where it cannot be, and while a run goes on, which would have to be over. */
async function described(session: Session, name: string) {
  if (session.status.kind !== 'idle') {
    return null;
  }
  const code = `${name}(`;
  const { signature, summary } = await session.describe(code, code.length);
  return signature === null && summary === null
    ? null
    : { signature: signature && boundedWords(signature), summary: summary && boundedLine(summary) };
}

/** What is known when the values have answered, or when the time for that is up. */
async function look(session: Session, given: VariablesOptions, signal: AbortSignal): Promise<Variables> {
  let early: Variables | null = null;
  const enough = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await session.variables({
      ...given,
      signal: enough,
      soon: (listing) => {
        early = listing;
      },
    });
  } catch (error) {
    if (early) {
      return early;
    }
    throw error;
  }
}

type Listing = Pick<Variables, 'state' | 'count' | 'isWhole' | 'variables'>;

function listed({ state, count, isWhole }: Listing) {
  return { state, count, whole: isWhole };
}

function linesOf({ variables: shown, count, isWhole }: Listing, first: number, none: string): string {
  const more = count - first - shown.length;
  const lines = [
    ...(shown.length === 0 ? [none] : shown.map(lineOf)),
    ...(more > 0 ? [`… and ${more} more from ${first + shown.length} on`] : []),
    ...(isWhole ? [] : ['Some values did not answer in time.']),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** `x: list, 3 items, 120 B: [1, 2, 3] (changed)`. */
function lineOf(variable: Variable): string {
  const { length, shape, size, change } = variable;
  const { name, type, dtype, text, trouble } = wordsOf(variable);
  const about = [
    type,
    dtype ?? '',
    shape ? shape.join(' × ') : length === null ? '' : counted(length, 'item'),
    size === null ? '' : sizeText(size),
  ];
  const words = `${plain(name)}: ${about.filter(Boolean).join(', ')}`;
  const value = text === '' ? '' : ` = ${plain(text)}`;
  return `${words}${value}${change ? ` (${change})` : ''}${trouble ? ` (${plain(trouble)})` : ''}`;
}

/** What the program has given it, in bounded length. */
function wordsOf({ name, type, dtype, text, trouble }: Variable) {
  return {
    name: boundedLine(name),
    type: boundedLine(type),
    dtype: dtype && boundedLine(dtype),
    text: boundedLine(text),
    trouble: trouble && boundedLine(trouble),
  };
}

function rowOf(variable: Variable) {
  const { length, shape, size, change } = variable;
  const { name, type, dtype, text, trouble } = wordsOf(variable);
  return { name, type, length, shape, dtype, size, text, change, trouble };
}
