/** The theme as xterm wants it. */

import type { ITheme } from '@xterm/xterm';
import { THEMES, type ThemeName } from './tokens.ts';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const BRIGHT = [
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

export function terminalTheme(name: ThemeName): ITheme {
  const theme = THEMES[name];
  const sixteen = [...NAMES, ...BRIGHT].map((colour, index) => [colour, theme.terminal[index]]);
  return {
    ...Object.fromEntries(sixteen),
    background: theme.ground,
    foreground: theme.text,
    cursor: theme.accent,
    cursorAccent: theme.ground,
    selectionBackground: `${theme.accent}40`,
    selectionInactiveBackground: `${theme.accent}26`,
    scrollbarSliderBackground: `${theme.faint}40`,
    scrollbarSliderHoverBackground: `${theme.faint}66`,
    scrollbarSliderActiveBackground: `${theme.faint}8c`,
    overviewRulerBorder: '#00000000',
  };
}
