/** The theme as Monaco wants it. */

import type { editor } from 'monaco-editor/editor';
import { THEMES, type ThemeName } from './tokens.ts';

/** Brackets are dim like all that stands between names, at whatever depth. */
const BRACKETS = [1, 2, 3, 4, 5, 6].map((depth) => `editorBracketHighlight.foreground${depth}`);

export function editorTheme(name: ThemeName): editor.IStandaloneThemeData {
  const theme = THEMES[name];
  const clear = '#00000000';
  return {
    base: name === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare(theme.text) },
      { token: 'comment', foreground: bare(theme.faint) },
      { token: 'keyword', foreground: bare(theme.keyword) },
      { token: 'string', foreground: bare(theme.string) },
      { token: 'number', foreground: bare(theme.number) },
      { token: 'function', foreground: bare(theme.function) },
      { token: 'type', foreground: bare(theme.class) },
      { token: 'tag', foreground: bare(theme.function) },
      { token: 'delimiter', foreground: bare(theme.dim) },
    ],
    colors: {
      'editor.background': theme.ground,
      'editor.foreground': theme.text,
      'editor.placeholder.foreground': theme.faint,
      'editorCursor.foreground': theme.accent,
      'editorLineNumber.foreground': theme.faint,
      'editorLineNumber.activeForeground': theme.text,
      'editor.lineHighlightBackground': `${theme.text}0a`,
      'editor.lineHighlightBorder': clear,
      'editor.selectionBackground': `${theme.accent}40`,
      'editor.inactiveSelectionBackground': `${theme.accent}26`,
      'editor.selectionHighlightBackground': `${theme.accent}1f`,
      'editor.wordHighlightBackground': `${theme.accent}1f`,
      'editor.findMatchBackground': `${theme.running}66`,
      'editor.findMatchHighlightBackground': `${theme.running}33`,
      'editorBracketMatch.background': `${theme.accent}26`,
      'editorBracketMatch.border': clear,
      ...Object.fromEntries(BRACKETS.map((bracket) => [bracket, theme.dim])),
      'editorBracketHighlight.unexpectedBracket.foreground': theme.failed,
      'editorIndentGuide.background1': theme.line,
      'editorIndentGuide.activeBackground1': theme.faint,
      'editorWidget.background': theme.raised,
      'editorWidget.foreground': theme.text,
      'editorWidget.border': theme.line,
      'editorGutter.background': theme.ground,
      'input.background': theme.ground,
      'input.border': theme.line,
      'inputOption.activeBackground': `${theme.accent}40`,
      'inputOption.activeBorder': theme.accent,
      focusBorder: theme.accent,
      'widget.shadow': `#000000${name === 'dark' ? '66' : '1f'}`,
      'scrollbar.shadow': clear,
      'scrollbarSlider.background': `${theme.faint}40`,
      'scrollbarSlider.hoverBackground': `${theme.faint}66`,
      'scrollbarSlider.activeBackground': `${theme.faint}8c`,
      'editorOverviewRuler.border': clear,
    },
  };
}

/** Monaco's rules want a colour without its `#`. */
function bare(colour: string): string {
  return colour.slice(1);
}
