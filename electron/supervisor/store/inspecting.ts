/** What a checkpoint holds, told without loading any of it. */

import type { Inspection, SavedName } from '../../contract/checkpoints.ts';
import type { Piece } from '../../contract/messages.ts';
import { groupSpans, type Manifest } from '../repository/manifest.ts';
import { hashOf } from '../repository/pack-file.ts';
import type { Root } from '../repository/roots.ts';
import type { Exported } from './exporting.ts';

/** Read all of its data, to see whether it is what it was. */
export async function inspect({ root, manifest, pieces }: Exported): Promise<Inspection> {
  const lost: { start: number; end: number }[] = [];
  let [index, position] = [0, 0];
  for await (const data of pieces.each(manifest.pieces)) {
    const { size } = manifest.pieces[index] as Piece;
    if (!data) {
      lost.push({ start: position, end: position + size });
    }
    [index, position] = [index + 1, position + size];
  }
  return {
    checkpoint: root.checkpoint,
    trusted: root.isOurs,
    digest: digestOf(root),
    names: manifest.names.map(savedName),
    parts: manifest.parts.map(({ kind, size }) => ({ kind, size })),
    packages: manifest.packages,
    damage: { pieces: lost.length, names: namesIn(manifest, lost) },
  };
}

/** Identifies all that a checkpoint holds: of the text that is signed, which has the hash of each piece. */
export function digestOf({ body }: Pick<Root, 'body'>): string {
  return hashOf(Buffer.from(body));
}

/** The names whose groups have to do with some spans of the stream. */
function namesIn(manifest: Manifest, lost: readonly { start: number; end: number }[]): string[] {
  const spans = groupSpans(manifest);
  const hurt = new Set(
    spans.flatMap(({ start, size }, index) =>
      lost.some((each) => each.start < start + size && start < each.end) ? [index] : [],
    ),
  );
  return manifest.names.flatMap(({ name, group }) => (group !== null && hurt.has(group) ? [name] : []));
}

function savedName(found: Manifest['names'][number]): SavedName {
  const { name, how, type, size, group, print, reason, holes, detail } = found;
  return { name, how, type, size, group, print, reason, holes, detail };
}
