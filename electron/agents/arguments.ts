/** What `pyrepl3 mcp …` asks for. */

import { readWords } from '../cli/options.ts';

export type Task = { kind: 'help' } | { kind: 'serve'; python: string | undefined; resume: boolean };

const OPTIONS = {
  python: { type: 'string' },
  resume: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const USAGE = `Python sessions for agents, by the Model Context Protocol on standard input and output.

  pyrepl3 mcp            serve until standard input ends

Options
  --python PATH  the interpreter (else that of VIRTUAL_ENV, else python3)
  --resume       go on with the sessions that an earlier server has saved in this folder
  --help         this text

Code runs with your rights: it can do whatever you can.
`;

/** Understand the words behind `mcp`; throws an Error that says in one line what is wrong with them. */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = readWords(words, OPTIONS);
  if (values.help) {
    return { kind: 'help' };
  }
  if (positionals.length > 0) {
    throw new Error(`mcp takes no ${positionals[0]}; pyrepl3 mcp --help tells what there is.`);
  }
  return { kind: 'serve', python: values.python as string | undefined, resume: values.resume === true };
}
