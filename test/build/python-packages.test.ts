/** Python packages: only what has its hash, and a set-up that goes on without them. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ensure } from '../../build/setup/python-packages.mjs';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(said.push(String(text))));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('goes on where python3 has no pip, and says so once', async () => {
  vi.stubEnv('PATH', folder);
  const target = join(folder, 'packages');
  await ensure('cloudpickle', target);
  await ensure('cloudpickle', target);
  expect(said.filter((line) => line.includes('python3 has no pip'))).toHaveLength(1);
  expect(readdirSync(target)).toEqual(['.stamp']);
});
