/** The copies stay within what a container leaves them, not within what the machine has. */

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { availableMemory } from '../../../electron/supervisor/states/available-memory.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { newHome } from '../../support/store.ts';
import { until } from '../../support/until.ts';

const MEGABYTE = 2 ** 20;
const LIMIT = 600 * MEGABYTE;

/** Make a container of our own where we may; return its folder, or `null`. */
function makeContainer(): string | null {
  const folders = [
    ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
    ['/sys/fs/cgroup', 'memory.max'],
  ] as const;
  for (const [hierarchy, limit] of folders) {
    const folder = join(hierarchy, `pyrepl3-test-${process.pid}`);
    try {
      mkdirSync(folder);
      if (existsSync(join(folder, limit))) {
        writeFileSync(join(folder, limit), String(LIMIT));
        return folder;
      }
      rmdirSync(folder);
    } catch {
      // Not ours to make.
    }
  }
  return null;
}

function closeContainer(folder: string): void {
  // Who was in it has ended, or is about to.
  if (readFileSync(join(folder, 'cgroup.procs'), 'latin1') === '') rmdirSync(folder);
}

onPythons(ONE, 'the copies', (python) => {
  it('stay within the memory of a container', { timeout: 120_000 }, async (test) => {
    const container = makeContainer();
    if (container === null) return test.skip();
    onTestFinished(async () => {
      await until(
        () => readFileSync(join(container, 'cgroup.procs'), 'latin1') === '',
        () => 'the container to be empty',
      );
      closeContainer(container);
    });
    const trial = openTrial(python);
    await trial.says('n = 0');
    for (const pid of trial.processes()) writeFileSync(join(container, 'cgroup.procs'), String(pid));
    await trial.says('big = bytearray(b"x") * 40_000_000');
    for (let run = 0; run < 12; run += 1) {
      await trial.says('n += 1; big[:] = bytes([n]) * 40_000_000');
      const held = trial.session.held;
      await until(
        () => trial.session.held !== held,
        () => 'the memory to be measured',
      );
      await until(
        () => (trial.session.held ?? 0) < LIMIT / 2,
        () => `copies to go, of ${trial.session.held} bytes`,
      );
    }
    expect(await trial.says('n, big[0]')).toBe('(12, 12)\n');
    expect(
      trial.session.states.some(({ reason }) => reason === 'evicted: to stay within the memory budget'),
    ).toBe(true);
    await trial.session.undo(2);
    expect(await trial.says('n')).toBe('11\n');
  });
});

/** The system's folders as a container sees them. */
function systemOf(files: Record<string, string>): string {
  const root = newHome();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const MOUNT_2 = '41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate\n';
const MOUNT_1 =
  '35 31 0:32 /docker/ab /sys/fs/cgroup/memory ro,relatime master:9 - cgroup cgroup rw,memory\n';

it.each([
  [
    'of version 2, as it is in a container',
    {
      'proc/7/cgroup': '0::/\n',
      'proc/self/mountinfo': MOUNT_2,
      'sys/fs/cgroup/memory.max': '1000000\n',
      'sys/fs/cgroup/memory.current': '900000\n',
      'sys/fs/cgroup/memory.stat': 'anon 700000\ninactive_file 150000\nactive_file 50000\n',
    },
    250_000,
  ],
  [
    'of version 2, further up than the process',
    {
      'proc/7/cgroup': '0::/user.slice/app.slice/run.scope\n',
      'proc/self/mountinfo': MOUNT_2,
      'sys/fs/cgroup/user.slice/memory.max': 'max\n',
      'sys/fs/cgroup/user.slice/memory.high': '500000\n',
      'sys/fs/cgroup/user.slice/memory.current': '400000\n',
      'sys/fs/cgroup/user.slice/app.slice/run.scope/memory.max': 'max\n',
      'sys/fs/cgroup/user.slice/app.slice/run.scope/memory.current': '1000\n',
    },
    100_000,
  ],
  [
    'of version 1, mounted as a container has it',
    {
      'proc/7/cgroup': '9:cpu,cpuacct:/docker/ab\n4:memory:/docker/ab/inner\n',
      'proc/self/mountinfo': MOUNT_1,
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': '5000000\n',
      'sys/fs/cgroup/memory/inner/memory.limit_in_bytes': '4000000\n',
      'sys/fs/cgroup/memory/inner/memory.usage_in_bytes': '4500000\n',
      'sys/fs/cgroup/memory/inner/memory.stat': 'inactive_file 1\ntotal_inactive_file 600000\n',
    },
    100_000,
  ],
])('what is left is read from a limit %s', async (_, files, left) => {
  expect(await availableMemory(7, systemOf(files as Record<string, string>))).toBe(left);
});

it('what is left without a limit is what the machine has', async () => {
  const left = await availableMemory(
    7,
    systemOf({ 'proc/7/cgroup': '0::/\n', 'proc/self/mountinfo': MOUNT_2 }),
  );
  expect(left / freemem()).toBeGreaterThan(0.5);
});
