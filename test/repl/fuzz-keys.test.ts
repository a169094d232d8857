/** Random keys, pastes, answers and bytes, cut at random places, through what makes keys of them. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Editor } from '../../electron/repl/line-editor/editor.ts';
import { type Key, KeyReader } from '../../electron/repl/line-editor/keys.ts';
import { KillRing } from '../../electron/repl/line-editor/kill-ring.ts';
import { bytesOfTyped, TypedDecoder } from '../../electron/repl/line-editor/typed-bytes.ts';
import { FUZZ_TIMEOUT_MS, UNTIL_TIME_IS_UP } from '../support/fuzzing.ts';

const TYPED = ['a', 'é', '中', '👩‍💻', ' ', '[', 'G', ';', '1', '~', 'M', ']', '\\'];
const KEYS = [
  '\r',
  '\t',
  '\x7f',
  '\x01',
  '\x1b',
  '\x1bb',
  '\x1b_',
  '\x1b[A',
  '\x1bOB',
  '\x1b[1;5C',
  '\x1b[13;2u',
];
const ANSWERS = [
  '\x1b[24;80R',
  '\x1b[?62;22c',
  '\x1b[>0;276;0c',
  '\x1b]11;rgb:1e1e/1e1e/1e1e\x07',
  '\x1b]10;rgb:d4d4/d4d4/d4d4\x1b\\',
  '\x1bP>|xterm(390)\x1b\\',
  '\x1bP1$r0m\x1b\\',
  '\x1b_Gi=1;OK\x1b\\',
  '\x1b[?2004;1$y',
  '\x1b[I',
  '\x1b[O',
  '\x1b[<0;12;5M',
  '\x1b[35;40;12M',
  '\x1b[M #5',
  '\x1b[M a~',
];

const random = fc.oneof(
  fc.constantFrom(
    ...TYPED,
    ...KEYS,
    ...ANSWERS,
    '\x1b[200~',
    '\x1b[201~',
    '\x1b]',
    '\x1bP',
    '\x1b[',
    '\x1b[M',
    '\x03',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** Cut bytes, or text, at these places. */
function cut<T extends { slice(from: number, to?: number): T; length: number }>(
  whole: T,
  places: number[],
): T[] {
  const edges = [0, ...places.map((place) => place % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  return edges.slice(1).map((edge, index) => whole.slice(edges[index] as number, edge));
}

/** A reader and a clock of its own, so that no test waits. */
class Typist {
  readonly keys: Key[] = [];
  #now = 0;
  readonly #reader = new KeyReader(() => this.#now);

  type(data: string): this {
    this.#reader.push(data);
    this.#take('not');
    return this;
  }

  /** Nothing comes for so long. */
  wait(how: 'briefly' | 'long'): this {
    this.#now += how === 'long' ? 5000 : 60;
    this.#take('briefly');
    if (how === 'long') {
      this.#take('long');
    }
    return this;
  }

  get isEmpty(): boolean {
    return this.#reader.isEmpty;
  }

  #take(waited: 'not' | 'briefly' | 'long'): void {
    for (let key = this.#reader.next(waited); key; key = this.#reader.next(waited)) {
      this.keys.push(key);
    }
  }
}

const places = fc.array(fc.nat(), { maxLength: 6 });
const garbage = fc.array(random, { maxLength: 12 }).map((parts) => parts.join(''));

describe('random keys', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('never keep Ctrl-C from being one', () => {
    fc.assert(
      fc.property(garbage, places, (before, at) => {
        const typist = new Typist();
        for (const piece of cut(before, at)) {
          typist.type(piece);
        }
        typist.wait('briefly').type('\x03').wait('briefly');
        expect(typist.keys.at(-1)?.name).toBe('C-c');
        expect(typist.isEmpty).toBe(true);
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  it('are not swallowed once nothing has come for a while', () => {
    fc.assert(
      fc.property(garbage, places, (before, at) => {
        const typist = new Typist();
        for (const piece of cut(before, at)) {
          typist.type(piece);
        }
        typist.wait('long').type('q').wait('briefly');
        expect(typist.keys.at(-1)).toEqual({ name: 'text', text: 'q', source: 'q' });
      }),
      UNTIL_TIME_IS_UP,
    );
  });

  it('arrive, and nothing of a terminal’s answers does, in pieces that are late too', () => {
    const part = fc.oneof(fc.constantFrom(...ANSWERS), fc.constantFrom('a', '中', '\r'));
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.nat(),
        fc.constantFrom(0, 1),
        (parts, place, isLate) => {
          const typist = new Typist();
          for (const text of parts) {
            for (const piece of cut(text, [place])) {
              typist.type(piece);
              if (isLate) {
                typist.wait('briefly');
              }
            }
          }
          const typed = typist.wait('long').keys.filter(({ name }) => name === 'text' || name === 'Enter');
          const expected = parts.filter((text) => !ANSWERS.includes(text)).join('');
          expect(typed.map(({ source }) => source).join('')).toBe(expected);
          // An Escape that was late is a key that does nothing to the text; so is its Alt.
          expect(typist.keys.filter((key) => !typed.includes(key)).map(({ name }) => name)).toEqual(
            expect.not.arrayContaining(['C-c', 'paste']),
          );
        },
      ),
      UNTIL_TIME_IS_UP,
    );
  });

  it('leave what is pasted as it was', () => {
    const line = fc.string({ unit: fc.constantFrom(...TYPED, '\t', '"', '\n', '>', '.') });
    const text = line.filter((pasted) => !pasted.trimStart().startsWith('>>>'));
    fc.assert(
      fc.property(garbage, text, places, (before, pasted, at) => {
        const editor = new Editor({
          mode: 'code',
          entries: () => [],
          killRing: new KillRing(),
          columns: () => 80,
        });
        const typist = new Typist().type(before.replaceAll('\x1b[200~', '')).wait('long');
        const count = typist.keys.length;
        for (const piece of cut(`\x1b[200~${pasted.replaceAll('\n', '\r')}\x1b[201~`, at)) {
          typist.type(piece);
        }
        for (const key of typist.keys.slice(count)) {
          editor.press(key);
        }
        expect(editor.buffer.text).toBe(pasted);
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});

describe('random bytes', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('reach a program as they were typed, however they are cut', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      garbage.map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, places, (typed, at) => {
        const decoder = new TypedDecoder();
        const text = cut(typed, at)
          .map((piece) => decoder.decode(piece))
          .join('');
        const rest = decoder.decode(Uint8Array.of(0x0a));
        expect(Buffer.from(bytesOfTyped(text + rest))).toEqual(Buffer.concat([typed, Uint8Array.of(0x0a)]));
      }),
      UNTIL_TIME_IS_UP,
    );
  });
});
