/** What F1 and `%help` show. */

import type { Command } from './commands.ts';

const KEYS: [string, string][] = [
  ['Enter', 'run; on unfinished code, a new line'],
  ['Alt-Enter', 'a new line, always'],
  ['Tab', 'complete, or indent'],
  ['→  Ctrl-E', 'take the suggestion'],
  ['↑  ↓', 'line above or below, then history'],
  ['Ctrl-R', 'search history'],
  ['Ctrl-C', 'stop the run; drop the line'],
  ['Ctrl-L', 'clear the screen'],
  ['Ctrl-_  Alt-_', 'undo, redo'],
  ['Ctrl-D', 'leave'],
];

export function helpText(commands: readonly Command[]): string {
  const table: [string, string][] = [
    ...KEYS,
    ...commands.map((command): [string, string] => [usageOf(command), command.summary]),
  ];
  const width = Math.max(...table.map(([name]) => name.length));
  return table.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`).join('\n');
}

export function usageOf(command: Command): string {
  return `%${[command.name, command.argument].filter(Boolean).join(' ')}`;
}
