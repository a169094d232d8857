/** The native object that copies a session with all its threads: built from `python/native`. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SETUP } from '../places.mjs';
import { installPackages } from './apt.mjs';
import { command } from './command.mjs';
import { during, note } from './notes.mjs';

const SOURCES = join(ROOT, 'python', 'native');

/** Where a checkout's sessions find `freeze-MACHINE.so`. */
export const NATIVE = join(SETUP, 'native');

/** @typedef {'x86_64' | 'aarch64'} Machine as `uname -m` names it */

/** @type {Partial<Record<NodeJS.Architecture, Machine>>} */
const MACHINES = { x64: 'x86_64', arm64: 'aarch64' };
const OWN = MACHINES[process.arch];

/** Debian's compilers, for this machine and from here for others. */
const COMPILER = { program: 'cc', packages: ['gcc', 'libc6-dev'] };
const CROSS_COMPILERS = {
  x86_64: { program: 'x86_64-linux-gnu-gcc', packages: ['gcc-x86-64-linux-gnu', 'libc6-dev-amd64-cross'] },
  aarch64: { program: 'aarch64-linux-gnu-gcc', packages: ['gcc-aarch64-linux-gnu', 'libc6-dev-arm64-cross'] },
};

const OPTIONS = [
  ...['-O2', '-std=gnu11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror'],
  // A file of another folder is included by its path from `python/native` on.
  '-I.',
  // No library, and nothing that would call into one: while threads are stopped it might wait for ever.
  ...['-ffreestanding', '-nostdlib', '-fno-builtin', '-fno-tree-loop-distribute-patterns'],
  ...['-fno-stack-protector', '-U_FORTIFY_SOURCE'],
  ...['-shared', '-fPIC', '-fvisibility=hidden'],
  ...['-Wl,-z,now', '-Wl,-z,defs', '-Wl,-z,noexecstack', '-Wl,--build-id=none', '-s'],
];
const OPTIONS_FOR = {
  // Shadow stacks do not go with threads that are made anew in the middle of a call.
  x86_64: ['-fcf-protection=none'],
  // What it would call for atomics is a library's.
  aarch64: ['-mno-outline-atomics'],
};

/** What the stamp of an object says that could not be built: known, so that it is tried only once. */
const NOTHING = 'nothing';

/** Build the object for this machine, unless it is there. @param {{ again?: boolean }} [options] */
export async function ensureNative({ again = false } = {}) {
  if (process.platform !== 'linux' || !OWN) return;
  await ensure(OWN, again, (reason) => {
    const packages = COMPILER.packages.join(' ');
    note(`The native part cannot be built: ${reason}`);
    note('Sessions go on without it, and can undo less. To have it, run this, and `npm run setup`:');
    note(`  sudo apt-get install ${packages}`);
  });
}

/**
 * Build the object for this machine without installing a compiler for it, unless it is there.
 *
 * @returns {Promise<string | null>} why it is not there, in a sentence
 */
export async function buildHere() {
  if (process.platform !== 'linux' || !OWN) {
    return `There is no native part for ${process.platform} on ${process.arch}.`;
  }
  const content = digest(OWN);
  if (stamped(OWN) === content && existsSync(objectOf(OWN))) return null;
  try {
    mkdirSync(NATIVE, { recursive: true });
    await compile(COMPILER.program, OWN);
    writeFileSync(stampOf(OWN), content);
    return null;
  } catch (error) {
    return `The native part cannot be built: ${error instanceof Error ? error.message : error}`;
  }
}

/** Build the objects for every machine that a package is for, as far as that can be done here. */
export async function ensureNativeForAll() {
  if (process.platform !== 'linux') return;
  for (const machine of /** @type {Machine[]} */ (['x86_64', 'aarch64'])) {
    await ensure(machine, true, (reason) =>
      note(`The package has no native part for ${machine}; sessions there can undo less. ${reason}`),
    );
  }
}

/**
 * @param {Machine} machine
 * @param {boolean} again try once more where it was not possible before
 * @param {(reason: string) => void} lament
 */
async function ensure(machine, again, lament) {
  const content = digest(machine);
  const before = stamped(machine);
  const isThere = before === content && existsSync(objectOf(machine));
  if (isThere || (before === NOTHING && !again)) return;
  try {
    mkdirSync(NATIVE, { recursive: true });
    await during(`Building the native part for ${machine}`, () => build(machine));
    writeFileSync(stampOf(machine), content);
  } catch (error) {
    lament(error instanceof Error ? error.message : String(error));
    forget(machine);
  }
}

/** Leave no object behind that could not be built anew: an older one is not what the Python beside it expects. @param {Machine} machine */
function forget(machine) {
  try {
    rmSync(objectOf(machine), { force: true });
    writeFileSync(stampOf(machine), NOTHING);
  } catch {
    // The folder is somebody else's: each start tries, and says so.
  }
}

/** @param {Machine} machine */
async function build(machine) {
  const { program, packages } = machine === OWN ? COMPILER : CROSS_COMPILERS[machine];
  try {
    await compile(program, machine);
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    await installPackages(() => packages);
    await compile(program, machine);
  }
}

/** @param {string} program @param {Machine} machine */
async function compile(program, machine) {
  const unfinished = `${objectOf(machine)}.${process.pid}`;
  const sources = files().filter((file) => file.endsWith('.c'));
  try {
    await command(program, [...OPTIONS, ...OPTIONS_FOR[machine], '-o', unfinished, ...sources], {
      cwd: SOURCES,
    });
    // Sessions that have it loaded keep the old one.
    renameSync(unfinished, objectOf(machine));
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** @param {Machine} machine */
function digest(machine) {
  const hash = createHash('sha256').update(JSON.stringify([OPTIONS, OPTIONS_FOR[machine]]));
  for (const file of files()) hash.update(file).update(readFileSync(join(SOURCES, file)));
  return hash.digest('hex');
}

function files() {
  return readdirSync(SOURCES, { encoding: 'utf8', recursive: true })
    .filter((file) => /\.[ch]$/.test(file))
    .sort();
}

/** @param {Machine} machine */
function stamped(machine) {
  try {
    return readFileSync(stampOf(machine), 'utf8');
  } catch {
    return ''; // It was never built.
  }
}

/** @param {Machine} machine */
function objectOf(machine) {
  return join(NATIVE, `freeze-${machine}.so`);
}

/** @param {Machine} machine */
function stampOf(machine) {
  return join(NATIVE, `${machine}.stamp`);
}
