/** Follows the theme that the system or the menu asks for. */

import { create } from 'zustand';
import { THEMES, type ThemeName } from './tokens.ts';

// The main process sets what this query sees, so there is one place that decides.
const wish = window.matchMedia('(prefers-color-scheme: dark)');

const wished = (): ThemeName => (wish.matches ? 'dark' : 'light');

export const useTheme = create<{ theme: ThemeName }>(() => ({ theme: wished() }));

/** Colour the page now, and again whenever the wish changes. */
export function followTheme(): void {
  applyVariables(wished());
  wish.addEventListener('change', () => {
    applyVariables(wished());
    useTheme.setState({ theme: wished() });
  });
}

/** Puts the theme's colours into CSS variables: `--ground`, `--text`, … */
export function applyVariables(name: ThemeName, root = document.documentElement): void {
  const { terminal, ...colours } = THEMES[name];
  for (const [token, colour] of Object.entries(colours)) root.style.setProperty(`--${token}`, colour);
  root.style.colorScheme = name;
  root.dataset.theme = name;
}
