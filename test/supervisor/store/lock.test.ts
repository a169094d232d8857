/** The lock of the store: one holder at a time, and none that is dead. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Lock } from '../../../electron/supervisor/repository/lock.ts';
import { newHome } from '../../support/store.ts';

const BOOT = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();

/** Let another process hold the lock, or wait for it. */
function owned(path: string, owner: string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, owner), '');
}

/** A process that is there, as its owner's file would be called. */
function alive(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${pid}.${started}.${BOOT}.0123456789abcdef`;
}

it('has one holder at a time, and leaves nothing', async () => {
  const home = newHome();
  const locks = [new Lock(join(home, 'lock')), new Lock(join(home, 'lock'))];
  let holders = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      (locks[index % 2] as Lock).hold(async () => {
        holders += 1;
        most.push(holders);
        await new Promise((resolve) => setImmediate(resolve));
        holders -= 1;
      }),
    ),
  );
  expect(most).toEqual(Array(20).fill(1));
  expect(readdirSync(home)).toEqual([]);
});

it('is given back when the work fails', async () => {
  const lock = new Lock(join(newHome(), 'lock'));
  await expect(lock.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lock.hold(async () => 'yes')).toBe('yes');
});

it('is taken from a process that has died, or belongs to an earlier boot', async () => {
  const home = newHome();
  const path = join(home, 'lock');
  owned(path, `${2 ** 22 + 1}.5.${BOOT}.0123456789abcdef`);
  owned(`${path}-${2 ** 22 + 1}.5.${BOOT}.0123456789abcdef`, 'x');
  expect(await new Lock(path).hold(async () => 'mine')).toBe('mine');
  owned(path, alive(1).replace(BOOT, 'another'));
  expect(await new Lock(path).hold(async () => 'mine')).toBe('mine');
  expect(readdirSync(home)).toEqual([]);
});

it('is not taken from one that lives, whose number is told', async () => {
  const home = newHome();
  const path = join(home, 'lock');
  owned(path, alive(1));
  await expect(new Lock(path).hold(async () => 'mine', 50)).rejects.toThrow(
    'Another PyREPL3 (process 1) is changing the saved sessions; try again.',
  );
  expect(readdirSync(home)).toEqual(['lock']);
});
