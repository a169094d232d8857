/** The console's screen: shows bytes, sends keys, and nothing else. */

import { background } from '../model/background.ts';
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import { SCROLLBACK_LINES } from '../../electron/contract/marks.ts';
import { on, tell } from '../model/main-bridge.ts';
import { useTheme } from '../theme/following.ts';
import { CODE_FONT, CODE_LINE_PX, CODE_SIZE_PX } from '../theme/fonts.ts';
import { terminalTheme } from '../theme/terminal-theme.ts';
import { drawRunMarks } from './run-marks.ts';
import { isCopyKey, isWindowKey, textOfBytes } from './terminal-keys.ts';

const openLink = (_event: unknown, address: string) => tell('openLink', address);

const host = document.createElement('div');
host.className = 'screen';
host.dataset.testid = 'console';

/** The fit addon does not see the host's padding, so the terminal has an element without one. */
const inside = document.createElement('div');
host.append(inside);

const terminal = new Terminal({
  // The grapheme addon and the marks of runs are not yet in the stable part of xterm's API.
  allowProposedApi: true,
  scrollback: SCROLLBACK_LINES,
  fontFamily: CODE_FONT,
  fontSize: CODE_SIZE_PX,
  cursorStyle: 'bar',
  cursorWidth: 2,
  cursorInactiveStyle: 'outline',
  drawBoldTextInBrightColors: false,
  macOptionIsMeta: true,
  overviewRuler: { width: 10 },
  linkHandler: { activate: openLink, allowNonHttpProtocols: false },
  theme: terminalTheme(useTheme.getState().theme),
});

/** Make the terminal; the element that it lives in is put into the document by its pane. */
export function openTerminal(): HTMLElement {
  // xterm measures its letters when it is opened, so the element must be somewhere.
  document.body.append(host);
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(new WebLinksAddon(openLink));
  terminal.open(inside);
  terminal.attachCustomKeyEventHandler((event) => !copies(event) && !isWindowKey(event));
  terminal.onData((keys) => tell('type', keys));
  terminal.onBinary((bytes) => tell('type', textOfBytes(bytes)));
  terminal.onResize(({ cols, rows }) => tell('resize', cols, rows));
  // Decoded here: xterm.js 6.0.0 loses a character whose bytes end with 80 80 where a piece ends before the last.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  on('output', (bytes) =>
    terminal.write(decoder.decode(bytes, { stream: true }), () => tell('shown', bytes.length)),
  );
  useTheme.subscribe(({ theme }) => {
    terminal.options.theme = terminalTheme(theme);
  });
  fitTerminal(terminal, inside, CODE_LINE_PX);
  drawRunMarks(terminal, host);
  Object.assign(host, { readText });
  return host;
}

/** Draw faster, where there is a graphics card to do it. */
export function speedUpTerminal(): void {
  drawOnGraphicsCard(terminal);
}

export function focusTerminal(): void {
  terminal.focus();
}

/** Ctrl+Shift+C, as in other terminals; Ctrl+C is the program's. */
function copies(event: KeyboardEvent): boolean {
  if (event.type !== 'keydown' || !isCopyKey(event)) return false;
  event.preventDefault();
  if (terminal.hasSelection()) background(navigator.clipboard.writeText(terminal.getSelection()), 'copying');
  return true;
}

/** Ctrl+L at the prompt, which the console draws again; the program's own matter while it runs. */
export function clearTerminal(): void {
  tell('type', '\x0c');
}

/** All text of the console, for tests and for who copies it whole. */
function readText(): string {
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let index = 0; index < active.length; index += 1) {
    const line = active.getLine(index);
    const text = line?.translateToString(true) ?? '';
    if (line?.isWrapped) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return lines.join('\n').trimEnd();
}

/** Where the card does not do what is needed, or is lost, xterm falls back to drawing with elements. */
export function drawOnGraphicsCard(terminal: Terminal): void {
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch {
    // Elements show the same.
  }
}

/** Fits the terminal's rows and columns to its pane, and its rows to the line height of the editor. */
export function fitTerminal(terminal: Terminal, host: HTMLElement, linePixels: number): void {
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  setLineHeight(terminal, host, linePixels);
  const observer = new ResizeObserver(() => {
    // A pane that is being put together, or is behind another, has no size to fit to.
    if (host.clientHeight > linePixels && host.clientWidth > linePixels) fit.fit();
  });
  observer.observe(host);
}

/** xterm takes a line height as a multiple of the font's own. */
function setLineHeight(terminal: Terminal, host: HTMLElement, linePixels: number): void {
  const screen = host.querySelector('.xterm-screen');
  const own = (screen?.clientHeight ?? 0) / terminal.rows;
  if (own > 0) terminal.options.lineHeight = linePixels / own;
}
