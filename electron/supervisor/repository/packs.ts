/** Read pieces from packs; each is verified by its hash. */

import type { FileHandle } from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piece } from '../../contract/messages.ts';
import { FIRST_POSITION, hashOf, type Index, readAt, readIndex } from './pack-file.ts';
import { checkFolder, clauseOf, isCode, openFile } from './private-files.ts';

/** A pack that is open for reading; nobody's changes to the folder reach it any more. */
export interface Pack {
  file: string;
  handle: FileHandle;
  /** The file's identity: a pack may be in several sessions. */
  inode: string;
  links: number;
  /** Of the whole file, in bytes. */
  size: number;
  index: Index;
  /** Why its index cannot be used, a clause; `null` where it can. */
  problem: string | null;
}

interface PackSpan {
  handle: FileHandle;
  position: number;
  size: number;
}

/** Of a pack that was not made here, which may have been written to take all memory. */
const MAX_FOREIGN_INDEX_BYTES = 64 * 2 ** 20;
/** So much is read at once, in bytes. */
const MOST_BLOCK_BYTES = 2 ** 20;

/** What is in some packs. */
export class Pieces {
  readonly #places = new Map<string, PackSpan[]>();

  constructor(packs: readonly Pack[]) {
    for (const { handle, index } of packs) {
      let position = FIRST_POSITION;
      for (const { hash, size } of index.pieces) {
        const places = this.#places.get(hash);
        places
          ? places.push({ handle, position, size })
          : this.#places.set(hash, [{ handle, position, size }]);
        position += size;
      }
    }
  }

  has({ hash, size }: Piece): boolean {
    return this.#places.get(hash)?.some((span) => span.size === size) ?? false;
  }

  /** Read a piece; `null` where it is missing, or not what its hash says. */
  async find({ hash, size }: Piece): Promise<Buffer | null> {
    for (const span of this.#places.get(hash) ?? []) {
      const data = span.size === size ? await readOrNull(span) : null;
      if (data && hashOf(data) === hash) {
        return data;
      }
    }
    return null;
  }

  /** Read a piece; throws an Error whose message is a clause. */
  async read(piece: Piece): Promise<Buffer> {
    const data = await this.find(piece);
    if (!data) {
      throw new Error(this.has(piece) ? 'a part of its data is damaged' : 'a part of its data is missing');
    }
    return data;
  }

  /** Read one piece after the other; `null` in the place of one that is missing or damaged. */
  async *each(stream: readonly Piece[]): AsyncGenerator<Buffer | null> {
    for (const { pieces, span } of this.#blocks(stream)) {
      const block = span && pieces.length > 1 ? await readOrNull(span) : null;
      let position = 0;
      for (const piece of pieces) {
        const data = block?.subarray(position, position + piece.size);
        yield data && hashOf(data) === piece.hash ? data : await this.find(piece);
        position += piece.size;
      }
    }
  }

  /** Read a part of a stream that consists of pieces. */
  async readRange(stream: readonly Piece[], start: number, size: number): Promise<Buffer> {
    const parts = cutsOf(stream, start, size);
    if (parts.reduce((sum, { from, to }) => sum + to - from, 0) < size) {
      throw new Error('its data is cut off');
    }
    const found: Buffer[] = [];
    for await (const data of this.each(parts.map(({ piece }) => piece))) {
      const { piece, from, to } = parts[found.length] as PieceCut;
      found.push((data ?? (await this.read(piece))).subarray(from, to));
    }
    return Buffer.concat(found);
  }

  /** Put pieces together that stand behind each other in a pack too: one read for many small ones. */
  *#blocks(stream: readonly Piece[]): Generator<Block> {
    let block: Block = { pieces: [], span: null };
    for (const piece of stream) {
      const span = this.#places.get(piece.hash)?.find(({ size }) => size === piece.size) ?? null;
      const joined = span && block.span && together(block.span, span);
      if (joined) {
        block.pieces.push(piece);
        block.span = joined;
      } else {
        yield block;
        block = { pieces: [piece], span };
      }
    }
    yield block;
  }
}

/** A piece of a stream, and what of it is wanted. */
export interface PieceCut {
  piece: Piece;
  from: number;
  to: number;
}

/** The pieces that a part of a stream has to do with. */
export function cutsOf(stream: readonly Piece[], start: number, size: number): PieceCut[] {
  let position = 0;
  return stream.flatMap((piece) => {
    const [from, to] = [Math.max(start - position, 0), Math.min(start + size - position, piece.size)];
    position += piece.size;
    return from < to ? [{ piece, from, to }] : [];
  });
}

interface Block {
  pieces: Piece[];
  span: PackSpan | null;
}

/** Two places as one; `null` where the second does not follow the first, or both are too much at once. */
function together(one: PackSpan, other: PackSpan): PackSpan | null {
  const size = one.size + other.size;
  const isNext = one.handle === other.handle && one.position + one.size === other.position;
  return isNext && size <= MOST_BLOCK_BYTES ? { ...one, size } : null;
}

/** Do something with the packs of a session, which are open meanwhile; damaged ones are among them. */
export async function withPacks<Result>(
  session: string,
  work: (packs: Pack[], pieces: Pieces) => Promise<Result>,
): Promise<Result> {
  const packs = await openPacks(packsFolder(session));
  try {
    return await work(packs, new Pieces(packs));
  } finally {
    await closeAll(packs);
  }
}

/** Do something with one pack, which is open meanwhile; throws an Error whose message is a clause where it is none. */
export async function withPack<Result>(file: string, work: (pack: Pack) => Promise<Result>): Promise<Result> {
  const pack = await openPack(file, MAX_FOREIGN_INDEX_BYTES);
  try {
    if (pack.problem !== null) {
      throw new Error(pack.problem);
    }
    return await work(pack);
  } finally {
    await pack.handle.close();
  }
}

export function packsFolder(session: string): string {
  return join(session, 'packs');
}

/** One that goes while we look has made way for another. */
const MOST_LOOKS = 5;

async function openPacks(folder: string): Promise<Pack[]> {
  for (let look = 1; ; look += 1) {
    const packs: Pack[] = [];
    try {
      for (const name of await packNames(folder)) {
        packs.push(await openPack(join(folder, name)));
      }
      return packs;
    } catch (error) {
      await closeAll(packs);
      if (look === MOST_LOOKS || !isCode(error, 'ENOENT')) {
        throw error;
      }
    }
  }
}

/** The packs of a folder, in the order of their names. */
async function packNames(folder: string): Promise<string[]> {
  try {
    await checkFolder(folder);
    return (await readdir(folder)).filter((name) => name.endsWith('.pack')).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}

async function openPack(file: string, mostOfIndex?: number): Promise<Pack> {
  const handle = await openFile(file);
  try {
    const { dev, ino, nlink, size } = await handle.stat({ bigint: true });
    const found = await readIndex(handle, mostOfIndex).catch((error: Error) => ({
      problem: clauseOf(error),
    }));
    const known = { file, handle, inode: `${dev}:${ino}`, links: Number(nlink), size: Number(size) };
    return 'problem' in found
      ? { ...known, index: { pieces: [], root: null }, problem: found.problem }
      : { ...known, index: found, problem: null };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function closeAll(packs: readonly Pack[]): Promise<void> {
  await Promise.all(packs.map(({ handle }) => handle.close()));
}

/** A disk that cannot read it is damage like any other. */
async function readOrNull({ handle, position, size }: PackSpan): Promise<Buffer | null> {
  return readAt(handle, position, size).catch(() => null);
}
