/** The shape of every call's arguments, as the gate checks them. */

import type { CallName, Calls, Script } from '../../contract/bridge.ts';

type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === 'string';
const flag: Shape = (value) => typeof value === 'boolean';
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
const textOrNull = orNull(text);
const oneOf =
  (...words: string[]): Shape =>
  (value) =>
    words.includes(value as string);
const count =
  (most: number): Shape =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
const share: Shape = (value) => typeof value === 'number' && value >= 0 && value <= 100;

function record(fields: Record<string, Shape>): Shape {
  const names = Object.keys(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== names.length)
      return false;
    return names.every((name) => fields[name]?.((value as Record<string, unknown>)[name]));
  };
}

const cells = count(10_000);
const pixels = count(100_000);
const bytes = count(2 ** 31);
const line = count(2 ** 31);
const state = count(2 ** 31);
/** As they are called in the store: a time and six digits. */
const checkpoint: Shape = (value) => typeof value === 'string' && /^[\da-f-]{1,40}$/.test(value);
const arrangement = record({
  editorShare: share,
  editorShown: flag,
  railShown: flag,
  railWidth: pixels,
  railFront: oneOf('timeline', 'saved'),
});
const cursor = record({ line, column: line });
const script = record({ path: textOrNull, text, saved: textOrNull, cursor: orNull(cursor) });
const guestAnswer = oneOf('open', 'import', 'leave');

type ShapesOf<Args extends readonly unknown[]> = { readonly [Index in keyof Args]: Shape };

/** One line a call: as many shapes as it has arguments. */
export const SHAPES: { [Name in CallName]: ShapesOf<Parameters<Calls[Name]>> } = {
  open: [],
  resize: [cells, cells],
  type: [text],
  shown: [bytes],
  run: [record({ code: text, path: textOrNull, line, whole: flag })],
  split: [text],
  stop: [],
  restart: [],
  undo: [],
  redo: [],
  goTo: [state],
  nameState: [state, textOrNull],
  weighState: [state],
  begin: [],
  commit: [],
  rollback: [],
  saveSession: [text],
  cancelSave: [],
  restoreSession: [checkpoint],
  rebuild: [],
  openSaved: [checkpoint],
  compareSaved: [checkpoint, checkpoint],
  renameSaved: [checkpoint, textOrNull],
  deleteSaved: [checkpoint],
  exportSaved: [checkpoint],
  importSaved: [],
  answerForeign: [guestAnswer],
  dismissOffers: [],
  dismissRestored: [],
  chooseInterpreter: [],
  openScript: [script],
  newScript: [script],
  saveScript: [script],
  saveScriptAs: [script],
  keepDraft: [script],
  keepArrangement: [arrangement],
  showMenu: [pixels, pixels],
  openLink: [text],
  logFailure: [text, text],
  leave: [],
  leaveNow: [],
};

/** Whether this is a script, also where it comes from a file. */
export const isScript = script as (value: unknown) => value is Script;

/** Whether this is a call that we know, with arguments of its shape. */
export function isCall(name: unknown, args: unknown): name is CallName {
  if (typeof name !== 'string' || !Object.hasOwn(SHAPES, name) || !Array.isArray(args)) return false;
  const shapes: readonly Shape[] = SHAPES[name as CallName];
  return args.length === shapes.length && shapes.every((shape, index) => shape(args[index]));
}
