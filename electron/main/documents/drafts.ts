/** Keeps what has not been saved: one draft a script, brought back when that script is opened again. */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import * as v from 'valibot';
import type { Script } from '../../contract/bridge.ts';
import { replaceFileSync } from '../../supervisor/platform/replace-file.ts';

const DRAFT = v.object({ text: v.string() });

/** Keep a script's unsaved text, or remove the draft of one that is saved. */
export function keepDraft({ path: script, text, saved }: Script): void {
  const file = draftFile(script);
  if (text === (saved ?? '')) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  replaceFileSync(file, JSON.stringify({ script, text }));
}

/** The unsaved text of a script; `null` where there is none. */
export function findDraft(script: string | null): string | null {
  try {
    return v.parse(DRAFT, JSON.parse(readFileSync(draftFile(script), 'utf8'))).text;
  } catch {
    // Most scripts have no draft; and of one that is damaged nothing can be shown.
    return null;
  }
}

function draftFile(script: string | null): string {
  const name = script === null ? 'untitled' : createHash('sha256').update(script).digest('hex').slice(0, 24);
  return path.join(app.getPath('userData'), 'drafts', `${name}.json`);
}
