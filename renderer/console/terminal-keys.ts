/** The keys that belong to the window even while the console has the keyboard. */

const PLAIN = new Set(['F5', 'F11']);
const WITH_CONTROL = new Set(['.', '1', '2', '3', '4', '=', '+', '-', '0']);
const WITH_CONTROL_AND_SHIFT = new Set(['F5', 'V', 'E', 'I', 'S', 'T']);
/** Undo and redo of runs, with Shift; save the session, and re-run what did not come back. */
const WITH_CONTROL_AND_ALT = new Set(['Z', 'S', 'R']);

/** Everything else is the terminal's: Ctrl+S and Ctrl+N mean something to the program that runs. */
export function isWindowKey({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (metaKey) return true;
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (altKey) return ctrlKey && WITH_CONTROL_AND_ALT.has(name);
  if (!ctrlKey) return !shiftKey && PLAIN.has(key);
  return WITH_CONTROL.has(key) || (shiftKey && WITH_CONTROL_AND_SHIFT.has(name));
}

export function isCopyKey({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey && shiftKey && !altKey && key.toUpperCase() === 'C';
}
