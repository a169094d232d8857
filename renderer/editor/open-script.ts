/** The script in the editor: which file it is, and what of it has not been saved. */

import { create } from 'zustand';
import type { Script } from '../../electron/contract/bridge.ts';
import { background } from '../model/background.ts';
import { call, on, tell } from '../model/main-bridge.ts';
import { cursor, model, onCursor, putCursor } from './script-editor.ts';

/** A draft is written when the keys have rested for so long. */
const REST_MS = 300;

interface ScriptState {
  path: string | null;
  saved: string | null;
  /** Whether the text differs from the file's. */
  changed: boolean;
}

export const useScript = create<ScriptState>(() => ({ path: null, saved: null, changed: false }));

export function currentScript(): Script {
  const { path, saved } = useScript.getState();
  return { path, text: model.getValue(), saved, cursor: cursor() };
}

export function beginScript(script: Script): void {
  showScript(script);
  on('script', (other) => background(exchangeScript(other), 'showing another script'));
}

/** Another script takes the place of this one, whose draft is kept. */
async function exchangeScript(other: Script): Promise<void> {
  await call('keepDraft', currentScript());
  showScript(other);
  await call('keepDraft', currentScript());
}

/** Open, begin or save a script, as its user decides on the way. */
export async function changeScript(
  how: 'openScript' | 'newScript' | 'saveScript' | 'saveScriptAs',
): Promise<void> {
  const script = await call(how, currentScript());
  if (script) showScript(script);
}

/** Keep a draft of what is typed, and the last of it when the window goes. */
export function keepScript(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    return call('keepDraft', currentScript());
  };
  const keepNow = () => background(keep(), 'keeping the draft');
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keepNow, REST_MS);
  };
  model.onDidChangeContent(() => {
    noteChange();
    keepSoon();
  });
  onCursor(keepSoon);
  on('keeping', keepNow);
  on('leaving', () =>
    background(
      keep().finally(() => tell('leave')),
      'keeping the draft',
    ),
  );
}

/** Put a script into the editor; the same text stays as it is, with its undo, and its cursor where none is given. */
function showScript({ path, text, saved, cursor: place }: Script): void {
  useScript.setState({ path, saved });
  if (model.getValue() !== text) model.setValue(text);
  if (place) putCursor(place);
  noteChange();
}

function noteChange(): void {
  const { saved, path, changed } = useScript.getState();
  const now = model.getValue() !== (saved ?? '');
  if (now !== changed) useScript.setState({ changed: now });
  document.title = `${now ? '● ' : ''}${nameOf(path)} — PyREPL3`;
}

/** A script's name as its tab shows it. */
export function nameOf(path: string | null): string {
  return path?.split(/[\\/]/).at(-1) ?? 'untitled';
}
