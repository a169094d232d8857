/** The manifest of a checkpoint: what is in its stream, name by name. */

import * as v from 'valibot';
import type { SavedName } from '../../contract/checkpoints.ts';
import type { Piece } from '../../contract/messages.ts';
import type { Pieces } from './packs.ts';
import { amount, isObject } from './record-shapes.ts';
import { checkVersion, parse, piecesOf } from './roots.ts';

export interface Manifest {
  version: number;
  python: { version: string; implementation: string; magic: string; executable: string };
  platform: string;
  packages: Record<string, string>;
  /** `source` is the text of a function or class. */
  names: (SavedName & { source: string | null })[];
  /** Sizes in bytes, of the pickle and of what is beside it. */
  groups: Group[];
  parts: { kind: string; size: number }[];
  surroundings: Record<string, unknown>;
  sources: Record<string, string>;
  modules: string[];
  /** The stream's. */
  pieces: Piece[];
}

interface Group {
  names: string[];
  size: number;
  arrays: number[];
  buffers: number[];
}

/** What is larger than this was not written by us, and would take all memory to read. */
const MAX_BYTES = 512 * 2 ** 20;
/** Of one that was not made here, which may have been written to take all memory. */
const MAX_FOREIGN_BYTES = 64 * 2 ** 20;

/** What a manifest does not say of a name, as it is so of most. */
const UNSAID = {
  how: 'saved',
  size: 0,
  group: null,
  print: null,
  reason: null,
  holes: [],
  detail: null,
  source: null,
};

const text = v.string();
const texts = v.record(v.string(), v.string());

const MANIFEST: v.GenericSchema<Omit<Manifest, 'pieces'>> = v.looseObject({
  version: amount,
  python: v.object({ version: text, implementation: text, magic: text, executable: text }),
  platform: text,
  packages: texts,
  names: v.array(
    v.object({
      name: text,
      how: v.picklist(['saved', 'partly', 'imported', 'reopened', 'unsaved']),
      type: text,
      size: amount,
      group: v.nullable(amount),
      print: v.nullable(text),
      reason: v.nullable(text),
      holes: v.array(v.object({ path: text, reason: text })),
      detail: v.nullable(text),
      source: v.nullable(text),
    }),
  ),
  groups: v.array(
    v.object({ names: v.array(text), size: amount, arrays: v.array(amount), buffers: v.array(amount) }),
  ),
  parts: v.array(v.object({ kind: text, size: amount })),
  surroundings: v.record(v.string(), v.unknown()),
  sources: texts,
  modules: v.array(text),
});

/** Read a manifest whose pieces are known; throws an Error whose message is a clause. */
export async function readManifest(
  pieces: Pieces,
  { manifest: listed, isOurs }: { manifest: readonly Piece[]; isOurs: boolean },
): Promise<Manifest> {
  const size = listed.reduce((sum, piece) => sum + piece.size, 0);
  if (size > (isOurs ? MAX_BYTES : MAX_FOREIGN_BYTES)) {
    throw new Error('its manifest is larger than any can be');
  }
  const data = await pieces.readRange(listed, 0, size);
  const found = parse(data.toString(), 'its manifest is damaged');
  if (!isObject(found)) {
    throw new Error('its manifest is damaged');
  }
  checkVersion(found.version);
  const names = Array.isArray(found.names) ? found.names.map((each) => ({ ...UNSAID, ...each })) : [];
  const manifest = { ...found, names };
  if (!v.is(MANIFEST, manifest)) {
    throw new Error('its manifest is damaged');
  }
  return { ...manifest, pieces: piecesOf(found.pieces) };
}

/** Where each group is in the stream, in bytes. */
export function groupSpans({ groups }: Pick<Manifest, 'groups'>): { start: number; size: number }[] {
  let start = 0;
  return groups.map((group) => {
    const span = { start, size: sizeOf(group) };
    start += span.size;
    return span;
  });
}

/** The bytes of all groups, which stand before the parts. */
export function groupsSize({ groups }: Pick<Manifest, 'groups'>): number {
  return groups.reduce((sum, group) => sum + sizeOf(group), 0);
}

/** The JSON text of a manifest. */
export function manifestText({ pieces, ...rest }: Manifest): string {
  return JSON.stringify({ ...rest, pieces: pieces.map(({ hash, size }) => [hash, size]) });
}

/** Where a part is in the stream; `null` where there is none of that kind. */
export function partSpan({ groups, parts }: Manifest, kind: string): { start: number; size: number } | null {
  let start = groupsSize({ groups });
  for (const part of parts) {
    if (part.kind === kind) {
      return { start, size: part.size };
    }
    start += part.size;
  }
  return null;
}

function sizeOf({ size, arrays, buffers }: Group): number {
  return [size, ...arrays, ...buffers].reduce((sum, each) => sum + each, 0);
}
