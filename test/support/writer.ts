/** A writer of checkpoints, by the letter of docs/checkpoint-format.md: values are bytes, whatever a pickle would be. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Piece, Saved } from '../../electron/contract/messages.ts';
import type { About } from '../../electron/supervisor/repository/open-session-folder.ts';

export interface Work {
  /** The number of the save. */
  id: number;
  values: Record<string, Buffer | string>;
  unsaved?: Record<string, string>;
  modules?: Record<string, string>;
  parts?: Record<string, string>;
}

export const ABOUT: About = {
  name: null,
  run: 3,
  lastRuns: ['import numpy', 'x = 1', 'y = x'],
  python: '3.11.7',
  platform: 'linux-x86_64',
  folder: '/project',
};

const PIECE_BYTES = 1024;

/** Do what Python's writer does in a session's folder: a pack of what is not there yet, and what `saved` tells. */
export function write(folder: string, work: Work): Saved {
  const known = new Set(readPacks(folder).map(({ hash }) => hash));
  const fresh = new Map<string, Buffer>();
  const keep = (data: Buffer): Piece[] => {
    const pieces: Piece[] = [];
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      const hash = sha256(piece);
      pieces.push({ hash, size: piece.length });
      if (!known.has(hash)) fresh.set(hash, piece);
    }
    return pieces;
  };
  const values = Object.entries(work.values).map(([name, value]) => ({ name, data: Buffer.from(value) }));
  const parts = Object.entries(work.parts ?? {}).map(([kind, text]) => ({ kind, data: Buffer.from(text) }));
  const stream = [...values, ...parts].flatMap(({ data }) => keep(data));
  const manifest = keep(Buffer.from(JSON.stringify(manifestOf(work, values, parts, stream))));
  return {
    kind: 'saved',
    id: work.id,
    pack: fresh.size > 0 ? writePack(join(folder, `writing-${work.id}`), fresh) : null,
    manifest,
    size: stream.reduce((sum, { size }) => sum + size, 0),
    added: [...fresh.values()].reduce((sum, { length }) => sum + length, 0),
    counts: {
      saved: values.length,
      partly: 0,
      imported: Object.keys(work.modules ?? {}).length,
      reopened: 0,
      unsaved: Object.keys(work.unsaved ?? {}).length,
    },
    changes: { added: values.map(({ name }) => name), changed: [], removed: [], more: 0 },
    seconds: 0.01,
  };
}

/** A pack's bytes. */
export function packOf(pieces: ReadonlyMap<string, Buffer>, root: unknown = null, version = 1): Buffer {
  const listed = [...pieces].map(([hash, data]) => [hash, data.length]);
  const index = Buffer.from(JSON.stringify({ version, pieces: listed, root }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(index.length));
  const digest = createHash('sha256').update(index).digest();
  return Buffer.concat(['PYREPL3\n', ...pieces.values(), index, size, digest, 'PACKEND\n'].map(toBuffer));
}

/** The pieces of all packs of a session's folder, each as often as it is there. */
export function readPacks(folder: string): Piece[] {
  const packs = join(folder, 'packs');
  const names = existsSync(packs) ? readdirSync(packs).filter((name) => name.endsWith('.pack')) : [];
  return names.flatMap((name) => {
    const bytes = readFileSync(join(packs, name));
    const size = Number(bytes.readBigUInt64LE(bytes.length - 48));
    const index = JSON.parse(bytes.toString('utf8', bytes.length - 48 - size, bytes.length - 48));
    return index.pieces.map(([hash, length]: [string, number]) => ({ hash, size: length }));
  });
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

interface Named {
  data: Buffer;
}

function manifestOf(
  { modules = {}, unsaved = {} }: Work,
  values: (Named & { name: string })[],
  parts: (Named & { kind: string })[],
  stream: Piece[],
) {
  const entry = { size: 0, group: null, print: null, reason: null, holes: [], detail: null, source: null };
  return {
    version: 1,
    python: {
      version: '3.11.7',
      implementation: 'cpython',
      magic: 'a70d0d0a',
      executable: '/usr/bin/python3',
    },
    platform: 'linux-x86_64',
    packages: { numpy: '1.26.4' },
    names: [
      ...values.map(({ name, data }, group) => {
        const print = sha256(data);
        return { ...entry, name, how: 'saved', type: 'bytes', size: data.length, group, print };
      }),
      ...Object.entries(modules).map(([name, detail]) => ({
        ...entry,
        name,
        how: 'imported',
        type: 'module',
        detail,
      })),
      ...Object.entries(unsaved).map(([name, reason]) => ({
        ...entry,
        name,
        how: 'unsaved',
        type: 'generator',
        reason,
      })),
    ],
    groups: values.map(({ name, data }) => ({ names: [name], size: data.length, arrays: [], buffers: [] })),
    parts: parts.map(({ kind, data }) => ({ kind, size: data.length })),
    surroundings: { folder: '/project' },
    sources: {},
    modules: [],
    pieces: stream.map(({ hash, size }) => [hash, size]),
  };
}

function writePack(folder: string, pieces: ReadonlyMap<string, Buffer>): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'new.pack');
  writeFileSync(file, packOf(pieces));
  return file;
}

function toBuffer(part: string | Buffer): Buffer {
  return Buffer.from(part);
}
