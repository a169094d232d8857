/** Sessions are ready ahead of need, belong to one user each, and whatever fails in one costs nobody else anything. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openPool, type Pool, type PoolOptions } from '../../../electron/supervisor/pool.ts';
import type { Session } from '../../../electron/supervisor/session.ts';
import { processesWith } from '../../support/processes.ts';
import { ONE, onPythons, times } from '../../support/pythons.ts';
import { until } from '../../support/until.ts';

const TAG = 'PYREPL3_TEST';
/** A thousand sessions take a while. */
const LONG_MS = 600_000;

/** A pool that is closed when the test ends, and leaves no process. */
function open(python: string, options: Omit<PoolOptions, 'session'> = {}) {
  const tag = randomUUID();
  const pool = openPool({ session: { python, env: { ...process.env, [TAG]: tag } }, ...options });
  const processes = () => processesWith(`${TAG}=${tag}`);
  onTestFinished(async () => {
    await pool.close();
    await until(
      () => processes().length === 0,
      () => `the pool to leave no process: ${processes()}`,
    );
  });
  return { pool, processes };
}

async function ready(pool: Pool): Promise<void> {
  await until(
    () => pool.counts.idle > 0,
    () => `a session to be ready: ${JSON.stringify(pool.counts)}`,
  );
}

async function fails(session: Session, code: string): Promise<boolean> {
  return (await session.run(code)).outcome !== 'ok';
}

onPythons(ONE, 'a pool', ({ executable }) => {
  it('hands over at once what is ready and warm, and makes another ready', async () => {
    const { pool } = open(executable, { warmUp: 'import json; warm = 1' });
    await ready(pool);
    const session = await pool.acquire();
    expect(session.status.kind).toBe('idle');
    expect(await session.run('json.dumps(warm)')).toMatchObject({ outcome: 'ok' });
    await ready(pool);
    expect(pool.counts).toEqual({ idle: 1, warming: 0, used: 1, waiting: 0 });
    await pool.release(session);
  });

  it('gives no session to two users, one after the other either', async () => {
    const { pool } = open(executable, { most: 1 });
    const first = await pool.acquire();
    await first.run('secret = 1');
    const second = pool.acquire();
    expect(pool.counts).toMatchObject({ used: 1, waiting: 1 });
    await pool.release(first);
    expect(first.status.kind).toBe('ended');
    expect(await fails(await second, 'secret')).toBe(true);
    await expect(pool.release(first)).rejects.toThrow(/was given back already/);
    await pool.release(await second);
  });

  it('serves who waits in their order, but for those that give up', async () => {
    const { pool } = open(executable, { most: 1 });
    const first = await pool.acquire();
    const order: string[] = [];
    const giving = new AbortController();
    const users = ['a', 'b', 'c'].map(async (name) => {
      const signal = name === 'b' ? giving.signal : undefined;
      const session = await pool.acquire({ ...(signal && { signal }) });
      order.push(name);
      await pool.release(session);
    });
    giving.abort();
    await expect(users[1]).rejects.toThrow();
    await pool.release(first);
    await Promise.all([users[0], users[2]]);
    expect(order).toEqual(['a', 'c']);
  });

  it.each([
    ['raise ValueError("no")', /The code that warms sessions up raised: ValueError: no\./],
    ['import os; os._exit(3)', /The code that warms sessions up died: Python ended: exit status 3\./],
    ['import sys; sys.exit(4)', /The code that warms sessions up exiting: Python ended: exit status 4\./],
    ['import time; time.sleep(1000)', /A session was not ready after 3 s\./],
  ])('says why none can be made ready: %s', async (warmUp, words) => {
    const { pool } = open(executable, { warmUp, patience: 3_000 });
    await expect(pool.acquire()).rejects.toThrow(words);
    // Nothing is tried at once again.
    await expect(pool.acquire()).rejects.toThrow(words);
    expect(pool.counts).toMatchObject({ idle: 0, waiting: 0 });
  });

  it('tries an interpreter that is not there again, until it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-pool-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const python = join(folder, 'python3');
    const { pool } = open(python);
    await expect(pool.acquire()).rejects.toThrow(python);
    symlinkSync(executable, python);
    await ready(pool);
    await pool.release(await pool.acquire());
  });

  it('replaces a session that dies while it is idle', async () => {
    const { pool, processes } = open(executable);
    await ready(pool);
    for (const pid of processes()) process.kill(pid, 'SIGKILL');
    await until(
      () => pool.counts.idle === 0,
      () => 'the loss to be noticed',
    );
    const session = await pool.acquire();
    expect(await session.run('1')).toMatchObject({ outcome: 'ok' });
    await pool.release(session);
  });

  it('replaces a session that nobody has wanted for long', async () => {
    const { pool, processes } = open(executable, { life: 100 });
    await ready(pool);
    const before = processes();
    await until(
      () => processes().length > 0 && !processes().some((pid) => before.includes(pid)),
      () => 'another session',
    );
  });

  it(
    'serves all of many users, some of whom kill what they have, and leaves nothing',
    async () => {
      const { pool } = open(executable, { most: 3, idle: { least: 2 } });
      const ends = ['1', 'import os; os._exit(1)', 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)'];
      const [users, rounds] = [times(6, 20), times(3, 50)];
      let served = 0;
      const use = async (user: number) => {
        for (let time = 0; time < rounds; time += 1) {
          const session = await pool.acquire();
          expect(await fails(session, 'mine')).toBe(true);
          await session.run(`mine = ${user}`);
          await session.run(ends[(user + time) % ends.length] ?? '');
          expect(await fails(session, `assert mine == ${user}`)).toBe(false);
          await pool.release(session);
          served += 1;
        }
      };
      await Promise.all(Array.from({ length: users }, (_, user) => use(user)));
      expect(served).toBe(users * rounds);
      expect(pool.counts).toMatchObject({ used: 0, waiting: 0 });
    },
    LONG_MS,
  );

  it('refuses who comes or waits when it is closed', async () => {
    const { pool } = open(executable, { most: 1 });
    const session = await pool.acquire();
    const waits = pool.acquire();
    const closing = pool.close();
    await expect(waits).rejects.toMatchObject({ code: 'ENDED' });
    await expect(pool.acquire()).rejects.toMatchObject({ code: 'ENDED' });
    await closing;
    await pool.release(session);
  });
});
