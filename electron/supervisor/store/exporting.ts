/** A checkpoint as one file, to be taken elsewhere, and back. */

import { randomBytes } from 'node:crypto';
import { realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Checkpoint, Extras } from '../../contract/checkpoints.ts';
import { CodedError } from '../platform/errors.ts';
import { replaceFile, syncFolder } from '../platform/replace-file.ts';
import { newId } from '../repository/ids.ts';
import type { Key } from '../repository/key.ts';
import { readManifest } from '../repository/manifest.ts';
import { PackWriter } from '../repository/pack-file.ts';
import { Pieces, packsFolder, withPack, withPacks } from '../repository/packs.ts';
import { clauseOf, isCode } from '../repository/private-files.ts';
import { type Located, type Repository, rootPlace } from '../repository/repository.ts';
import { type Root, readRoot, rootObject, signRoot } from '../repository/roots.ts';
import { createSession } from '../repository/session-folders.ts';
import { extrasOf, type Portable, withoutExtras } from './extras.ts';
import { nameHere } from './finding.ts';

const NONCE_BYTES = 4;
const NOTHING: Extras = { parts: [], variables: [] };

/** What is exported: names and code, and all else where `everything` says so. */
export interface Export {
  session: Located;
  root: Root;
  everything: boolean;
}

/** Write what a checkpoint needs into one file, which is there when it is whole; resolves with what was left out. */
export async function exportTo(
  { session, root, everything }: Export,
  file: string,
  key: Key,
): Promise<Extras> {
  const target = resolve(file);
  try {
    return await withPacks(session.path, async (_, pieces) => {
      const manifest = await readManifest(pieces, root);
      const found = { root, manifest, pieces };
      await writeWhole(target, everything ? found : await withoutExtras(found, key));
      return everything ? NOTHING : extrasOf(manifest);
    });
  } catch (error) {
    const clause = isCode(error, 'ENOENT') ? 'its folder is not there' : clauseOf(error);
    throw new CodedError(
      'STORE',
      `Checkpoint ${root.checkpoint.id} was not exported to ${file}: ${clause}.`,
      {
        cause: error,
      },
    );
  }
}

/** What an exported file holds, as far as it says so itself. */
export interface Exported extends Portable {
  pieces: Pieces;
}

/** Do something with an exported checkpoint, whose file is open meanwhile; throws an Error with words. */
export async function withExported<Result>(
  file: string,
  key: Key,
  work: (found: Exported) => Promise<Result>,
): Promise<Result> {
  const unreadable = (cause: unknown) =>
    new CodedError('UNUSABLE', `${file} cannot be opened as a checkpoint: ${clauseOf(cause)}.`, { cause });
  // The store follows no links, but what the user names may be one.
  const path = await realpath(file).catch((error) => {
    throw unreadable(error);
  });
  let read = false;
  try {
    return await withPack(path, async (pack) => {
      const pieces = new Pieces([pack]);
      const root = await readRoot(pack.index.root, key);
      const manifest = await readManifest(pieces, root);
      read = true;
      return work({ root, manifest, pieces });
    });
  } catch (error) {
    throw read ? error : unreadable(error);
  }
}

/** Make a session of an exported checkpoint, named as it may be here and signed with this installation's key. */
export async function importFrom(repository: Repository, found: Exported): Promise<Checkpoint> {
  const { root, manifest } = found;
  const [id, session] = [newId(await repository.newestId()), newId()];
  const checkpoint = {
    ...root.checkpoint,
    name: nameHere(root.checkpoint.name),
    id,
    session,
    previous: null,
  };
  const { folder } = checkpoint;
  const record = { id: session, folder, python: manifest.python.executable, closed: Date.now() };
  try {
    await createSession(repository, { ...record, settled: 'imported' }, async (draft) => {
      await writePack(join(packsFolder(draft.path), `${id}.pack`), found);
      const text = await signRoot(checkpoint, root.manifest, repository.key);
      await replaceFile(rootPlace(id, draft).file, text, join(draft.path, 'root'));
    });
  } catch (error) {
    throw new CodedError('STORE', `The checkpoint was not imported: ${clauseOf(error)}.`, { cause: error });
  }
  return checkpoint;
}

async function writeWhole(target: string, portable: Portable): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES).toString('hex');
  const draft = join(dirname(target), `.${basename(target)}.${nonce}`);
  await writePack(draft, portable, rootObject(portable.root));
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Write all pieces of a checkpoint into one pack; nothing is left of it where that fails. */
async function writePack(file: string, { root, manifest, pieces }: Portable, told: object | null = null) {
  const writer = await PackWriter.create(file);
  try {
    for (const piece of [...root.manifest, ...manifest.pieces]) {
      if (!writer.has(piece.hash)) {
        await writer.add(piece.hash, await pieces.read(piece));
      }
    }
    await writer.finish(told);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
