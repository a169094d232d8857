/** The program `pyrepl3` in a terminal: the console, a script, saved sessions, or where the window is. */

import { readFileSync } from 'node:fs';
import { decodeScript, readScript } from '../repl/commands/source-file.ts';
import { parseArguments, type Shared, type Task } from './arguments.ts';
import { runBatch } from './batch.ts';
import { runCheckpointTool } from './checkpoint-tool.ts';
import { runInteractive } from './interactive.ts';
import { USAGE, version } from './usage.ts';

/** The command line or the script cannot be used. */
const UNUSABLE_STATUS = 2;

async function main(): Promise<number> {
  const task = parseArguments(process.argv.slice(2));
  switch (task.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return 0;
    case 'run':
      return runBatch({ ...task, code: readScript(task.file) });
    case 'console':
      return process.stdin.isTTY && process.stdout.isTTY ? runInteractive(task) : runPiped(task, task.file);
    case 'start':
      return start(task);
    case 'checkpoints':
      return runCheckpointTool(task);
  }
}

/** No word said what to do. */
function start(task: Task & Shared): Promise<number> {
  if (!process.stdin.isTTY) {
    return runPiped(task, null);
  }
  if (!process.stdout.isTTY) {
    throw new Error('the console needs a terminal to write to.');
  }
  // With one, it is the window that could not be opened, and whoever tried has said why.
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) {
    process.stdout.write('· no display, so no window: this is the console\n');
  }
  return runInteractive({ ...task, file: null });
}

/** Batch: the file, then what standard input holds. */
async function runPiped(task: Shared, file: string | null): Promise<number> {
  if (file !== null) {
    return runBatch({ ...task, code: readScript(file), file });
  }
  return runBatch({ ...task, code: decodeScript(readFileSync(0), 'standard input'), file: '<stdin>' });
}

main().then(
  (status) => process.exit(status),
  (error: Error) => {
    process.stderr.write(`pyrepl3: ${error.message}\n`);
    process.exit(UNUSABLE_STATUS);
  },
);
