/** Another process takes over a session's channels, wherever the one before was killed. */

import { expect, it } from 'vitest';
import { encodeFrame, FrameReader } from '../../../electron/supervisor/protocol/frames.ts';
import { OutputMultiplexer } from '../../../electron/supervisor/protocol/output-multiplexer.ts';

const BARRIER = Buffer.from('0123456789abcdef0123456789abcdef');
const TOKEN = 'secret';

function mark(text: string): string {
  return `\x1b_pyrepl3;${TOKEN};${text}\x1b\\`;
}

it('loses no whole report and no half one is taken for one, wherever it was cut', () => {
  const old = Buffer.concat([encodeFrame({ kind: 'a' }), encodeFrame({ kind: 'b' }, Buffer.from('payload'))]);
  const whole = encodeFrame({ kind: 'a' }).length;
  for (let cut = 0; cut <= old.length; cut += 1) {
    for (const piece of [1, 7, 1000]) {
      const reader = new FrameReader<{ kind: string }>();
      reader.expect(BARRIER);
      const stream = Buffer.concat([old.subarray(0, cut), BARRIER, encodeFrame({ kind: 'c' })]);
      const kinds: string[] = [];
      for (let at = 0; at < stream.length; at += piece) {
        kinds.push(...reader.push(stream.subarray(at, at + piece)).map(({ message }) => message.kind));
      }
      const before = [...(cut >= whole ? ['a'] : []), ...(cut === old.length ? ['b'] : [])];
      expect(kinds).toEqual([...before, 'c']);
    }
  }
});

/** Feed both ways in every order of arrival that keeps each way's own, and return what came out. */
function merged(terminal: string[], beside: Buffer[], order: number): { text: string; marks: number[] } {
  let text = '';
  const marks: number[] = [];
  const multiplexer = new OutputMultiplexer(TOKEN, {
    output: (bytes) => (text += bytes),
    text: () => undefined,
    mark: (number) => marks.push(number),
  });
  const ways = [terminal.map((piece) => Buffer.from(piece)), [...beside]];
  multiplexer.expect(BARRIER);
  for (let step = 0; ways[0]?.length || ways[1]?.length; step += 1) {
    const first = (order >> step) & 1;
    const way = ways[first]?.length ? first : 1 - first;
    const piece = ways[way]?.shift() as Buffer;
    if (way === 0) {
      multiplexer.terminal(piece);
    } else {
      multiplexer.beside(piece);
    }
  }
  return { text, marks };
}

it('ends a block that was promised and not written, in whatever order the two ways are read', () => {
  const terminal = [`a${mark('r6')}`, `b${mark('x')}`, `c${mark('r3')}`, `d${mark('7')}`];
  for (const written of ['', '12', '123456']) {
    const beside = [Buffer.from(written), BARRIER.subarray(0, 5), BARRIER.subarray(5), Buffer.from('xyz')];
    for (let order = 0; order < 256; order += 1) {
      expect(merged(terminal, beside, order)).toEqual({ text: `a${written}bcxyzd`, marks: [7] });
    }
  }
});

it('reads a mark that begins within the half of another', () => {
  const half = mark('12345').slice(0, 15);
  const { text, marks } = merged([`a${half}`, `${mark('x')}b${mark('8')}`], [BARRIER], 0);
  expect({ text: text.replaceAll('\x1b', ''), marks }).toEqual({ text: 'ab', marks: [8] });
});
