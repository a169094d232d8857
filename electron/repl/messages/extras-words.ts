/** What a saved session has beside names and code, in words: it stays here unless one asks to export it too. */

import type { Extras } from '../../contract/checkpoints.ts';
import { enumerated, listed } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';

/** So many environment variables are named. */
const MOST_VARIABLES = 3;

const PARTS: Record<string, string> = {
  transcript: 'what was printed',
  history: 'what was typed',
  editor: 'the script in the editor',
};

/** `what was printed (12 kB) and the value of TOKEN`; nothing where there is none. */
export function extrasWords({ parts, variables }: Extras): string {
  const named = variables.slice(0, MOST_VARIABLES).map(plain);
  const values = `the ${variables.length === 1 ? 'value' : 'values'} of ${listed(named, variables.length)}`;
  return enumerated([
    ...parts.map(({ kind, size }) => `${PARTS[kind] ?? plain(kind)} (${sizeText(size)})`),
    ...(variables.length > 0 ? [values] : []),
  ]);
}

/** `, without what was printed (12 kB); --all takes everything`; nothing where nothing was left out. */
export function withoutWords(extras: Extras): string {
  const words = extrasWords(extras);
  return words === '' ? '' : `, without ${words}; --all takes everything`;
}
