/** A file is replaced by the whole of another one, or stays as it is. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeEntry } from '../../../electron/repl/history/history-entries.ts';
import { shorten } from '../../../electron/repl/history/history-file.ts';
import { replaceFile, replaceFileSync } from '../../../electron/supervisor/platform/replace-file.ts';

const WAYS = [
  { way: 'at once', replace: async (...its: Parameters<typeof replaceFileSync>) => replaceFileSync(...its) },
  { way: 'in the background', replace: replaceFile },
];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pyrepl3-replace-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe.each(WAYS)('a file that is replaced $way', ({ replace }) => {
  it('is there whole, for the user alone, with no draft beside it', async () => {
    const home = folder();
    const file = join(home, 'window.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    await replace(file, 'new');
    await replace(file, 'newer');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['newer', 0o600]);
    expect(readdirSync(home)).toEqual(['window.json']);
  });

  it("is not written through a draft of somebody else's, which stays", async () => {
    const home = folder();
    const [file, draft] = [join(home, 'file'), join(home, 'draft')];
    writeFileSync(draft, 'theirs');
    await expect(replace(file, 'mine', draft)).rejects.toThrow('EEXIST');
    expect([readdirSync(home), readFileSync(draft, 'utf8')]).toEqual([['draft'], 'theirs']);
  });
});

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot && process.platform === 'linux')('on a disk that is full', () => {
  /** A disk with so much left that a long text is cut short in the middle. */
  function fullDisk(file: string, text: string): string {
    const home = folder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', home]);
    onTestFinished(() => void execFileSync('umount', [home]));
    writeFileSync(join(home, file), text);
    return home;
  }

  it.each(WAYS)('the file stays as it is, and no draft is left, $way', async ({ replace }) => {
    const home = fullDisk('window.json', 'old');
    const file = join(home, 'window.json');
    await expect(replace(file, 'x'.repeat(100_000))).rejects.toThrow('ENOSPC');
    expect([readFileSync(file, 'utf8'), readdirSync(home)]).toEqual(['old', ['window.json']]);
  });

  it('the history stays as long as it is', () => {
    const text = Array.from({ length: 400 }, (_, time) => writeEntry({ time, code: 'x'.repeat(80) })).join(
      '',
    );
    const home = fullDisk('history.jsonl', text);
    const file = join(home, 'history.jsonl');
    shorten(file, 399);
    expect([readFileSync(file, 'utf8') === text, readdirSync(home)]).toEqual([true, ['history.jsonl']]);
  });
});
