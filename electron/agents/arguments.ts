/** What `pyrepl3 mcp …` asks for. */

import { readWords } from '../cli/options.ts';
import { closest } from '../supervisor/platform/spelling.ts';
import { enumerated } from '../wording/counts.ts';
import { CLIENTS, type Client } from './clients.ts';

export type Task =
  | { kind: 'help' }
  | ({ kind: 'serve' } & Served)
  /** Write the entry for a client, or print it where none is named. */
  | ({ kind: 'install'; client: Client | null; yes: boolean } & Served);

/** How a server is started. */
export interface Served {
  python: string | undefined;
  resume: boolean;
}

const OPTIONS = {
  python: { type: 'string' },
  resume: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const USAGE = `Python sessions for agents, by the Model Context Protocol on standard input and output.

  pyrepl3 mcp                   serve until standard input ends
  pyrepl3 mcp install           print the entry that a client wants
  pyrepl3 mcp install CLIENT    write it, after a question, for one of
                                ${CLIENTS.join(', ')}

Options
  --python PATH  the interpreter (else that of VIRTUAL_ENV, else python3)
  --resume       go on with the sessions that an earlier server has saved in this folder
  --yes          install: without a question
  --help         this text

Code runs with your rights: it can do whatever you can.
`;

/** Understand the words behind `mcp`; throws an Error that says in one line what is wrong with them. */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = readWords(words, OPTIONS);
  if (values.help) {
    return { kind: 'help' };
  }
  const served: Served = {
    python: values.python as string | undefined,
    resume: values.resume === true,
  };
  const [word, client, ...more] = positionals;
  const stray = word === 'install' ? more[0] : word;
  if (stray !== undefined) {
    throw new Error(`mcp takes no ${stray}; pyrepl3 mcp --help tells what there is.`);
  }
  if (word === 'install') {
    return { kind: 'install', client: clientOf(client), yes: values.yes === true, ...served };
  }
  if (values.yes) {
    throw new Error('--yes has no meaning here; it is for install.');
  }
  return { kind: 'serve', ...served };
}

function clientOf(word: string | undefined): Client | null {
  const client = CLIENTS.find((each) => each === word);
  if (word !== undefined && client === undefined) {
    const nearest = closest(word, CLIENTS);
    const hint = nearest ? `did you mean ${nearest}?` : `there are ${enumerated(CLIENTS)}.`;
    throw new Error(`there is no client ${word}; ${hint}`);
  }
  return client ?? null;
}
