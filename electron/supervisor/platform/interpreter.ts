/** Which Python a session runs. */

import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { CodedError } from './errors.ts';

const NAMES = ['python3', 'python'];
const RESOLVE_TIMEOUT_MS = 10_000;

/**
 * Return the executable of the interpreter to use: the one asked for, else that of `VIRTUAL_ENV`, else
 * `python3` on `PATH`. A shim of pyenv costs 100 ms at each start, so it is resolved to what it stands for.
 */
export function findInterpreter(asked?: string, env: NodeJS.ProcessEnv = process.env): string {
  if (asked) {
    return resolveShim(findAsked(asked, env), env);
  }
  const own = ofVirtualEnvironment(env);
  if (own) {
    return own;
  }
  for (const name of NAMES) {
    const path = search(name, env);
    if (path) {
      return resolveShim(path, env);
    }
  }
  throw new CodedError(
    'NOT_STARTED',
    'No python3 was found on PATH; install Python 3.8 or later, or name one with --python PATH.',
  );
}

/** Say that `VIRTUAL_ENV` is passed over, where that is why this interpreter is used; `null` where it is not so. */
export function passedOver(python: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const { VIRTUAL_ENV: folder } = env;
  if (!folder || ofVirtualEnvironment(env) || python !== findInterpreter(undefined, env)) {
    return null;
  }
  return `VIRTUAL_ENV names ${folder}, where no Python is; ${python} is used. Make that environment again, or unset VIRTUAL_ENV.`;
}

function ofVirtualEnvironment({ VIRTUAL_ENV: folder }: NodeJS.ProcessEnv): string | undefined {
  return folder ? NAMES.map((name) => join(folder, 'bin', name)).find(isExecutable) : undefined;
}

function findAsked(asked: string, env: NodeJS.ProcessEnv): string {
  const path = asked.includes('/') || isAbsolute(asked) ? resolve(asked) : search(asked, env);
  if (!path || !isExecutable(path)) {
    throw new CodedError(
      'NOT_STARTED',
      `There is no Python at ${asked}; give --python the path of an interpreter.`,
    );
  }
  return path;
}

function search(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not for us: no interpreter either way.
    return false;
  }
}

function resolveShim(path: string, env: NodeJS.ProcessEnv): string {
  if (!/[\\/]shims[\\/]/.test(path)) {
    return path;
  }
  const said = execFileSync(path, ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
    env,
    timeout: RESOLVE_TIMEOUT_MS,
  }).trim();
  return isExecutable(said) ? said : path;
}

/** What would mislead a program in our terminal, or is between Electron and Node alone. */
const REMOVED = [
  'COLUMNS',
  'LINES',
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'NODE_CHANNEL_FD',
  'NODE_OPTIONS',
];

/** The environment that a session's Python gets. */
export function sessionEnvironment(env: NodeJS.ProcessEnv, terminal: boolean): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !REMOVED.includes(name)));
  if (!terminal) {
    return kept;
  }
  const isDumb = !kept.TERM || kept.TERM === 'dumb';
  return { ...kept, TERM: isDumb ? 'xterm-256color' : kept.TERM };
}
