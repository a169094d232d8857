/** The shape of every call's arguments, as the gate checks them. */

import * as v from 'valibot';
import type { CallName, Calls, Script } from '../../contract/bridge.ts';

const text = v.string();
const flag = v.boolean();
const textOrNull = v.nullable(text);
const count = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

const cells = count(10_000);
const pixels = count(100_000);
const bytes = count(2 ** 31);
const line = count(2 ** 31);
const state = count(2 ** 31);
/** As they are called in the store: a time and six digits. */
const checkpoint = v.pipe(text, v.regex(/^[\da-f-]{1,40}$/));
const arrangement = v.strictObject({
  editorShare: share,
  editorShown: flag,
  railShown: flag,
  railWidth: pixels,
  railFront: v.picklist(['variables', 'timeline', 'saved']),
});
const path = v.array(v.union([text, count(2 ** 31)]));
const cursor = v.strictObject({ line, column: line });
const script = v.strictObject({ path: textOrNull, text, saved: textOrNull, cursor: v.nullable(cursor) });
const guestAnswer = v.picklist(['open', 'import', 'leave']);

type ShapesOf<Args extends readonly unknown[]> = {
  readonly [Index in keyof Args]: v.GenericSchema<Args[Index]>;
};

/** One line a call: as many shapes as it has arguments. */
export const SHAPES: { [Name in CallName]: ShapesOf<Parameters<Calls[Name]>> } = {
  open: [],
  resize: [cells, cells],
  type: [text],
  shown: [bytes],
  run: [v.strictObject({ code: text, path: textOrNull, line, whole: flag })],
  split: [text],
  stop: [],
  restart: [],
  undo: [],
  redo: [],
  goTo: [state],
  nameState: [state, textOrNull],
  weighState: [state],
  watchVariables: [flag],
  openVariable: [state, path],
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
  saveAgain: [],
};

/** Whether this is a script, also where it comes from a file. */
export function isScript(value: unknown): value is Script {
  return v.is(script, value);
}

/** Whether this is a call that we know, with arguments of its shape. */
export function isCall(name: unknown, args: unknown): name is CallName {
  if (typeof name !== 'string' || !Object.hasOwn(SHAPES, name) || !Array.isArray(args)) return false;
  const shapes: readonly v.GenericSchema[] = SHAPES[name as CallName];
  return args.length === shapes.length && shapes.every((shape, index) => v.is(shape, args[index]));
}
