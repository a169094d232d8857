/** Puts the theme's colours into CSS variables: `--ground`, `--text`, … */

import { THEMES, type ThemeName } from './tokens.ts';

export function applyVariables(name: ThemeName, root = document.documentElement): void {
  const { terminal, ...colours } = THEMES[name];
  for (const [token, colour] of Object.entries(colours)) root.style.setProperty(`--${token}`, colour);
  root.style.colorScheme = name;
  root.dataset.theme = name;
}
