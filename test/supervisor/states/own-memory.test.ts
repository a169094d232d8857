/** What a process has to itself. */

import { expect, it } from 'vitest';
import { ownMemory } from '../../../electron/supervisor/states/memory-use.ts';

it.runIf(process.platform === 'linux')('is read of a process that lives, and of no other', async () => {
  expect(await ownMemory(process.pid)).toBeGreaterThan(1024 * 1024);
  expect(await ownMemory(2 ** 30)).toBe(null);
});
