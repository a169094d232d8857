/** The commands that begin with `%`, at the prompt and in scripts. Completion and help come from this table. */

import type { Session } from '../supervisor/session.ts';
import { helpText } from './help.ts';
import { readScript } from './script.ts';
import { closest } from './spelling.ts';

/** What a command works on. */
export interface Place {
  session: Session;
  /** The code that was run, oldest first. */
  entries: readonly string[];
  /** Show lines to the user. */
  say(text: string): void;
  /** Tell the user in one line why a command was not done. */
  refuse(words: string): void;
  clearScreen(): void;
  restart(): Promise<void>;
  /** Run a file's code and tell whether it failed. */
  runFile(file: string, code: string): Promise<boolean>;
}

export interface Command {
  name: string;
  /** What follows the name, as help shows it; empty where nothing does. */
  argument: string;
  summary: string;
  /** Resolves with whether it worked; throws an Error with words for the user. */
  run(place: Place, argument: string): Promise<boolean> | boolean;
}

const HISTORY_SHOWN = 20;

export const COMMANDS: readonly Command[] = [
  {
    name: 'help',
    argument: '',
    summary: 'this list',
    run: (place) => {
      place.say(helpText(COMMANDS));
      return true;
    },
  },
  {
    name: 'restart',
    argument: '',
    summary: 'start Python again, with no names',
    run: async (place) => {
      await place.restart();
      return true;
    },
  },
  {
    name: 'clear',
    argument: '',
    summary: 'clear the screen',
    run: (place) => {
      place.clearScreen();
      return true;
    },
  },
  {
    name: 'history',
    argument: '[n]',
    summary: `the last ${HISTORY_SHOWN} entries, or n`,
    run: (place, argument) => {
      showHistory(place, argument);
      return true;
    },
  },
  {
    name: 'run',
    argument: 'FILE',
    summary: 'run a file in this session',
    run: runFile,
  },
];

/** Run a line that begins with `%`; resolves with whether it worked. */
export async function runCommand(line: string, place: Place, commands = COMMANDS): Promise<boolean> {
  const [, name = '', argument = ''] = /^%\s*(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (!command) {
      throw new Error(unknownCommand(name, commands));
    }
    if (argument !== '' && command.argument === '') {
      throw new Error(`%${name} takes no argument.`);
    }
    return await command.run(place, argument);
  } catch (error) {
    place.refuse(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** What can stand at the end of `%…`. */
export function completeCommand(text: string, commands = COMMANDS): string[] {
  return commands.map((command) => `%${command.name}`).filter((name) => name.startsWith(text));
}

function unknownCommand(name: string, commands: readonly Command[]): string {
  const nearest = closest(
    name,
    commands.map((command) => command.name),
  );
  return `There is no command %${name}. ${nearest ? `Did you mean %${nearest}?` : '%help lists them.'}`;
}

function showHistory(place: Place, argument: string): void {
  const count = argument === '' ? HISTORY_SHOWN : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`%history takes a number from 1, not ${argument}.`);
  }
  const shown = place.entries.slice(-count);
  place.say(shown.length > 0 ? shown.join('\n') : '· There is no history yet.');
}

async function runFile(place: Place, argument: string): Promise<boolean> {
  if (argument === '') {
    throw new Error('%run needs a file: %run FILE.');
  }
  const file = argument.replace(/^(["'])(.*)\1$/, '$2');
  return place.runFile(file, readScript(file));
}
