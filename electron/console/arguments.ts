/** What the command line asks for. */

import { parseArgs } from 'node:util';
import { closest } from './spelling.ts';

export type Task =
  | { kind: 'help' }
  | { kind: 'version' }
  /** No word said what to do: the window, or batch where standard input is no terminal. */
  | ({ kind: 'start' } & Shared)
  | ({ kind: 'console'; file: string | null } & Shared)
  | ({ kind: 'run'; file: string } & Shared);

export interface Shared {
  python: string | undefined;
  keepGoing: boolean;
  answers: string | null;
}

const OPTIONS = {
  python: { type: 'string' },
  'keep-going': { type: 'boolean' },
  answers: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** Understand the arguments; throws an Error that says in one line what is wrong with them. */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') {
      checkOption(token);
    }
  }
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
  };
  return { ...taskOf(positionals), ...shared };
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

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
}

function checkOption({ name, rawName, value }: OptionToken): void {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : undefined;
  if (!option) {
    const nearest = closest(name, Object.keys(OPTIONS));
    const hint = nearest ? `Did you mean --${nearest}?` : 'pyrepl3 --help lists them.';
    throw new Error(`there is no option ${rawName}. ${hint}`);
  }
  if (option.type === 'string' && (value === undefined || value === '')) {
    throw new Error(`${rawName} needs a path.`);
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new Error(`${rawName} takes no value.`);
  }
}
