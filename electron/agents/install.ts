/** Write the entry that makes a client start this server, after a question, and leave all else in its file alone. */

import { chmodSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { confirm } from '../cli/confirming.ts';
import { replaceFile } from '../supervisor/platform/replace-file.ts';
import type { Served } from './arguments.ts';
import { type Client, type Place, placeOf } from './clients.ts';

const NAME = 'pyrepl3';
/** The command, which sources and bundle alike find two folders above them. */
const PROGRAM = join(import.meta.dirname, '..', '..', 'build', 'pyrepl3.mjs');

interface Wanted extends Served {
  client: Client | null;
  yes: boolean;
}

type Members = Record<string, unknown>;

/** Throws an Error with words where nothing was written. */
export async function install({ client, yes, ...served }: Wanted): Promise<void> {
  const entry = entryOf(served);
  if (client === null) {
    say(JSON.stringify({ mcpServers: { [NAME]: entry } }, null, 2));
    return;
  }
  const place = placeOf(client, process.cwd());
  const found = read(place);
  const servers = membersOf(found[place.member], `${place.member} in ${place.file}`);
  const before = servers[NAME];
  if (isDeepStrictEqual(before, entry)) {
    say(`${place.file} has this entry already.`);
    return;
  }
  const verb = before === undefined ? 'Add' : 'Replace';
  say(`${JSON.stringify({ [NAME]: entry }, null, 2)}\n`);
  const advice = 'Add --yes where there is no terminal to ask on.';
  if (!yes && !(await confirm(`${verb} this entry in ${place.file}?`, advice))) {
    say('Nothing was written.');
    return;
  }
  await write(place, { ...found, [place.member]: { ...servers, [NAME]: entry } });
  say(`Written to ${place.file}; the client starts the server when it is started again.`);
}

function entryOf({ python, resume }: Served) {
  const words = [
    ...(python === undefined ? [] : ['--python', python.includes('/') ? resolve(python) : python]),
    ...(resume ? ['--resume'] : []),
  ];
  return { command: process.execPath, args: [PROGRAM, 'mcp', ...words] };
}

/** What the client's file holds; nothing where there is none. */
function read({ file }: Place): Members {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return membersOf(text.trim() === '' ? {} : JSON.parse(text), file);
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(
      `${file} is left as it is, as it is not plain JSON (${why}); pyrepl3 mcp install prints the entry to add.`,
      { cause: error },
    );
  }
}

function membersOf(value: unknown, what: string): Members {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is no object`);
  }
  return value as Members;
}

/** Replace the file, where a link leads to it behind that, and with the rights that it has. */
async function write({ file }: Place, members: Members): Promise<void> {
  const text = `${JSON.stringify(members, null, 2)}\n`;
  mkdirSync(dirname(file), { recursive: true });
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  const path = mode === undefined ? file : realpathSync(file);
  await replaceFile(path, text);
  if (mode !== undefined) {
    chmodSync(path, mode);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
