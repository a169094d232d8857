/** Our widths and our columns against those of a real terminal. */

import '../../electron/repl/screen/terminal-characters.ts';

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ColumnTracker } from '../../electron/repl/screen/column-tracker.ts';
import { textWidth } from '../../electron/repl/screen/text-width.ts';
import { FUZZ_TIMEOUT_MS, UNTIL_TIME_IS_UP } from '../support/fuzzing.ts';

const LAST_CODE = 0x10ffff;
const WIDE = 4000;
/** With a letter before each, and two columns each, they fit. */
const LINE_CHARACTERS = 1280;
const terminals: headless.Terminal[] = [];

function openTerminal(cols: number): headless.Terminal {
  const terminal = new headless.Terminal({ cols, rows: 20, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon() as never);
  terminals.push(terminal);
  return terminal;
}

const write = (terminal: headless.Terminal, data: string | Uint8Array) =>
  new Promise<void>((resolve) => terminal.write(data, resolve));

afterAll(() => {
  for (const terminal of terminals) {
    terminal.dispose();
  }
});

const CLUSTERS = [
  'e\u0301',
  '👩‍💻',
  '🇩🇪',
  '🇩',
  '\ufe0f',
  '☂',
  '1\ufe0f\u20e3',
  '👍🏽',
  '\u200d',
  '\u0301',
  '한',
  'ᄀ',
  'ᅡ',
  'க்ஷ',
  '\u200b',
  'ﷺ',
  '中',
  'a',
  '\u00ad',
];
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...CLUSTERS),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replace(/\p{Cc}/gu, ''));

describe('the width of a text', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('is the terminal’s for every character', async () => {
    const terminal = openTerminal(WIDE);
    for (let first = 0xa0; first <= LAST_CODE; first += LINE_CHARACTERS) {
      const codes = Array.from(
        { length: Math.min(LINE_CHARACTERS, LAST_CODE + 1 - first) },
        (_, at) => first + at,
      );
      const line = codes
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => `a${String.fromCodePoint(code)}`)
        .join('');
      await write(terminal, `\x1b[2J\x1b[H${line}`);
      expect([first, textWidth(line)]).toEqual([first, terminal.buffer.active.cursorX]);
    }
  });

  it('is the terminal’s for what stands together', async () => {
    const terminal = openTerminal(100);
    await fc.assert(
      fc.asyncProperty(text, async (line) => {
        await write(terminal, `\x1b[2J\x1b[H${line}`);
        expect(textWidth(line)).toBe(terminal.buffer.active.cursorX);
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});

const moves = fc
  .tuple(fc.constantFrom(...'CDGE`aFHfXPK@JmABde'), fc.nat({ max: 30 }), fc.nat({ max: 30 }))
  .map(([final, count, column]) =>
    final === 'H' || final === 'f' ? `\x1b[1;${column}${final}` : `\x1b[${count || ''}${final}`,
  );
const output = fc.array(
  fc.oneof(
    text,
    moves,
    fc.constantFrom(
      '\t',
      '\r',
      '\b',
      '\r\n',
      '\n',
      '\x1b7',
      '\x1b8',
      '\x1b[s',
      '\x1b[u',
      '\x07',
      '\x1b]0;t\x07',
      '\x1b[31m',
      '\x1bM',
      '\x1bD',
      '\x1bE',
      '\x1b[Z',
      '\x1b[I',
      '\x1b[4h',
      '\x1b[b',
      '\x1bPq\x1b\\',
      '\x1b_x\x1b\\',
      '\x1b(0',
      '\x1b(B',
    ),
  ),
  { maxLength: 14 },
);

describe('the column after output', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('is the terminal’s, however the bytes are cut, or said to be unknown', async () => {
    const terminal = openTerminal(30);
    await fc.assert(
      fc.asyncProperty(output, fc.nat(), fc.integer({ min: 6, max: 30 }), async (parts, place, columns) => {
        terminal.reset();
        terminal.resize(columns, 20);
        const tracker = new ColumnTracker();
        const bytes = Buffer.from(parts.join('').replace(/\r?\n/g, '\r\n'));
        const cut = place % (bytes.length + 1);
        for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
          tracker.follow(piece, columns);
        }
        // The terminal itself loses some characters that are cut, and joins what comes to what it had before its reset.
        await write(terminal, `\x1b[m${bytes}`);
        const { cursorX } = terminal.buffer.active;
        expect(tracker.isLost ? cursorX : tracker.column).toBe(cursorX);
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});
