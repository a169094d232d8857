import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHistory } from '../../electron/repl/history/history.ts';
import { parseEntries, writeEntry } from '../../electron/repl/history/history-entries.ts';
import { shorten } from '../../electron/repl/history/history-file.ts';

let folder = '';
let file = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-history-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fresh(text?: string): string {
  file = join(mkdtempSync(join(folder, 'case-')), 'history.jsonl');
  if (text !== undefined) {
    writeFileSync(file, text);
  }
  return file;
}

function codes(): string[] {
  return parseEntries(readFileSync(file, 'utf8')).map((entry) => entry.code);
}

describe('history', () => {
  it('keeps code of several lines whole, for the user alone', () => {
    openHistory(fresh()).add('for i in x:\n    print(i)');
    openHistory(file).add('y = "é\\n"');
    expect(openHistory(file).entries).toEqual(['for i in x:\n    print(i)', 'y = "é\\n"']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves out what was just run, and blanks', () => {
    const history = openHistory(fresh());
    for (const code of ['a', 'a', ' ', 'b', 'a']) {
      history.add(code);
    }
    expect(codes()).toEqual(['a', 'b', 'a']);
  });

  it('skips lines that are none, and writes on behind half a line', () => {
    openHistory(fresh(`nonsense\n${writeEntry({ time: 1, code: 'a' })}{"time": 2, "co`)).add('b');
    expect(openHistory(file).entries).toEqual(['a', 'b']);
  });

  it('works without a disk to write on', () => {
    const history = openHistory(join(folder, 'absent', 'history.jsonl'));
    history.add('a');
    expect(history.entries).toEqual(['a']);
  });

  it('is shortened, but not while somebody else does it', () => {
    fresh(Array.from({ length: 20 }, (_, time) => writeEntry({ time, code: `n${time}` })).join(''));
    writeFileSync(`${file}.lock`, '');
    shorten(file, 5);
    expect(codes()).toHaveLength(20);
    rmSync(`${file}.lock`);
    shorten(file, 5);
    expect(codes()).toEqual(['n15', 'n16', 'n17', 'n18', 'n19']);
  });

  it('keeps no more than so many entries, in the file and in memory', () => {
    const history = openHistory(fresh(), 10);
    for (let entry = 0; entry < 100; entry += 1) {
      history.add(`n${entry}`);
      history.addAnswer(`a${entry}`);
    }
    const last = (items: readonly string[]) => [items.at(-1), items.length >= 10, items.length <= 12];
    expect(last(history.entries)).toEqual(['n99', true, true]);
    expect(last(history.session.map(({ code }) => code))).toEqual(['n99', true, true]);
    expect(last(history.answers)).toEqual(['a99', true, true]);
    expect(openHistory(file, 10).entries).toHaveLength(10);
    expect(codes()).toHaveLength(10);
    history.goOnWith(Array.from({ length: 50 }, (_, time) => ({ time, code: `e${time}` })));
    expect(last(history.session.map(({ code }) => code))).toEqual(['e49', true, true]);
  });

  it('loses nothing when two processes write and a third shortens', async () => {
    fresh('');
    const writer = await bundled();
    const writers = ['one', 'two'].map((name) =>
      spawn(process.execPath, [writer, file, name], { stdio: 'inherit' }),
    );
    const ended = Promise.all(writers.map((child) => once(child, 'exit')));
    let isWriting = true;
    // Every turn of the loop is a chance to lose what is being written.
    void ended.then(() => {
      isWriting = false;
    });
    while (isWriting) {
      shorten(file, 1_000_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const expected = ['one', 'two'].flatMap((name) =>
      Array.from({ length: 500 }, (_, index) => `${name}\n${index}`),
    );
    expect(new Set(codes())).toEqual(new Set(expected));
  });
});

/** A program that adds 500 entries to a history. */
async function bundled(): Promise<string> {
  const source = join(folder, 'writer.ts');
  const history = join(import.meta.dirname, '../../electron/repl/history/history.ts');
  writeFileSync(
    source,
    `import { openHistory } from ${JSON.stringify(history)};
     const [, , file, name] = process.argv;
     const history = openHistory(file as string);
     for (let index = 0; index < 500; index += 1) history.add(name + '\\n' + index);`,
  );
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: source, outDir: folder, rolldownOptions: { output: { entryFileNames: 'writer.mjs' } } },
  });
  return join(folder, 'writer.mjs');
}
