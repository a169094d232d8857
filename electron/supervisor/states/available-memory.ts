/** How much memory there is left for a process: what the machine has, or less where its container is given less. */

import { readFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** What the kernel calls the same in its two ways of limiting groups of processes. */
interface Naming {
  limits: readonly string[];
  usage: string;
  /** Of the usage: what has been read from files, and goes where its room is needed. */
  reclaimable: RegExp;
}

const VERSION_1: Naming = {
  limits: ['memory.limit_in_bytes'],
  usage: 'memory.usage_in_bytes',
  reclaimable: /^total_inactive_file (\d+)$/m,
};
const VERSION_2: Naming = {
  limits: ['memory.max', 'memory.high'],
  usage: 'memory.current',
  reclaimable: /^inactive_file (\d+)$/m,
};

/** A hierarchy of groups that limit memory, as it is mounted. */
interface Hierarchy {
  naming: Naming;
  /** Which of its groups is seen at the mount's point: a container sees its own only. */
  top: string;
  point: string;
}

/** In bytes; `root` is where the system's folders are. */
export async function availableMemory(pid: number, root = '/'): Promise<number> {
  const groups = await read(join(root, `proc/${pid}/cgroup`));
  const folders = hierarchiesIn(await read(join(root, 'proc/self/mountinfo'))).flatMap((hierarchy) => {
    const path = pathIn(groups, hierarchy.naming);
    return path === null ? [] : foldersOf(path, hierarchy).map((folder) => ({ folder, ...hierarchy }));
  });
  const rooms = folders.map(({ folder, naming }) => roomIn(join(root, folder), naming));
  return Math.max(0, Math.min(freemem(), ...(await Promise.all(rooms))));
}

function hierarchiesIn(mounts: string): Hierarchy[] {
  return mounts.split('\n').flatMap((line) => {
    const [place = '', system = ''] = line.split(' - ');
    const [, , , top = '/', point = '/'] = place.split(' ');
    const [kind = '', , options = ''] = system.split(' ');
    if (kind === 'cgroup2') {
      return [{ naming: VERSION_2, top, point }];
    }
    const isOfMemory = kind === 'cgroup' && options.split(',').includes('memory');
    return isOfMemory ? [{ naming: VERSION_1, top, point }] : [];
  });
}

/** The process's group: a line is `4:cpu,memory:/path`, or `0::/path` in version 2. */
function pathIn(groups: string, naming: Naming): string | null {
  const found = groups.split('\n').find((line) => {
    const [, controllers = ''] = line.split(':');
    return naming === VERSION_2 ? line.startsWith('0::') : controllers.split(',').includes('memory');
  });
  return found === undefined ? null : found.split(':').slice(2).join(':');
}

/** The folder of the group, and of all that it is in, as far as they are seen: the limit of each holds. */
function foldersOf(path: string, { top, point }: Hierarchy): string[] {
  const within = relative(top, path);
  const folders = [point];
  for (let each = within.startsWith('..') ? '' : within; each !== '' && each !== '.'; each = dirname(each)) {
    folders.push(join(point, each));
  }
  return folders;
}

/** What a group may still take; without end where it has no limit. */
async function roomIn(folder: string, { limits, usage, reclaimable }: Naming): Promise<number> {
  const bounds = await Promise.all(limits.map((name) => read(join(folder, name))));
  // What is no number is `max`, or not there.
  const limit = Math.min(...bounds.map((text) => Number.parseInt(text, 10)).filter(Number.isFinite));
  const used = Number.parseInt(await read(join(folder, usage)), 10);
  if (!Number.isFinite(limit) || !Number.isFinite(used)) {
    return Number.POSITIVE_INFINITY;
  }
  const files = reclaimable.exec(await read(join(folder, 'memory.stat')))?.[1] ?? 0;
  return limit - used + Number(files);
}

/** A system that has no such file limits nothing. */
async function read(file: string): Promise<string> {
  return readFile(file, 'latin1').catch(() => '');
}
