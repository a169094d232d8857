/** Length-prefixed frames: `<u32 size> <u32 header size> <header as JSON> <payload>`, little-endian. */

import { MAX_FRAME_BYTES } from '../../contract/messages.ts';

const SIZE_BYTES = 4;
const PREFIX_BYTES = 2 * SIZE_BYTES;

/** The other end sent what is no frame; its channel cannot be used any more. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export interface Frame<Message> {
  message: Message;
  payload: Buffer;
}

export function encodeFrame(message: object, payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.from(JSON.stringify(message));
  const size = SIZE_BYTES + header.length + payload.length;
  if (size > MAX_FRAME_BYTES) {
    throw new FrameError(
      `A message of ${size} bytes is over the limit of ${MAX_FRAME_BYTES}; send less at once.`,
    );
  }
  const frame = Buffer.allocUnsafe(SIZE_BYTES + size);
  frame.writeUInt32LE(size, 0);
  frame.writeUInt32LE(header.length, SIZE_BYTES);
  header.copy(frame, PREFIX_BYTES);
  frame.set(payload, PREFIX_BYTES + header.length);
  return frame;
}

/** Puts frames together from bytes that arrive cut at any place. */
export class FrameReader<Message extends { kind: string }> {
  #pieces: Buffer[] = [];
  #length = 0;
  #barrier: Buffer | undefined;

  /** Another process takes over the other end: what it sends begins behind this barrier. */
  expect(barrier: Buffer): void {
    this.#barrier = barrier;
  }

  /** Take bytes and return the frames that they complete; throw `FrameError` for what is none. */
  push(bytes: Buffer): Frame<Message>[] {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    return this.#barrier ? this.#pass(this.#barrier) : this.#takeAll();
  }

  /** Return the frames before the barrier that are whole, and those behind it; none until it is there. */
  #pass(barrier: Buffer): Frame<Message>[] {
    const received = this.#join(this.#length);
    const at = received.indexOf(barrier);
    if (at < 0) {
      return [];
    }
    this.#barrier = undefined;
    this.#keep(received.subarray(0, at));
    const before = this.#takeAll();
    // Half a frame is left of a process that was killed.
    this.#keep(received.subarray(at + barrier.length));
    return [...before, ...this.#takeAll()];
  }

  #keep(rest: Buffer): void {
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  #takeAll(): Frame<Message>[] {
    const frames: Frame<Message>[] = [];
    for (let frame = this.#take(); frame; frame = this.#take()) {
      frames.push(frame);
    }
    return frames;
  }

  /** Take the end of the channel: no frame is left, or `FrameError` is thrown. */
  end(): Frame<Message>[] {
    if (this.#length > 0) {
      throw new FrameError(`The channel closed inside a frame, after ${this.#length} bytes of it.`);
    }
    return [];
  }

  #take(): Frame<Message> | undefined {
    if (this.#length < PREFIX_BYTES) {
      return undefined;
    }
    const prefix = this.#join(PREFIX_BYTES);
    const size = prefix.readUInt32LE(0);
    const headerSize = prefix.readUInt32LE(SIZE_BYTES);
    if (size > MAX_FRAME_BYTES) {
      throw new FrameError(`A frame of ${size} bytes is over the limit of ${MAX_FRAME_BYTES}.`);
    }
    if (headerSize + SIZE_BYTES > size) {
      throw new FrameError(`A frame of ${size} bytes cannot hold a header of ${headerSize}.`);
    }
    if (this.#length < SIZE_BYTES + size) {
      return undefined;
    }
    const frame = this.#join(SIZE_BYTES + size);
    this.#keep(frame.subarray(SIZE_BYTES + size));
    const header = frame.subarray(PREFIX_BYTES, PREFIX_BYTES + headerSize);
    return { message: parse(header), payload: frame.subarray(PREFIX_BYTES + headerSize, SIZE_BYTES + size) };
  }

  /** Return a buffer that holds at least the first `length` bytes. */
  #join(length: number): Buffer {
    const [first] = this.#pieces;
    if (first && first.length >= length) {
      return first;
    }
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }
}

function parse<Message extends { kind: string }>(header: Buffer): Message {
  let message: unknown;
  try {
    message = JSON.parse(header.toString());
  } catch (cause) {
    throw new FrameError(`A frame's header is no JSON: ${header.toString('utf8', 0, 80)}`, { cause });
  }
  if (
    typeof message !== 'object' ||
    message === null ||
    !('kind' in message) ||
    typeof message.kind !== 'string'
  ) {
    throw new FrameError(`A frame's header is no message: ${header.toString('utf8', 0, 80)}`);
  }
  return message as Message;
}
