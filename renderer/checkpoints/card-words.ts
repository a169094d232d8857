/** How saved sessions are put into words. */

import type {
  Card,
  ForeignFile,
  NameLine,
  Offered,
  Restored,
  Transfer,
} from '../../electron/contract/checkpoint-news.ts';
import type { How } from '../../electron/contract/checkpoints.ts';
import { counted, enumerated, signs } from '../../electron/wording/counts.ts';
import { sizeText } from '../../electron/wording/sizes.ts';
import { agoText, whenText } from '../../electron/wording/times.ts';

/** What stands for a checkpoint that has no name. */
export function titleOf({ name }: Pick<Card, 'name'>): string {
  return name ?? 'Automatic';
}

/** `34 names · 340 MB`; a name that is not saved is none of them. */
export function amountWords({ counts, size }: Card): string {
  const { saved, partly, imported, reopened } = counts;
  return `${counted(saved + partly + imported + reopened, 'name')} · ${sizeText(size)}`;
}

/** `2 names not saved, 1 in part`; empty where all is saved. */
export function lackWords({ counts: { unsaved, partly } }: Card): string {
  const parts = [
    unsaved > 0 && `${counted(unsaved, 'name')} not saved`,
    partly > 0 && `${unsaved > 0 ? partly : counted(partly, 'name')} in part`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `+3 ~1 −2`: names added, changed and removed since the checkpoint before. */
export function changeSigns({ changes: { added, changed, removed } }: Card): string {
  return signs(added, changed, removed);
}

/** A whole card for a screen reader and for the pointer that rests on it. */
export function cardWords(card: Card, now: number): string {
  const parts = [
    titleOf(card),
    whenText(card.at, now),
    amountWords(card),
    lackWords(card),
    changeSigns(card),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** `Cut off 12 minutes ago in ~/project`. */
export function offerTitle({ card, ended, at }: Offered, now: number): string {
  return `${ended === 'quit' ? 'Quit' : 'Cut off'} ${agoText(at, now)} in ${card.folder}`;
}

/** `before-lunch · 34 names · 340 MB`; with its Python, where that is not the one which is here. */
export function offerWords({ card }: Offered, here: string | null): string {
  const isOther = here !== null && !here.endsWith(` ${card.python}`);
  const parts = [card.name, amountWords(card), lackWords(card), isOther && `Python ${card.python}`];
  return parts.filter(Boolean).join(' · ');
}

/** `Saving before-lunch`. */
export function passageTitle({ kind, name, automatic }: Transfer): string {
  const what = automatic ? 'the session' : (name ?? 'a session');
  return `${kind === 'saving' ? 'Saving' : 'Restoring'} ${what}`;
}

/** `12 of 34 names · 120 MB`. */
export function progressWords({ progress: { done, names, bytes } }: Transfer): string {
  const parts = [names > 0 && `${done} of ${counted(names, 'name')}`, bytes > 0 && sizeText(bytes)];
  return parts.filter(Boolean).join(' · ');
}

/** What became of a name, in a word. */
const HOW: Record<How, string> = {
  saved: 'saved',
  partly: 'in part',
  imported: 'imported',
  reopened: 'reopened',
  unsaved: 'not saved',
};

export function howWord({ how }: NameLine): string {
  return HOW[how];
}

/** `before-lunch is back · 34 names · 2 did not come back`. */
export function aftermathTitle({ card, back, missing, more }: Restored): string {
  const lost = missing.filter(({ how }) => how === 'unsaved').length + more;
  const title = card.name ?? 'The session';
  const parts = [`${title} is back`, counted(back, 'name'), lost > 0 && `${lost} did not come back`];
  return parts.filter(Boolean).join(' · ');
}

/** `Re-run run 3`, `Re-run runs 3 and 7`, `Re-run runs 3, 7, 9 and 2 more`. */
export function rerunWords(runs: readonly number[]): string {
  const shown = (runs.length > 4 ? runs.slice(0, 3) : runs).map(String);
  const more = runs.length > 4 ? [`${runs.length - 3} more`] : [];
  return `Re-run ${runs.length === 1 ? 'run' : 'runs'} ${enumerated([...shown, ...more])}`;
}

/** What a file's question means. */
export function guestWords({ contents, complaint }: ForeignFile): string | null {
  if (complaint !== null || contents === null) return complaint;
  return contents.trusted
    ? null
    : 'This checkpoint was not made here. Opening it runs code that it contains, with all your rights: ' +
        'do so only if you trust whoever made it.';
}
