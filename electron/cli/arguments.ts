/** What the command line asks for. */

import { parseArgs } from 'node:util';
import { type CheckpointTask, isCheckpointWord, parseCheckpointTask } from './checkpoint-tool-arguments.ts';
import { readWords } from './options.ts';

export type Task =
  | { kind: 'help' }
  | { kind: 'version' }
  /** No word said what to do: the window, or batch where standard input is no terminal. */
  | ({ kind: 'start' } & Shared)
  | ({ kind: 'console'; file: string | null } & Shared)
  | ({ kind: 'run'; file: string; argv: string[] } & Shared)
  | CheckpointTask;

export interface Shared {
  python: string | undefined;
  keepGoing: boolean;
  answers: string | null;
  /** The saved session to begin with; none where it is absent. */
  restore: string | undefined;
}

const OPTIONS = {
  python: { type: 'string' },
  'keep-going': { type: 'boolean' },
  answers: { type: 'string' },
  restore: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** Understand the arguments; throws an Error that says in one line what is wrong with them. */
export function parseArguments(words: readonly string[]): Task {
  if (isCheckpointWord(words[0])) {
    return parseCheckpointTask(words);
  }
  const [own, scripts] = divided(words);
  const { values, positionals } = readWords(own, OPTIONS);
  if (values.help) {
    return { kind: 'help' };
  }
  if (values.version) {
    return { kind: 'version' };
  }
  const shared: Shared = {
    python: values.python as string | undefined,
    keepGoing: values['keep-going'] === true,
    answers: (values.answers as string | undefined) ?? null,
    restore: values.restore as string | undefined,
  };
  const named = taskOf(positionals);
  return named.kind === 'run'
    ? { ...named, argv: [named.file, ...scripts], ...shared }
    : { ...named, ...shared };
}

/** What is ours to understand, and what follows the file that is run: that is the script's, whatever it looks like. */
function divided(words: readonly string[]): [own: readonly string[], scripts: readonly string[]] {
  const { tokens } = parseArgs({ args: [...words], options: OPTIONS, strict: false, tokens: true });
  const [name, file] = tokens.filter((token) => token.kind === 'positional');
  const end = name?.value === 'run' && file ? file.index + 1 : words.length;
  return [words.slice(0, end), words.slice(end)];
}

type Named = { kind: 'start' } | { kind: 'console'; file: string | null } | { kind: 'run'; file: string };

function taskOf([name, file, ...more]: string[]): Named {
  if (more.length > 0) {
    throw new Error(`one file at a time: ${more[0]} is one too many.`);
  }
  if (name === undefined) {
    return { kind: 'start' };
  }
  if (name === 'console') {
    return { kind: 'console', file: file ?? null };
  }
  if (name !== 'run') {
    const hint = name.endsWith('.py') ? `: pyrepl3 run ${name}, or pyrepl3 console ${name}?` : '.';
    throw new Error(`there is no ${name} to do${hint} pyrepl3 --help tells what there is.`);
  }
  if (file === undefined) {
    throw new Error('run needs a file: pyrepl3 run FILE.');
  }
  return { kind: 'run', file };
}
