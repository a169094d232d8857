/** What crosses the border between the renderer and the main process. */

import type {
  Comparison,
  Contents,
  ForeignAnswer,
  ForeignFile,
  Remark,
  Restored,
  SavedNews,
  Transfer,
} from './checkpoint-news.ts';
import type { Chunk } from './messages.ts';
import type { StatesNews } from './state-news.ts';
import type { Parts, VariablePath, VariablesNews } from './variable-news.ts';

/** How the session stands, in what the window shows of it. */
export interface Situation {
  state: 'starting' | 'idle' | 'running' | 'asking' | 'saving' | 'moving' | 'ended';
  /** The number of the run that goes on, or of the last one; 0 before the first. */
  run: number;
  /** When the run that goes on began, in milliseconds since 1970. */
  since: number | null;
  /** How long the last run took, in seconds. */
  seconds: number | null;
  /** Why the run that goes on cannot be undone, in a clause; `null` where it can. */
  obstacle: string | null;
  /** What is lost beside the run if Python is killed now: `all names`, `runs 3 to 7`; `null` for nothing. */
  loss: string | null;
  /** Why Python ended, or could not be started. */
  reason: string | null;
  /** Whether no Python has answered since the last start. */
  unstarted: boolean;
  /** What the next press of the stop button does. */
  stop: 'interrupt' | 'insist' | 'kill';
  /** The language and its version, such as `Python 3.11.7`; `null` until it answered. */
  python: string | null;
  /** The virtual environment's name, where there is one. */
  environment: string | null;
  /** The interpreter's executable, or the one that was asked for. */
  executable: string | null;
  /** The folder that the session started in, with `~` for the user's own. */
  folder: string;
}

/** The script in the editor. */
export interface Script {
  /** Its file; `null` until it has been saved for the first time. */
  path: string | null;
  text: string;
  /** The text as it is on disk; `null` without a file. */
  saved: string | null;
  /** Where the cursor is, both from 1; `null` where nobody has put it yet. */
  cursor: { line: number; column: number } | null;
}

/** What the user has arranged, kept from one start to the next. */
export interface Arrangement {
  /** The editor's share of the room, in per cent. */
  editorShare: number;
  editorShown: boolean;
  railShown: boolean;
  /** In pixels. */
  railWidth: number;
  /** The rail's tab in front. */
  railFront: 'variables' | 'timeline' | 'saved';
}

/** All that the first screen needs. */
export interface Opening {
  situation: Situation;
  states: StatesNews;
  saved: SavedNews;
  transfer: Transfer | null;
  restored: Restored | null;
  foreign: ForeignFile | null;
  script: Script;
  arrangement: Arrangement;
  platform: string;
  /** Whether WebGL draws on a card; where a program plays the card, each frame would hold the page up. */
  hasGraphicsCard: boolean;
}

/** Code from the editor. */
export interface RunRequest {
  code: string;
  /** The file that it is from; `null` for a script without one. */
  path: string | null;
  /** The line on which it begins, from 1. */
  line: number;
  /** Whether it is the whole file. */
  whole: boolean;
}

/** What the menu asks of the renderer. */
export type Command =
  | 'run file'
  | 'run piece'
  | 'new script'
  | 'open script'
  | 'save script'
  | 'save script as'
  | 'toggle editor'
  | 'go to editor'
  | 'go to console'
  | 'toggle variables'
  | 'go to variables'
  | 'toggle timeline'
  | 'go to timeline'
  | 'toggle saved'
  | 'go to saved'
  | 'save session'
  | 'import session'
  | 'find in script'
  | 'clear console';

