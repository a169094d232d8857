/** The script as a part of a checkpoint: its file, its text, what of that was saved, and where the cursor was. */

import type { Script } from '../../contract/bridge.ts';
import { isScript } from '../ipc/call-shapes.ts';

/** The part's kind in a checkpoint. */
export const SCRIPT_PART = 'editor';

export function writeScriptPart(script: Script): Uint8Array {
  return Buffer.from(JSON.stringify(script));
}

/** `null` where the checkpoint has none, or one that nobody can read. */
export function readScriptPart(bytes: Buffer | null): Script | null {
  if (bytes === null) return null;
  try {
    const found: unknown = JSON.parse(bytes.toString());
    return isScript(found) ? found : null;
  } catch {
    // The names are what was asked for; a script that is damaged does not keep them from coming back.
    return null;
  }
}

/** What the editor shows after a restore, and what is to be said of it: a sentence, or `null`. */
export interface Return {
  script: Script;
  words: string | null;
}

export interface Present {
  /** The script in the editor. */
  current: Script;
  /** The text on disk of the script that comes back; `null` where there is no such file. */
  onDisk: string | null;
  /** The draft of that script, where it is not the one in the editor; `null` where there is none. */
  draft: string | null;
}

/**
 * Bring a script back as it was; `null` where there was none. Unsaved text of now stays: that of another script as its
 * draft, that of the same one in the editor. What was saved then is shown as it is on disk now.
 */
export function bringBack(then: Script, present: Present): Return | null {
  const { current, onDisk } = present;
  if (then.path === null && then.text === '') return null;
  const wasSaved = then.path !== null && then.text === then.saved;
  const text = wasSaved ? (onDisk ?? then.text) : then.text;
  const kept = unsavedNow(then, present);
  if (kept !== null && kept.text !== text) {
    return { script: kept, words: `The editor keeps what is unsaved now of ${nameOf(then)}.` };
  }
  const saved = onDisk === null || wasSaved ? onDisk : then.saved;
  const isLeft = then.path !== current.path && isUnsaved(current);
  const words = isLeft ? `What is unsaved of ${nameOf(current)} is kept as its draft.` : null;
  return { script: { ...then, text, saved }, words };
}

/** The script as it is now, if there is something of it that is on no disk but as a draft. */
function unsavedNow(then: Script, { current, onDisk, draft }: Present): Script | null {
  if (then.path === current.path) return isUnsaved(current) ? current : null;
  return draft === null ? null : { path: then.path, text: draft, saved: onDisk, cursor: null };
}

function isUnsaved({ text, saved }: Script): boolean {
  return text !== (saved ?? '');
}

function nameOf({ path }: Script): string {
  return path?.split(/[\\/]/).at(-1) ?? 'the script without a file';
}
