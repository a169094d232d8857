/** The messages on standard input and output: a line that is none gets an error, and those behind it are read. */

import type { Readable, Writable } from 'node:stream';
import { deserializeMessage, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

/** No line of a client is longer; the SDK's own limit for one. */
const LONGEST_LINE_BYTES = 10 * 1024 * 1024;
/** A client that asks and does not read is not read either, from so many bytes on that wait for it. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const NEWLINE = 10;

export class Stdio implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  readonly #input: Readable;
  readonly #output: Writable;
  #line: Buffer[] = [];
  #lineBytes = 0;
  #isClosed = false;

  constructor(input: Readable, output: Writable) {
    this.#input = input;
    this.#output = output;
  }

  async start(): Promise<void> {
    this.#input.on('data', (bytes: Buffer) => this.#take(bytes));
    for (const event of ['end', 'close', 'error']) {
      this.#input.on(event, () => void this.close());
    }
    // Who does not read any more does not ask any more.
    this.#output.on('error', () => void this.close());
  }

  async close(): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#input.pause();
      this.onclose?.();
    }
  }

  /** Whether what is of no use later is better not sent now. */
  get isBehind(): boolean {
    return this.#output.writableNeedDrain;
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    this.#output.write(serializeMessage(message));
    if (this.#output.writableLength > MOST_WAITING_BYTES) {
      this.#input.pause();
      this.#output.once('drain', () => this.#isClosed || this.#input.resume());
    }
  }

  #take(bytes: Buffer): void {
    let rest = bytes;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      this.#keep(rest.subarray(0, end));
      this.#endLine();
      rest = rest.subarray(end + 1);
    }
    this.#keep(rest);
  }

  /** What is longer than a line may be is counted, not kept. */
  #keep(bytes: Buffer): void {
    this.#lineBytes += bytes.length;
    if (this.#lineBytes <= LONGEST_LINE_BYTES) {
      this.#line.push(bytes);
    } else {
      this.#line = [];
    }
  }

  #endLine(): void {
    const [line, length] = [Buffer.concat(this.#line).toString(), this.#lineBytes];
    this.#line = [];
    this.#lineBytes = 0;
    if (length > LONGEST_LINE_BYTES) {
      this.#refuse(ErrorCode.InvalidRequest, `A message has ${LONGEST_LINE_BYTES} bytes at most.`);
    } else if (line.trim() !== '') {
      this.#receive(line);
    }
  }

  #receive(line: string): void {
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(line);
    } catch (error) {
      if (error instanceof SyntaxError) {
        this.#refuse(ErrorCode.ParseError, `The line is no JSON: ${error.message}`);
      } else {
        this.#refuse(ErrorCode.InvalidRequest, 'The line is no message of JSON-RPC 2.0.', idIn(line));
      }
      return;
    }
    this.onmessage?.(message);
  }

  #refuse(code: ErrorCode, message: string, id: unknown = null): void {
    this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`);
  }
}

/** The id of what is JSON and no message, so that who waits for an answer has one. */
function idIn(line: string): string | number | null {
  const { id } = (JSON.parse(line) ?? {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
