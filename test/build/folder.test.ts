/** Set-up fills a folder wholly or not at all, and only once. */

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillFolder, isFilled } from '../../build/setup/folder.mjs';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folder-'));
  folder = join(parent, 'packages');
});

afterEach(() => rmSync(parent, { recursive: true }));

describe('a folder that set-up fills', () => {
  it('knows what it was filled with', async () => {
    await fillFolder(folder, 'version 1', fill);
    expect([isFilled(folder, 'version 1'), isFilled(folder, 'version 2')]).toEqual([true, false]);
  });

  it('leaves nothing behind when filling fails', async () => {
    const failing = fillFolder(folder, 'version 1', async (unfinished: string) => {
      await fill(unfinished);
      throw new Error('the network went away');
    });
    await expect(failing).rejects.toThrow('the network went away');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('keeps what was there when filling it anew fails', async () => {
    await fillFolder(folder, 'version 1', fill);
    await expect(fillFolder(folder, 'version 2', () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect([isFilled(folder, 'version 1'), existsSync(join(folder, 'file'))]).toEqual([true, true]);
  });
});

async function fill(unfinished: string) {
  writeFileSync(join(unfinished, 'file'), 'content');
}
