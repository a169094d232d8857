/** What a checkpoint has beside names and code, and how to make one without it, to be taken elsewhere. */

import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { Extras } from '../../contract/checkpoints.ts';
import type { Piece } from '../../contract/messages.ts';
import type { Key } from '../repository/key.ts';
import { groupsSize, type Manifest, manifestText, partSpan } from '../repository/manifest.ts';
import { hashOf } from '../repository/pack-file.ts';
import { cutsOf, type Pieces } from '../repository/packs.ts';
import { parseRoot, type Root, signRoot } from '../repository/roots.ts';

/** What can be written to a file: its pieces may be none of those on the disk. */
export interface Portable {
  root: Root;
  manifest: Manifest;
  pieces: Pick<Pieces, 'read'>;
}

/** The parts that are code; any other is taken along only when it is asked for. */
const CODE = new Set(['runs']);

const ENVIRONMENT = v.object({ set: v.record(v.string(), v.string()) });

/** What is in it beside names and code. */
export function extrasOf({ parts, surroundings }: Manifest): Extras {
  const { environment } = surroundings;
  return {
    parts: parts.filter(({ kind, size }) => !CODE.has(kind) && size > 0),
    variables: v.is(ENVIRONMENT, environment) ? Object.keys(environment.set) : [],
  };
}

/** The same checkpoint, signed anew, without what is beside names and code. */
export async function withoutExtras(
  { root, manifest, pieces }: Portable & { pieces: Pieces },
  key: Key,
): Promise<Portable> {
  if (isDeepStrictEqual(extrasOf(manifest), { parts: [], variables: [] })) {
    return { root, manifest, pieces };
  }
  const made = new Map<string, Buffer>();
  const stream: Piece[] = [];
  for (const { start, size } of keptSpans(manifest)) {
    for (const { piece, from, to } of cutsOf(manifest.pieces, start, size)) {
      const isWhole = to - from === piece.size;
      stream.push(isWhole ? piece : remember(made, (await pieces.read(piece)).subarray(from, to)));
    }
  }
  const rest = { ...manifest, ...partsAndEnvironment(manifest), pieces: stream };
  const listed = [remember(made, Buffer.from(manifestText(rest)))];
  const size = stream.reduce((sum, piece) => sum + piece.size, 0);
  const { checkpoint } = root;
  const told = { ...checkpoint, size, added: Math.min(checkpoint.added, size) };
  return {
    root: await parseRoot(await signRoot(told, listed, key, root.body), key),
    manifest: rest,
    pieces: { read: async (piece) => made.get(piece.hash) ?? pieces.read(piece) },
  };
}

/** Where in the stream is what stays: all groups, and the parts that are code. */
function keptSpans(manifest: Manifest): { start: number; size: number }[] {
  const code = manifest.parts.filter(({ kind }) => CODE.has(kind));
  return [
    { start: 0, size: groupsSize(manifest) },
    ...code.flatMap(({ kind }) => partSpan(manifest, kind) ?? []),
  ];
}

function partsAndEnvironment({ parts, surroundings }: Manifest): Pick<Manifest, 'parts' | 'surroundings'> {
  const { environment } = surroundings;
  return {
    parts: parts.filter(({ kind }) => CODE.has(kind)),
    surroundings: v.is(ENVIRONMENT, environment)
      ? { ...surroundings, environment: { ...environment, set: {} } }
      : surroundings,
  };
}

function remember(made: Map<string, Buffer>, data: Buffer): Piece {
  const hash = hashOf(data);
  made.set(hash, data);
  return { hash, size: data.length };
}
