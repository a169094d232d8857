/** Checkpoints as somebody would make them who wants code of theirs to run. */

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { groupSpans, type Manifest } from '../../electron/supervisor/repository/manifest.ts';
import { sha256 } from './writer.ts';

/** A hash and a size. */
type Listed = [string, number];

/** A root's body, as far as it is changed here. */
export interface Body {
  id: string;
  session: string;
  manifest: { size: number; pieces: Listed[] };
}

/** An exported checkpoint, taken apart. */
export interface Parts {
  body: Body;
  manifest: Pick<Manifest, 'groups'> & { pieces: Listed[] };
  stream: Buffer;
}

/** The pieces of a pack by their hashes, and the root in its index. */
export function unpack(file: string): { pieces: Map<string, Buffer>; root: { body: string } | null } {
  const bytes = readFileSync(file);
  const size = Number(bytes.readBigUInt64LE(bytes.length - 48));
  const { pieces: listed, root } = JSON.parse(
    bytes.toString('utf8', bytes.length - 48 - size, bytes.length - 48),
  );
  let position = 8;
  const pieces = new Map<string, Buffer>();
  for (const [hash, length] of listed) {
    pieces.set(hash, bytes.subarray(position, position + length));
    position += length;
  }
  return { pieces, root };
}

export function takeApart(file: string): Parts {
  const { pieces, root } = unpack(file);
  const join = (listed: Listed[]) => Buffer.concat(listed.map(([hash]) => pieces.get(hash) as Buffer));
  const body: Body = JSON.parse(root?.body ?? '');
  const manifest = JSON.parse(join(body.manifest.pieces).toString());
  return { body, manifest, stream: join(manifest.pieces) };
}

/** A pickle of a list with one value, whose loading runs a command. */
export function pickleThatRuns(command: string): Buffer {
  return Buffer.from(`]cposix\nsystem\n(V${command}\ntRa.`);
}

/** Put another pickle in the place of a name's, which has a group for itself. */
export function replacePickle({ body, manifest, stream }: Parts, name: string, pickle: Buffer): Parts {
  const index = manifest.groups.findIndex(({ names }) => names.length === 1 && names[0] === name);
  const { start = 0, size = 0 } = groupSpans(manifest)[index] ?? {};
  const group = { names: [name], size: pickle.length, arrays: [], buffers: [] };
  return {
    body,
    manifest: { ...manifest, groups: manifest.groups.with(index, group) },
    stream: Buffer.concat([stream.subarray(0, start), pickle, stream.subarray(start + size)]),
  };
}

/** Put it together again: the bytes of its pieces, and a body that names them. */
export function putTogether({ body, manifest, stream }: Parts): { body: Body; pieces: Map<string, Buffer> } {
  const cut: Listed[] = [[sha256(stream), stream.length]];
  const text = Buffer.from(JSON.stringify({ ...manifest, pieces: cut }));
  const listed: Listed[] = [[sha256(text), text.length]];
  const pieces = new Map([stream, text].map((data) => [sha256(data), data]));
  return { body: { ...body, manifest: { size: text.length, pieces: listed } }, pieces };
}

/** A root with this body, signed with a key. */
export function rootOf(
  body: object,
  key: Buffer,
): { format: string; version: number; body: string; signature: string } {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return { format: 'pyrepl3 checkpoint', version: 1, body: text, signature };
}
