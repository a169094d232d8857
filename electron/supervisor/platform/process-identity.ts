/**
 * Which process something belongs to, and whether it is still that process. A folder may be shared with other machines
 * and with containers, whose processes nobody sees from here: those count as there while they have given a sign of life.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process; its number alone does not tell, because numbers are given again. */
export interface Owner {
  pid: number;
  /** When it began, in ticks since the boot; `null` where the system does not tell. */
  started: number | null;
  /** Which boot of the machine that was; `null` where the system does not tell. */
  boot: string | null;
  /** Which machine; `null` of those that an earlier version has noted, and which were on this one. */
  machine: string | null;
  /** Within which its number is its own; `null` where the system does not tell. */
  namespace: string | null;
  /** Its last sign of life, in milliseconds since 1970. */
  seen: number | null;
}

/** The fields of `/proc/PID/stat` behind the name, which may have blanks in it. */
const STATE_FIELD = 0;
const START_FIELD = 19;
const DEAD_STATES = ['Z', 'X', 'x'];
const NONCE_BYTES = 8;
const MACHINE_DIGITS = 16;
const UNKNOWN = 'x';
/** So long after its last sign a process that is not ours to judge counts as there: it may have been asleep. */
const SILENCE_MS = 24 * 3600 * 1000;

export function thisProcess(): Owner {
  const { pid } = process;
  return {
    pid,
    started: startOf(pid),
    boot: boot(),
    machine: machine(),
    namespace: namespace(),
    seen: Date.now(),
  };
}

export function isSame(one: Owner, other: Owner): boolean {
  return (['pid', 'started', 'boot', 'machine', 'namespace'] as const).every(
    (field) => one[field] === other[field],
  );
}

/** Whether the process is there, or may be; what has ended and was not reaped is not. */
export function isAlive(owner: Owner): boolean {
  if (!isOurs(owner)) {
    return Math.abs(Date.now() - (owner.seen ?? 0)) < SILENCE_MS;
  }
  const { pid, started, boot: booted } = owner;
  if (booted !== boot()) {
    return false;
  }
  return started === null || !seesItself() ? answers(pid) : startOf(pid) === started;
}

/** `process 12`, and where that is if it is not here. */
export function wordsFor(owner: Owner): string {
  return `process ${owner.pid}${isOurs(owner) ? '' : ' on another machine or in another container'}`;
}

/** A file's name that says whose it is, and is like no other. */
export function nameOf({ pid, started, boot, machine, namespace, seen }: Owner): string {
  const nonce = randomBytes(NONCE_BYTES).toString('hex');
  return [pid, ...[started, boot, machine, namespace, seen].map((part) => part ?? UNKNOWN), nonce].join('.');
}

/** Whose file it is, by its name. */
export function ownerOf(name: string): Owner {
  const [pid = '', ...rest] = name.split('.');
  const [started, boot, ...more] = rest.map((word) => (word === UNKNOWN ? null : word));
  // Earlier versions named no more than these.
  const [machine, namespace, seen] = more.length < 4 ? [] : more;
  return {
    pid: Number(pid),
    started: numberOf(started),
    boot: boot ?? null,
    machine: machine ?? null,
    namespace: namespace ?? null,
    seen: numberOf(seen),
  };
}

/** Whether this process can tell what has become of it. */
export function isOurs(owner: Owner): boolean {
  if (owner.machine === null) {
    return true;
  }
  return owner.boot !== null && owner.boot === boot()
    ? owner.namespace === namespace()
    : owner.machine === machine();
}

function numberOf(word: string | null | undefined): number | null {
  return word == null ? null : Number(word);
}

function startOf(pid: number): number | null {
  const stat = readProc(`/proc/${pid === process.pid ? 'self' : pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = stat === '' || DEAD_STATES.includes(fields[STATE_FIELD] ?? '');
  return isDead ? null : Number(fields[START_FIELD]);
}

/** Whether `/proc` has the numbers of our own namespace; in some containers it has another's. */
function seesItself(): boolean {
  return readLink('/proc/self') === String(process.pid);
}

function boot(): string | null {
  return readProc('/proc/sys/kernel/random/boot_id').trim() || null;
}

/** The host's name alone may be another machine's too, and so may the number, where one is the copy of the other. */
function machine(): string {
  // As it was first: a host may be given another name while we run.
  machineHere ??= createHash('sha256')
    .update(`${hostname()}\n${readProc('/etc/machine-id').trim()}`)
    .digest('hex')
    .slice(0, MACHINE_DIGITS);
  return machineHere;
}

let machineHere: string | undefined;

function namespace(): string | null {
  return /\d+/.exec(readLink('/proc/self/ns/pid'))?.[0] ?? null;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // The process has ended, or the system has no such files.
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // The system has no such links.
  }
}

function answers(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
