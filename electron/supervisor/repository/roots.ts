/** The root of a checkpoint: what it is and where its manifest is, signed. */

import * as v from 'valibot';
import type { Checkpoint } from '../../contract/checkpoints.ts';
import type { Piece } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import type { Key } from './key.ts';
import { amount, hash, isObject } from './record-shapes.ts';

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

const PIECES = v.array(v.strictTuple([hash, amount]));

const names = v.array(v.string());

/** The signature is as long as a hash, and written as one. */
const ROOT = v.object({ body: v.string(), signature: hash });

const BODY = v.object({
  id: v.string(),
  session: v.string(),
  previous: v.nullable(v.string()),
  name: v.nullable(v.string()),
  at: amount,
  run: amount,
  lastRuns: names,
  python: v.string(),
  platform: v.string(),
  folder: v.string(),
  counts: v.object({ saved: amount, partly: amount, imported: amount, reopened: amount, unsaved: amount }),
  changes: v.object({ added: names, changed: names, removed: names, more: amount }),
  size: amount,
  added: amount,
  manifest: v.object({ size: amount, pieces: PIECES }),
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
  if (!v.is(ROOT, found)) {
    throw new Error('its root is damaged');
  }
  const { body, signature } = found;
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
  if (!v.is(PIECES, found)) {
    throw new Error('its list of pieces is damaged');
  }
  return found.map(([name, size]) => ({ hash: name, size }));
}

/** Throws where a later version of the program wrote it; roots, packs and manifests have versions of their own. */
export function checkVersion(version: unknown): void {
  if (!v.is(amount, version) || version === 0) {
    throw new Error('it tells no version of its format');
  }
  if (version > VERSION) {
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
  const result = v.safeParse(BODY, body);
  if (!result.success) {
    throw new Error('its root is damaged');
  }
  const { manifest: listed, ...checkpoint } = result.output;
  const manifest = piecesOf(listed.pieces);
  if (manifest.reduce((sum, piece) => sum + piece.size, 0) !== listed.size) {
    throw new Error('its root is damaged');
  }
  return { checkpoint, manifest };
}
