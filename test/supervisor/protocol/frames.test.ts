/** Frames, whole and broken, in both directions. */

import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_FRAME_BYTES } from '../../../electron/contract/messages.ts';
import { Channel } from '../../../electron/supervisor/protocol/channel.ts';
import {
  encodeFrame,
  type Frame,
  FrameError,
  FrameReader,
} from '../../../electron/supervisor/protocol/frames.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

type Message = { kind: string };

const messages = fc.array(
  fc.record({
    message: fc.record({ kind: fc.string(), text: fc.string({ unit: 'binary' }) }),
    payload: fc.uint8Array(),
  }),
);

it('come out of the reader as they went in, wherever they are cut', () => {
  fc.assert(
    fc.property(messages, fc.array(fc.nat()), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ message, payload }) => encodeFrame(message, payload)));
      const received = pieces(bytes, cuts).flatMap((piece) => reader.push(piece));
      expect(received.map(({ message, payload }) => ({ message, payload: new Uint8Array(payload) }))).toEqual(
        sent,
      );
      reader.end();
    }),
  );
});

const reader = new FrameReader<Message>();

it('end in an error where they are cut off', () => {
  const whole = encodeFrame({ kind: 'a' }, Buffer.from('payload'));
  for (let length = 1; length < whole.length; length += 1) {
    const cut = new FrameReader<Message>();
    expect(cut.push(whole.subarray(0, length))).toEqual([]);
    expect(() => cut.end()).toThrow(FrameError);
  }
});

const WRONG: [string, Buffer][] = [
  ['too large', prefix(MAX_FRAME_BYTES + 1, 2)],
  ['all ones', Buffer.alloc(8, 0xff)],
  ['a header beyond the frame', prefix(8, 5)],
  ['an empty frame', prefix(0, 0)],
  ['a header that is no JSON', frame('no JSON')],
  ['a list', frame('[1]')],
  ['nothing', frame('null')],
  ['a message without a kind', frame('{}')],
  ['a kind that is no text', frame('{"kind":1}')],
];

it.each(WRONG)('are refused at once: %s', (_, bytes) => {
  expect(() => new FrameReader<Message>().push(bytes)).toThrow(FrameError);
});

it('of any garbage end in an error or wait for more, and never hang', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 200 }), (bytes) => {
      const one = new FrameReader<Message>();
      try {
        one.push(Buffer.from(bytes));
        one.end();
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
  );
});

it('that are too large are not sent', () => {
  expect(() => encodeFrame({ kind: 'a' }, { length: MAX_FRAME_BYTES } as Uint8Array)).toThrow(
    /over the limit/,
  );
});

it('break a channel, which tells of it once and closes', () => {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const channel = new Channel<Message>(socket);
  const heard: (Frame<Message> | Error)[] = [];
  channel.on('frame', (one) => heard.push(one));
  channel.on('broken', (error) => heard.push(error));
  socket.push(Buffer.concat([encodeFrame({ kind: 'a' }), frame('garbage')]));
  return until(
    () => socket.destroyed,
    () => 'the socket to close',
  ).then(() => {
    expect(heard.at(-1)).toBeInstanceOf(FrameError);
    channel.send({ kind: 'b' });
  });
});

onPythons(ONE, 'garbage on a live channel', (python) => {
  it.each([
    ['no frame', 'b"\\xff" * 64'],
    ['a frame of garbage', 'b"\\x0b\\0\\0\\0\\x07\\0\\0\\0garbage"'],
    ['an unknown message', 'b"\\x12\\0\\0\\0\\x0e\\0\\0\\0{\\"kind\\":\\"no\\"}"[:22]'],
  ])('from Python ends in a fault that is told, not in a hang: %s', async (_, bytes) => {
    const trial = openTrial(python);
    trial.expectFaults();
    await trial.says('x = 1');
    // Our descriptors are the user's to spoil, if they insist: the first is that of requests.
    await trial.session.run(`import os\nos.write(100, ${bytes})`);
    await until(
      () => trial.faults.length > 0,
      () => 'a fault',
    );
    expect(trial.faults[0]?.message).toMatch(/frame|nobody knows/);
  });

  it('to Python ends it with a fault, not with a hang', async () => {
    const trial = openTrial(python);
    trial.expectFaults();
    await trial.says('x = 1');
    const sent = trial.session.run('y = 2', {
      style: 'no such style' as 'single',
      line: 'no line' as unknown as number,
    });
    await until(
      () => trial.faults.length > 0 || trial.session.status.kind !== 'running',
      () => 'an answer',
    );
    expect(['raised', 'died', 'ok']).toContain((await sent).outcome);
  });

  it('closed by Python is an end that is told', async () => {
    const trial = openTrial(python);
    trial.expectFaults();
    await trial.says('import os');
    const { outcome } = await trial.run('os.closerange(100, 110)');
    expect(outcome).toBe('died');
    await trial.session.restart();
    expect(await trial.says('1')).toBe('1\n');
  });
});

function prefix(size: number, header: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(size, 0);
  bytes.writeUInt32LE(header, 4);
  return bytes;
}

function frame(header: string): Buffer {
  return Buffer.concat([prefix(4 + header.length, header.length), Buffer.from(header)]);
}

/** Cut the bytes at these places, taken modulo the length. */
function pieces(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [
    0,
    ...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other),
    bytes.length,
  ];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}
