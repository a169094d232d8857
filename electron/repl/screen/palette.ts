/** How things look: by the terminal's sixteen colours, so that its owner's theme holds. */

import type { TokenKind } from './highlight.ts';

/** Parameters of `CSI … m`. */
export interface Palette extends Record<TokenKind, string> {
  plain: string;
  /** What we say ourselves. */
  dim: string;
  /** Hints, such as a suggestion from history. */
  faint: string;
  failed: string;
  /** The state that runs code, and those that can be gone to. */
  live: string;
  frozen: string;
  /** The choice in a list that Enter takes. */
  chosen: string;
  /** What a search found. */
  found: string;
}

const SIXTEEN: Palette = {
  plain: '',
  dim: '90',
  faint: '90',
  failed: '31',
  live: '34',
  frozen: '36',
  chosen: '7',
  found: '4',
  keyword: '35',
  string: '32',
  number: '33',
  comment: '90',
  function: '34',
  class: '36',
};

/** No colours: what must still be told apart is told by brightness, reversal and a line. */
const NONE: Palette = {
  ...SIXTEEN,
  dim: '',
  faint: '2',
  failed: '',
  live: '',
  frozen: '',
  keyword: '',
  string: '',
  number: '',
  comment: '',
  function: '',
  class: '',
};

export function paletteFor(colours: boolean): Palette {
  return colours ? SIXTEEN : NONE;
}

/** A line of ours as bytes for the terminal. */
export function styled(text: string, style: string): string {
  return style === '' ? text : `\x1b[${style}m${text}\x1b[m`;
}
