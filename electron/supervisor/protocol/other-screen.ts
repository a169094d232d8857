/** Whether a program shows a screen of its own, as editors and pagers do, and how to leave it for the one below. */

import { EscapeScanner } from './escape-scanner.ts';

const SCREENS = ['47', '1047', '1049'];
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const CHANGE = /\x1b\[\?([\d;]*)([hl])|\x1bc/g;
const CUT = /\x1b(?:\[(?:\?[\d;]{0,64})?)?$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class OtherScreen {
  readonly #changes = new EscapeScanner(CHANGE, CUT);
  #mode: string | null = null;

  follow(bytes: Buffer): void {
    for (const [, modes, final] of this.#changes.find(bytes)) {
      const mode = modes?.split(';').find((number) => SCREENS.includes(number));
      if (mode || final === undefined) {
        this.#mode = final === 'h' && mode ? mode : null;
      }
    }
  }

  /** What shows the screen below again; nothing where that is shown. */
  leave(): string {
    const mode = this.#mode;
    this.#mode = null;
    return mode === null ? '' : `\x1b[?${mode}l`;
  }
}
