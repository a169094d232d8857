/** Read a checkpoint of the store, as far as it can be used. */

import type { Checkpoint, Damaged } from '../../contract/checkpoints.ts';
import { CodedError } from '../platform/errors.ts';
import { partSpan, readManifest } from '../repository/manifest.ts';
import { withPacks } from '../repository/packs.ts';
import { clauseOf } from '../repository/private-files.ts';
import { damaged, type Entry } from '../repository/repository.ts';
import type { Root } from '../repository/roots.ts';
import type { Exported } from './exporting.ts';

const FOREIGN = 'Its signature is not this installation’s: it was made elsewhere, or changed since.';

/** The root of a checkpoint, whoever signed it. */
export function readable({ id, root, reason }: Entry): Root {
  if (!root) {
    throw new CodedError('UNUSABLE', `Checkpoint ${id} cannot be used. ${reason}`);
  }
  return root;
}

/** Do something with a checkpoint, whose packs are open meanwhile. */
export async function readEntry<Result>(
  { id, session }: Entry,
  root: Root,
  work: (found: Exported) => Promise<Result>,
): Promise<Result> {
  return withPacks(session.path, async (_, pieces) => {
    const manifest = await readManifest(pieces, root).catch((cause) => {
      throw new CodedError('UNUSABLE', `Checkpoint ${id} cannot be used: ${clauseOf(cause)}.`, { cause });
    });
    return work({ root, manifest, pieces });
  });
}

/** The bytes of a part; `null` where there is none of that kind. */
export async function readPart({ root, manifest, pieces }: Exported, kind: string): Promise<Buffer | null> {
  const span = partSpan(manifest, kind);
  return (
    span &&
    pieces.readRange(manifest.pieces, span.start, span.size).catch((cause) => {
      const { id } = root.checkpoint;
      throw new CodedError(
        'UNUSABLE',
        `The ${kind} of checkpoint ${id} cannot be read: ${clauseOf(cause)}.`,
        { cause },
      );
    })
  );
}

/** What a list says of it. */
export function told(entry: Entry): Checkpoint | Damaged {
  const { root, reason } = entry;
  if (root?.isOurs) {
    return root.checkpoint;
  }
  return damaged(entry, reason ?? FOREIGN);
}
