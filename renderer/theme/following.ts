/** Follows the theme that the system or the menu asks for. */

import { create } from 'zustand';
import type { ThemeName } from './tokens.ts';
import { applyVariables } from './variables.ts';

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