/** What the renderer can ask of the main process. */
export interface Calls {
  /** Begin: signals and output flow from here on, what was shown before comes again. */
  open(): Opening;
  /** The console's size, in cells. */
  resize(columns: number, rows: number): void;
  /** Keys or pasted text, as a terminal sends them. */
  type(keys: string): void;
  /** So many bytes of output have been shown. */
  shown(bytes: number): void;
  run(request: RunRequest): void;
  /** A script's statements; `null` while a run goes on and nobody can say. */
  split(code: string): Chunk[] | null;
  /** The next step of stopping, as the situation announces it. */
  stop(): void;
  restart(): void;
  /** Go back one run, and forth again; what becomes of it is told in the console. */
  undo(): void;
  redo(): void;
  /** Go to a state. */
  goTo(state: number): void;
  /** Give a state a name, or take it away; why that cannot be, in words, or `null`. */
  nameState(state: number, name: string | null): string | null;
  /** The memory that would come free if a state's copy went, in bytes; `null` where nobody can tell. */
  weighState(state: number): number | null;
  /** Somebody looks at the variables, or no longer; `variables` tells of them meanwhile. */
  watchVariables(isWanted: boolean): void;
  /** What is inside of a value of a state; or why that cannot be told, in words. */
  openVariable(state: number, path: VariablePath): Parts | string;
  /** Begin a transaction; keep what was run in it, or drop it. */
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Save the session by this name; what becomes of it is told in the console. */
  saveSession(name: string): void;
  cancelSave(): void;
  /** Bring a checkpoint back; what becomes of it is told in the console. */
  restoreSession(checkpoint: string): void;
  /** Run again what makes the names that did not come back. */
  rebuild(): void;
  /** What a checkpoint holds; or why that cannot be told, in words. */
  openSaved(checkpoint: string): Contents | string;
  /** Which names differ between two checkpoints; or why that cannot be told, in words. */
  compareSaved(one: string, other: string): Comparison | string;
  /** Give a checkpoint a name, or take it away; why that cannot be, in words, or `null`. */
  renameSaved(checkpoint: string, name: string | null): string | null;
  /** Delete a checkpoint, after a question; `null` when the user cancelled. */
  deleteSaved(checkpoint: string): Remark | null;
  /** Write a checkpoint into a file that is asked for. */
  exportSaved(checkpoint: string): Remark | null;
  /** Ask for a file with a checkpoint; it is then shown, as one that was opened from outside. */
  importSaved(): void;
  answerForeign(answer: ForeignAnswer): void;
  /** Let the sessions be that are offered; they stay among the saved ones. */
  dismissOffers(): void;
  /** What came of the restore has been read. */
  dismissRestored(): void;
  /** Ask for an interpreter, and restart with it. */
  chooseInterpreter(): void;
  /** Ask for a file; `null` when the user cancelled. */
  openScript(current: Script): Script | null;
  newScript(current: Script): Script | null;
  saveScript(script: Script): Script | null;
  saveScriptAs(script: Script): Script | null;
  /** Keep what has not been saved, for the next start. */
  keepDraft(script: Script): void;
  keepArrangement(arrangement: Arrangement): void;
  /** Show the menu at this place of the window. */
  showMenu(x: number, y: number): void;
  /** Open a link in the browser, after the user has agreed. */
  openLink(address: string): void;
  /** Something failed in the page itself: write it into the log. */
  logFailure(what: string, details: string): void;
  /** All is kept; the window may go, once the session is saved. */
  leave(): void;
  /** Go without waiting for that, or without what could not be saved. */
  leaveNow(): void;
  /** Try once more to save what could not be saved as the window went. */
  saveAgain(): void;
}

/** What the main process tells the renderer, and with what. */
export interface Signals {
  output: Uint8Array;
  situation: Situation;
  states: StatesNews;
  variables: VariablesNews;
  saved: SavedNews;
  /** How far a save or a restore is; `null` when none goes on. */
  transfer: Transfer | null;
  restored: Restored | null;
  foreign: ForeignFile | null;
  command: Command;
  /** Another script takes the editor's place; the draft of the one before is kept. */
  script: Script;
  /** Keep the draft as it is now, not only when the keys have rested. */
  keeping: null;
  /** The window wants to go: keep the draft, then `leave`. */
  leaving: null;
  /** The window goes when the session is saved; or that has failed, a sentence, and it stays until somebody decides. */
  closing: string | null;
}

export type CallName = keyof Calls;
export type SignalName = keyof Signals;

/** What the preload script puts on the renderer's `window`. */
export interface Bridge {
  call<Name extends CallName>(name: Name, ...args: Parameters<Calls[Name]>): Promise<ReturnType<Calls[Name]>>;
  /** Listen; the function that comes back ends it. */
  on<Name extends SignalName>(name: Name, listener: (payload: Signals[Name]) => void): () => void;
}
