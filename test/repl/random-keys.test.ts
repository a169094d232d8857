import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes, graphemeWidth, textWidth } from '../../electron/repl/screen/text-width.ts';
import { Stage } from './stage.ts';

const KEYS = [
  ...'ab (:"\'#{',
  '中',
  'e\u0301',
  '👩‍💻',
  '🇩🇪',
  '\n',
  '\x1b\r',
  '\t',
  '\x7f',
  ...['\x01', '\x02', '\x04', '\x05', '\x06', '\x0b', '\x0e', '\x10', '\x14', '\x15', '\x17', '\x19', '\x1f'],
  ...['\x1bb', '\x1bf', '\x1bd', '\x1by', '\x1b\x7f', '\x1b_', '\x1bu'],
  ...['\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D', '\x1b[H', '\x1b[F', '\x1b[3~', '\x1b[1;5D', '\x1b[Z'],
  ...['\x12', '\x13', '\x07', '\x1bOA'],
  '\x1b[200~def f():\n\tpass\n\x1b[201~',
  'abcdefghijklmnop',
];

/** The rows that a terminal of this width shows for the text, and the cursor's place, told the simple way. */
function model(text: string, cursor: number, columns: number) {
  const rows: string[] = [];
  let place: [number, number] = [0, 0];
  let offset = 0;
  for (const [number, line] of text.split('\n').entries()) {
    let row = number === 0 ? '>>> ' : '... ';
    /** Of the line without its prompt. */
    let width = 0;
    const put = (at: number, isEnd: boolean) => {
      if (at !== cursor) {
        return;
      }
      if (textWidth(row) < columns) {
        place = [rows.length, textWidth(row)];
      } else {
        place = [rows.length + 1, 0];
      }
      if (isEnd && textWidth(row) >= columns) {
        rows.push(row);
        row = '';
      }
    };
    for (const grapheme of graphemes(line)) {
      const shown = grapheme === '\t' ? [...' '.repeat(4 - (width % 4))] : [grapheme];
      for (const [index, part] of shown.entries()) {
        if (textWidth(row) + graphemeWidth(part) > columns) {
          rows.push(row);
          row = '';
        }
        if (index === 0) {
          put(offset, false);
        }
        row += part;
        width += graphemeWidth(part);
      }
      offset += grapheme.length;
    }
    put(offset, true);
    rows.push(row);
    offset += 1;
  }
  return { rows: rows.map((row) => row.trimEnd()), place };
}

describe('random keys', () => {
  it('never tear the screen from the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...KEYS), { maxLength: 60 }),
        fc.integer({ min: 8, max: 30 }),
        async (keys, columns) => {
          const entries = ['x = 1', 'for a in b:\n    print(a)'];
          const stage = await new Stage({ columns, rows: 200, entries, before: 'above\r\n' }).open();
          for (const key of keys) {
            await stage.type(key);
            const { buffer } = stage.editor;
            stage.editor.closeHints();
            await stage.paint();
            const suggestion = stage.editor.suggestion.split('\n');
            const shown = buffer.text + (suggestion[0] ?? '') + (suggestion.length > 1 ? ' …' : '');
            const { rows, place } = model(shown, buffer.cursor, columns);
            expect([stage.screen, stage.cursor]).toEqual([
              ['above', ...trimmed(rows)],
              [place[0] + 1, place[1]],
            ]);
          }
          stage.terminal.dispose();
        },
      ),
      { numRuns: 150 },
    );
  });
});

function trimmed(rows: string[]): string[] {
  const end = rows.findLastIndex((row) => row !== '');
  return rows.slice(0, end + 1);
}
