#!/usr/bin/env node
/** The command `pyrepl3`: set up and build what is missing, then be the program. */

import { freshAgents, freshProgram } from './bundle.mjs';
import { enterUsersFolder } from './folder.mjs';
import { setUpSessions } from './setup/sessions.mjs';

enterUsersFolder();
const args = process.argv.slice(2);

/** Without a word of what to do, the window is meant. */
const isBare = args.length === 0 || (args.length === 2 && args[0] === '--python');

/** A saved session is looked into before it is opened. */
const isSession = args.length === 1 && /\.pyrepl3$/i.test(args[0] ?? '');

/** What begins no session needs nothing of what sessions do. */
const isSessionless =
  ['checkpoints', 'inspect'].includes(args[0] ?? '') ||
  args.some((word) => ['--help', '-h', '--version', '-V'].includes(word));

if ((isBare && process.stdin.isTTY) || isSession) {
  const { hasDisplay, openWindow } = await import('./window.mjs');
  const status = hasDisplay() ? await openWindow(args) : null;
  if (status !== null) process.exit(status);
}
if (!isSessionless) await setUpSessions();
await import(await (args[0] === 'mcp' ? freshAgents() : freshProgram()));
