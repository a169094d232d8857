/** One end of a socket that carries frames. */

import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { encodeFrame, type Frame, FrameError, FrameReader } from './frames.ts';

interface ChannelEvents<Message> {
  frame: [Frame<Message>];
  /** The other end broke the format; nothing more will come. */
  broken: [FrameError];
  close: [];
}

export class Channel<Message extends { kind: string }> extends EventEmitter<ChannelEvents<Message>> {
  readonly #socket: Duplex;
  readonly #reader = new FrameReader<Message>();

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(() => this.#reader.push(bytes)));
    socket.on('end', () => this.#take(() => this.#reader.end()));
    // A peer that dies takes the socket with it (EPIPE, ECONNRESET); its parent tells how it died.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.emit('close'));
  }

  send(message: object, payload?: Uint8Array): void {
    if (!this.#socket.destroyed) {
      this.#socket.write(encodeFrame(message, payload));
    }
  }

  /** Another process takes over the other end: what it sends begins behind this barrier. */
  expect(barrier: Buffer): void {
    this.#reader.expect(barrier);
  }

  /** What was sent so far is for nobody any more. */
  bar(barrier: Buffer): void {
    if (!this.#socket.destroyed) {
      this.#socket.write(barrier);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(read: () => Frame<Message>[]): void {
    let frames: Frame<Message>[];
    try {
      frames = read();
    } catch (error) {
      this.#socket.destroy();
      this.emit('broken', error instanceof FrameError ? error : new FrameError(String(error)));
      return;
    }
    for (const frame of frames) {
      this.emit('frame', frame);
    }
  }
}
