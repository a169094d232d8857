import { describe, expect, it } from 'vitest';
import { ColumnTracker } from '../../electron/repl/screen/column-tracker.ts';

const COLUMNS = 10;

function columnAfter(...pieces: (string | Uint8Array)[]): number {
  const tracker = new ColumnTracker();
  for (const piece of pieces) {
    tracker.follow(Buffer.from(piece), COLUMNS);
  }
  return tracker.column;
}

describe('the column after output', () => {
  it.each([
    ['text', 'abc', 3],
    ['lines', 'abc\r\nde', 2],
    ['a progress bar', '50 %\r100', 3],
    ['colours', '\x1b[31mred\x1b[m', 3],
    ['wide characters', '中é', 3],
    ['a tab', 'a\tb', 9],
    ['a full row', '0123456789', 10],
    ['a row and more', '0123456789ab', 2],
    ['backspace', 'abc\b', 2],
    ['moves of the cursor', 'abc\x1b[2D\x1b[4C\x1b[3G', 2],
    ['a title', '\x1b]0;title\x07ab', 2],
  ])('%s', (_, text, column) => {
    expect(columnAfter(text)).toBe(column);
  });

  it('is the same however the bytes are cut', () => {
    const bytes = Buffer.from('x\r\n\x1b[31mé中\x1b[m\x1b]0;t\x07👍a');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(columnAfter(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(6);
    }
  });

  it('is unknown after a program that had a screen of its own, until the next line', () => {
    const tracker = new ColumnTracker();
    tracker.follow(Buffer.from('\x1b[?1049h…\x1b[?1049l'), COLUMNS);
    expect(tracker.isLost).toBe(true);
    tracker.follow(Buffer.from('\r\nx'), COLUMNS);
    expect([tracker.isLost, tracker.column]).toEqual([false, 1]);
  });

  it('says whether something else may be written', () => {
    const tracker = new ColumnTracker();
    const wholes = ['a', '\xc3', '\xa9', '\x1b[3', '1m', '\x1b]0;x', '\x07'].map((piece) => {
      tracker.follow(Buffer.from(piece, 'latin1'), COLUMNS);
      return tracker.isWhole;
    });
    expect(wholes).toEqual([true, false, true, false, true, false, true]);
  });
});
