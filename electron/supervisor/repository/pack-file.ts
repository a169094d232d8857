/** A pack: pieces one after the other, and behind them an index that says which. */

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { rm } from 'node:fs/promises';
import type { Piece } from '../../contract/messages.ts';
import { createFile } from '../platform/replace-file.ts';
import { isObject } from './record-shapes.ts';
import { checkVersion, parse, piecesOf } from './roots.ts';

const BEGINNING = Buffer.from('PYREPL3\n');
const END = Buffer.from('PACKEND\n');
const VERSION = 1;
const SIZE_BYTES = 8;
const HASH_BYTES = 32;
const FOOTER_BYTES = SIZE_BYTES + HASH_BYTES + END.length;
/** An index has 80 bytes for a piece, and a piece 2 KiB at least on average: this is enough for 16 GB of the least. */
const MAX_INDEX_BYTES = 512 * 2 ** 20;

export interface Index {
  pieces: Piece[];
  /** The root of an exported checkpoint; `null` in the store's own packs. */
  root: unknown;
}

export function hashOf(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Read the index of a pack, which has so many bytes at most; throws an Error whose message is a clause. */
export async function readIndex(handle: FileHandle, most: number = MAX_INDEX_BYTES): Promise<Index> {
  const { size } = await handle.stat();
  const room = size - BEGINNING.length - FOOTER_BYTES;
  if (room < 0 || !(await readAt(handle, 0, BEGINNING.length)).equals(BEGINNING)) {
    throw new Error('it is no pack of PyREPL3');
  }
  const footer = await readAt(handle, size - FOOTER_BYTES, FOOTER_BYTES);
  const indexSize = Number(footer.readBigUInt64LE());
  if (!footer.subarray(-END.length).equals(END) || indexSize > Math.min(room, most)) {
    throw new Error('its end is missing or damaged');
  }
  const data = await readAt(handle, size - FOOTER_BYTES - indexSize, indexSize);
  if (hashOf(data) !== footer.toString('hex', SIZE_BYTES, SIZE_BYTES + HASH_BYTES)) {
    throw new Error('its index is damaged');
  }
  return checkIndex(parse(data.toString(), 'its index is damaged'), room - indexSize);
}

/** Read bytes that a file must have. */
export async function readAt(handle: FileHandle, position: number, size: number): Promise<Buffer> {
  const data = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(data, done, size - done, position + done);
    if (bytesRead === 0) {
      throw new Error('it is cut off');
    }
    done += bytesRead;
  }
  return data;
}

export const FIRST_POSITION = BEGINNING.length;

/** Write a new pack, with what is added piece by piece; each piece once, however often it is added. */
export class PackWriter {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #pieces = new Map<string, number>();

  private constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  static async create(file: string): Promise<PackWriter> {
    const writer = new PackWriter(file, await createFile(file));
    await writer.#handle.writeFile(BEGINNING);
    return writer;
  }

  has(hash: string): boolean {
    return this.#pieces.has(hash);
  }

  async add(hash: string, data: Uint8Array): Promise<void> {
    if (!this.#pieces.has(hash)) {
      await this.#handle.writeFile(data);
      this.#pieces.set(hash, data.length);
    }
  }

  /** Write the index, and bring all to the disk. */
  async finish(root: unknown = null): Promise<void> {
    const index = Buffer.from(JSON.stringify({ version: VERSION, pieces: [...this.#pieces], root }));
    const size = Buffer.alloc(SIZE_BYTES);
    size.writeBigUInt64LE(BigInt(index.length));
    const digest = createHash('sha256').update(index).digest();
    await this.#handle.writeFile(Buffer.concat([index, size, digest, END]));
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Nothing is left of it. */
  async abandon(): Promise<void> {
    await this.#handle.close();
    await rm(this.#file, { force: true });
  }
}

function checkIndex(found: unknown, room: number): Index {
  if (!isObject(found)) {
    throw new Error('its index is damaged');
  }
  checkVersion(found.version);
  const pieces = piecesOf(found.pieces);
  if (pieces.reduce((sum, piece) => sum + piece.size, 0) !== room) {
    throw new Error('its index does not fit what is before it');
  }
  return { pieces, root: found.root ?? null };
}
