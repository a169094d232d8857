/** A message bus of a test's own (D-Bus's own daemon), and other clients that ask it whether it still serves them. */

import { spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

const ANSWERS_WITHIN_MS = 10_000;
const BUS = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];

/** The daemon, a client, and the library by which most programs are connected. */
export const HAS_BUS =
  ['dbus-daemon', 'dbus-send'].every((name) => spawnSync('which', [name]).status === 0) &&
  spawnSync('sh', ['-c', 'PATH=$PATH:/sbin:/usr/sbin; ldconfig -p | grep -q libdbus-1.so.3']).status === 0;

/** Start a bus that ends with the test; return its address. */
export async function startBus(address: string): Promise<string> {
  const daemon = spawn(
    'dbus-daemon',
    ['--session', '--nofork', `--address=${address}`, '--print-address=3'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  onTestFinished(() => {
    daemon.kill();
  });
  return await new Promise((resolve) => {
    (daemon.stdio[3] as Readable).once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
}

/** What the bus answers another client that asks who has a name: a unique name, or an error's name. */
export function ownerOf(address: string, name: string): string {
  const ask = ['org.freedesktop.DBus.GetNameOwner', `string:${name}`];
  const { stdout, stderr } = spawnSync(
    'dbus-send',
    [`--bus=${address}`, '--print-reply=literal', ...BUS, ...ask],
    {
      encoding: 'utf8',
      timeout: ANSWERS_WITHIN_MS,
    },
  );
  return stdout.trim() || (/\.NameHasNoOwner/.test(stderr) ? '' : stderr.trim() || 'no answer');
}

/** Another client calls who has a name; resolves with its words, once it has an answer or need not wait for one. */
export function call(address: string, name: string): Promise<string> {
  const options = [`--bus=${address}`, '--print-reply', `--reply-timeout=${2 * ANSWERS_WITHIN_MS}`];
  const child = spawn('dbus-send', [...options, `--dest=${name}`, '/', 'org.example.Ask'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  let words = '';
  child.stderr.on('data', (data: Buffer) => {
    words += data;
  });
  return new Promise((resolve) => child.once('close', () => resolve(words.trim())));
}
