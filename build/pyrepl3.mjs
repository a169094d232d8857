#!/usr/bin/env node
/** The command `pyrepl3`: build what is missing, without a word, then be the program. */

import { freshConsole } from './bundle.mjs';
import { enterUsersFolder } from './folder.mjs';

enterUsersFolder();
const args = process.argv.slice(2);

/** Without a word of what to do, the window is meant. */
const isBare = args.length === 0 || (args.length === 2 && args[0] === '--python');

/** A saved session is looked into before it is opened. */
const isSession = args.length === 1 && /\.pyrepl3$/i.test(args[0] ?? '');

if ((isBare && process.stdin.isTTY) || isSession) {
  const { hasDisplay, openWindow } = await import('./window.mjs');
  const status = hasDisplay() ? await openWindow(args) : null;
  if (status !== null) process.exit(status);
}
await import(await freshConsole());
