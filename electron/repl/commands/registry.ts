/** The commands that begin with `%`, at the prompt and in scripts. Completion and help come from this table. */

import type { Completed } from '../../contract/messages.ts';
import { closest } from '../../supervisor/platform/spelling.ts';
import { type ActionContext, perform } from '../actions/action-context.ts';
import { CHECKPOINT_COMMANDS } from './checkpoint-commands.ts';
import { type Command, type CompletionContext, countIn } from './command.ts';
import { DEATH_COMMANDS } from './death-commands.ts';
import { helpText } from './help.ts';
import { answerQuestion, questionIn } from './question.ts';
import { readScript } from './source-file.ts';
import { STATE_COMMANDS } from './state-commands.ts';
import { TRANSACTION_COMMANDS } from './transaction-commands.ts';
import { VARIABLE_COMMANDS } from './variable-commands.ts';

const HISTORY_SHOWN = 20;
const COMMAND = /^%\s*(\S*)\s*(.*?)\s*$/s;

export const COMMANDS: readonly Command[] = [
  {
    name: 'help',
    argument: '',
    summary: 'this list',
    run: (context) => {
      context.say(helpText(COMMANDS, context.columns));
      return true;
    },
  },
  ...VARIABLE_COMMANDS,
  ...STATE_COMMANDS,
  ...TRANSACTION_COMMANDS,
  ...CHECKPOINT_COMMANDS,
  ...DEATH_COMMANDS,
  {
    name: 'restart',
    argument: '',
    summary: 'start Python again, with no names',
    run: async (context) => {
      await context.restart();
      return true;
    },
  },
  {
    name: 'clear',
    argument: '',
    summary: 'clear the screen',
    run: (context) => {
      context.clearScreen();
      return true;
    },
  },
  {
    name: 'history',
    argument: '[n]',
    summary: `the last ${HISTORY_SHOWN} entries, or n`,
    run: showHistory,
  },
  {
    name: 'run',
    argument: 'FILE',
    summary: 'run a file in this session',
    run: runFile,
  },
];

/** Run a line that begins with `%`, or is a question; resolves with whether it worked. */
export function runCommand(line: string, context: ActionContext): Promise<boolean> {
  const question = questionIn(line);
  if (question) {
    return perform(() => answerQuestion(context, question), context);
  }
  const [, name = '', argument = ''] = COMMAND.exec(line) ?? [];
  return perform(() => {
    const command = commandNamed(name);
    if (!command) {
      throw new Error(unknownCommand(name));
    }
    if (argument !== '' && command.argument === '') {
      throw new Error(`%${name} takes no argument.`);
    }
    return command.run(context, argument);
  }, context);
}

/** The command in what was typed or pasted, without the comments above it; `null` where it is none. */
export function commandIn(text: string): string | null {
  const start = commandStart(text);
  return start === null ? null : text.slice(start);
}

/** Where the Python in a text begins: 0 where it is no command, `null` where it is one without Python in it. */
export function codeStart(text: string): number | null {
  const start = commandStart(text);
  if (start === null) {
    return 0;
  }
  const [head, name = ''] = /^%\s*(\S+)\s+(?=\S)/.exec(text.slice(start)) ?? [];
  return head !== undefined && commandNamed(name)?.takesCode ? start + head.length : null;
}

function commandStart(text: string): number | null {
  const start = /^(?:[ \t]*(?:#.*)?\n)*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start);
  return rest.startsWith('%') || questionIn(rest) ? start : null;
}

/** What can stand at the end of `%…`: a command's name, or its argument. */
export async function completeCommand(text: string, context: CompletionContext): Promise<Completed> {
  const [, head = '', name = '', typed = ''] = /^(%\s*(\S+)\s+)(.*)$/s.exec(text) ?? [];
  const all =
    head === ''
      ? COMMANDS.map((command) => `%${command.name}`)
      : ((await commandNamed(name)?.choices?.(context, typed)) ?? []);
  const found = all.filter((each) => each.startsWith(head === '' ? text : typed));
  // Of several words only the last is completed.
  const done = typed.lastIndexOf(' ') + 1;
  const matches = found.map((each) => ({ text: each.slice(done), type: 'name' as const }));
  return { kind: 'completed', id: 0, start: head.length + done, matches };
}

function commandNamed(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}

function unknownCommand(name: string): string {
  const nearest = closest(
    name,
    COMMANDS.map((command) => command.name),
  );
  return `There is no command %${name}. ${nearest ? `Did you mean %${nearest}?` : '%help lists them.'}`;
}

function showHistory(context: ActionContext, argument: string): boolean {
  const shown = context.entries.slice(-countIn(argument, 'history', HISTORY_SHOWN));
  context.say(shown.length > 0 ? shown.join('\n') : '· There is no history yet.');
  return true;
}

async function runFile(context: ActionContext, argument: string): Promise<boolean> {
  if (argument === '') {
    throw new Error('%run needs a file: %run FILE.');
  }
  const file = argument.replace(/^(["'])(.*)\1$/, '$2');
  return context.runFile(file, readScript(file));
}
