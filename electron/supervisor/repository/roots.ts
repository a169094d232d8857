/** The root of a checkpoint: what it is and where its manifest is, signed. */

import type { Checkpoint } from '../../contract/checkpoints.ts';
import type { Piece } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import type { Key } from './key.ts';
import { amount, hash, isObject, list, orNull, record, text } from './record-shapes.ts';

/** A root that has been read, whoever signed it. */
export interface Root {
  checkpoint: Checkpoint;
  manifest: Piece[];
  isOurs: boolean;
  /** The very text that was signed. */
  body: string;
  signature: string;
}

const FORMAT = 'pyrepl3 checkpoint';
const VERSION = 1;

/** Whose signature a checkpoint has is not this installation's; to open it is to run code that it contains. */
export class Untrusted extends CodedError {
  override readonly name = 'Untrusted';

  constructor() {
    super(
      'UNTRUSTED',
      'This checkpoint was not made here. Opening it runs code that it contains, with all your rights.',
    );
  }
}

const isPiece = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && hash(value[0]) && amount(value[1]);

const names = list(text);

/** The signature is as long as a hash, and written as one. */
const isRoot = record({ body: text, signature: hash });

const isBody = record({
  id: text,
  session: text,
  previous: orNull(text),
  name: orNull(text),
  at: amount,
  run: amount,
  lastRuns: names,
  python: text,
  platform: text,
  folder: text,
  counts: record({ saved: amount, partly: amount, imported: amount, reopened: amount, unsaved: amount }),
  changes: record({ added: names, changed: names, removed: names, more: amount }),
  size: amount,
  added: amount,
  manifest: record({ size: amount, pieces: list(isPiece) }),
});

/** Read a root from its JSON text. */
export function parseRoot(json: string, key: Key): Promise<Root> {
  return readRoot(parse(json, 'its root is no JSON'), key);
}

/** Read a root from what its JSON says; throws an Error whose message is a clause. */
export async function readRoot(found: unknown, key: Key): Promise<Root> {
  if (!isObject(found) || found.format !== FORMAT) {
    throw new Error('it is no checkpoint');
  }
  checkVersion(found.version);
  if (!isRoot(found)) {
    throw new Error('its root is damaged');
  }
  const { body, signature } = found as { body: string; signature: string };
  const isOurs = await key.isOurs(body, signature);
  return { ...readBody(body), isOurs, body, signature };
}

/** The JSON text of a root that stands in a file of its own. */
export function rootText({ body, signature }: Pick<Root, 'body' | 'signature'>): string {
  return `${JSON.stringify(rootObject({ body, signature }))}\n`;
}

export function rootObject({ body, signature }: Pick<Root, 'body' | 'signature'>): object {
  return { format: FORMAT, version: VERSION, body, signature };
}

/** Sign a checkpoint; what else the body of `before` holds stays in it. */
export async function signRoot(
  checkpoint: Checkpoint,
  manifest: readonly Piece[],
  key: Key,
  before: string = '{}',
): Promise<string> {
  const size = manifest.reduce((sum, piece) => sum + piece.size, 0);
  const pieces = manifest.map((piece) => [piece.hash, piece.size]);
  const body = JSON.stringify({ ...JSON.parse(before), ...checkpoint, manifest: { size, pieces } });
  return rootText({ body, signature: await key.sign(body) });
}

/** Pieces as the format writes them; throws an Error whose message is a clause. */
export function piecesOf(found: unknown): Piece[] {
  if (!list(isPiece)(found)) {
    throw new Error('its list of pieces is damaged');
  }
  return (found as [string, number][]).map(([name, size]) => ({ hash: name, size }));
}

/** Throws where a later version of the program wrote it; roots, packs and manifests have versions of their own. */
export function checkVersion(version: unknown): void {
  if (!amount(version) || version === 0) {
    throw new Error('it tells no version of its format');
  }
  if (Number(version) > VERSION) {
    throw new Error(
      `it was written by a newer PyREPL3 (format version ${version}, this one reads up to ${VERSION}); update to open it`,
    );
  }
}

export function parse(json: string, complaint: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Error(complaint, { cause });
  }
}

function readBody(json: string): { checkpoint: Checkpoint; manifest: Piece[] } {
  const body = parse(json, 'its root is damaged');
  if (!isBody(body)) {
    throw new Error('its root is damaged');
  }
  const { id, session, previous, name, at, run, lastRuns, ...more } = body as Checkpoint & {
    manifest: { size: number; pieces: unknown };
  };
  const { python, platform, folder, counts, changes, size, added } = more;
  const manifest = piecesOf(more.manifest.pieces);
  if (manifest.reduce((sum, piece) => sum + piece.size, 0) !== more.manifest.size) {
    throw new Error('its root is damaged');
  }
  const checkpoint = { id, session, previous, name, at, run, lastRuns, python, platform, folder };
  return { checkpoint: { ...checkpoint, counts, changes, size, added }, manifest };
}
