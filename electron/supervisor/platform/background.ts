/** Work that nobody waits for: what fails in it is logged and told to the user, and the program goes on. */

import { log, logFile } from './log.ts';

/** Tells the user, in a sentence. */
type Teller = (words: string) => void;

/** The last one hears of it: the console that is open, before it whoever opened it. */
const tellers: Teller[] = [];

/** Let work go on by itself; `what` it does is said where it fails: `reading the saved sessions`. */
export function background(work: Promise<unknown>, what: string): void {
  work.catch((error: unknown) => tellFailure(what, error));
}

/** Say that a part of the program itself has failed, and where more is written of it. */
export function tellFailure(what: string, error: unknown): void {
  log(what, error);
  const words = error instanceof Error ? error.message : String(error);
  const tell = tellers.at(-1) ?? ((text) => process.emitWarning(text));
  tell(`PyREPL3 failed in a part of itself, ${what}: ${words} (more in ${logFile()})`);
}

/** From now on this one tells the user; return the function that ends it. */
export function onFailure(tell: Teller): () => void {
  tellers.push(tell);
  return () => {
    const index = tellers.indexOf(tell);
    if (index >= 0) {
      tellers.splice(index, 1);
    }
  };
}
