/** What F1 and `%help` show. */

import { hanging } from '../messages/wording.ts';
import type { Command } from './command.ts';

const KEYS: [string, string][] = [
  ['Enter', 'run; on unfinished code, a new line'],
  ['Alt-Enter', 'a new line, always'],
  ['Tab', 'complete, or indent'],
  ['→  Ctrl-E', 'take the suggestion'],
  ['↑  ↓', 'line above or below, then history'],
  ['name?  name??', 'what a name stands for; with its source'],
  ['Ctrl-R', 'search history'],
  ['Ctrl-C', 'stop the run; drop the line'],
  ['Ctrl-L', 'clear the screen'],
  ['Ctrl-_  Alt-_', 'undo and redo typing'],
  ['Alt-Z', 'undo a run; with Shift redo it'],
  ['Ctrl-D', 'leave'],
];

/** Two tables, keys and commands, as wide as the screen. */
export function helpText(commands: readonly Command[], columns: number): string {
  const named = commands.map((command): [string, string] => [usageOf(command), command.summary]);
  const width = Math.max(...[...KEYS, ...named].map(([name]) => name.length));
  const lines = (table: [string, string][]) =>
    table.map(([name, what]) => hanging(`  ${name.padEnd(width)}  ${what}`, columns, width + 4)).join('\n');
  return `${lines(KEYS)}\n\n${lines(named)}`;
}

export function usageOf(command: Command): string {
  return `%${[command.name, command.argument].filter(Boolean).join(' ')}`;
}
