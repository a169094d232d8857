/** Read Python source text. */

import { readFileSync } from 'node:fs';
import { declaredEncoding, decodeBy } from './source-encoding.ts';

/** Read a file of Python; throws an Error that says in one line why it cannot. */
export function readScript(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Error(`${file} ${whyUnreadable(error)}.`, { cause: error });
  }
  return decodeScript(bytes, file);
}

/** The text of a script, lines ended by `\n`, without a byte order mark; in the encoding that it declares, else UTF-8. */
export function decodeScript(bytes: Uint8Array, name: string): string {
  return decoded(bytes, name).replace(/\r\n?/g, '\n');
}

function decoded(bytes: Uint8Array, name: string): string {
  const encoding = declaredEncoding(bytes);
  if (encoding !== null) {
    try {
      return decodeBy(encoding, bytes);
    } catch (error) {
      const why =
        error instanceof RangeError ? 'which is not known here' : 'and has bytes that are none of it';
      throw new Error(`${name} declares the encoding ${encoding}, ${why}; save it as UTF-8.`, {
        cause: error,
      });
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const line = lineOfBadByte(bytes);
    throw new Error(`${name} is not UTF-8 (line ${line}); save it as UTF-8.`, { cause: error });
  }
}

/** Code as a run of a file: the last expression is not shown, because something else ends it. */
export function asFile(code: string): string {
  return `${code}\npass`;
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return 'does not exist';
  }
  if (code === 'EACCES') {
    return 'may not be read';
  }
  if (code === 'EISDIR') {
    return 'is a folder';
  }
  return `cannot be read (${message})`;
}

/** The first line whose bytes are no UTF-8, from 1. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, stop));
    } catch {
      // This is the line that was looked for.
      return line;
    }
    line += 1;
    start = stop + 1;
  }
  return line;
}
