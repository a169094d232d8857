/** Which process something belongs to, and whether it is still that process. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A process; its number alone does not tell, because numbers are given again. */
export interface Owner {
  pid: number;
  /** When it began, in ticks since the boot; `null` where the system does not tell. */
  started: number | null;
  /** Which boot of the machine that was; `null` where the system does not tell. */
  boot: string | null;
}

/** The fields of `/proc/PID/stat` behind the name, which may have blanks in it. */
const STATE_FIELD = 0;
const START_FIELD = 19;
const DEAD_STATES = ['Z', 'X', 'x'];
const NONCE_BYTES = 8;
const UNKNOWN = 'x';

export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid), boot: boot() };
}

export function isSame(one: Owner, other: Owner): boolean {
  return one.pid === other.pid && one.started === other.started && one.boot === other.boot;
}

/** Whether the process is there; what has ended and was not reaped is not. */
export function isAlive({ pid, started, boot: booted }: Owner): boolean {
  if (booted !== boot()) {
    return false;
  }
  return started === null ? answers(pid) : startOf(pid) === started;
}

/** A file's name that says whose it is, and is like no other. */
export function nameOf({ pid, started, boot }: Owner): string {
  return [pid, started ?? UNKNOWN, boot ?? UNKNOWN, randomBytes(NONCE_BYTES).toString('hex')].join('.');
}

/** Whose file it is, by its name. */
export function ownerOf(name: string): Owner {
  const [pid = '', started = '', boot = ''] = name.split('.');
  const known = (word: string) => (word === UNKNOWN ? null : word);
  return { pid: Number(pid), started: known(started) === null ? null : Number(started), boot: known(boot) };
}

function startOf(pid: number): number | null {
  const stat = readProc(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = stat === '' || DEAD_STATES.includes(fields[STATE_FIELD] ?? '');
  return isDead ? null : Number(fields[START_FIELD]);
}

function boot(): string | null {
  return readProc('/proc/sys/kernel/random/boot_id').trim() || null;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // The process has ended, or the system has no such files.
  }
}

function answers(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
