/** The window: hardened, where it was last time, and shown only when there is something to see. */

import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, session } from 'electron';
import type { WindowSettings } from '../documents/window-settings.ts';
import type { WindowValues } from '../documents/window-values.ts';
import { isPermitted } from '../ipc/security-policy.ts';

/** The renderer's `ground`, so that nothing flashes before the first paint. */
const GROUND = { light: '#fbfaf8', dark: '#121418' };

export function openWindow(windowSettings: WindowSettings): BrowserWindow {
  nativeTheme.themeSource = windowSettings.values.theme;
  const window = new BrowserWindow({
    ...placeOnScreen(windowSettings.values.bounds),
    minWidth: 360,
    minHeight: 240,
    show: false,
    title: 'PyREPL3',
    backgroundColor: ground(),
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A hidden window must go on taking output, or Python waits in its `print`.
      backgroundThrottling: false,
    },
  });
  // The menu is under the toolbar's first button; a bar that comes and goes with Alt disturbs Alt+F in the console.
  window.setMenuBarVisibility(false);
  if (windowSettings.values.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  nativeTheme.on('updated', () => !window.isDestroyed() && window.setBackgroundColor(ground()));
  keepBounds(window, windowSettings);
  return window;
}

function ground(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light;
}

/** Forget a place that no screen shows any more. */
function placeOnScreen(bounds: WindowValues['bounds']): WindowValues['bounds'] {
  const { x, y, width, height } = bounds;
  if (x === undefined || y === undefined) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const shown =
    x + width > workArea.x &&
    x < workArea.x + workArea.width &&
    y >= workArea.y &&
    y < workArea.y + workArea.height;
  return shown ? bounds : { width, height };
}

function keepBounds(window: BrowserWindow, windowSettings: WindowSettings): void {
  const keep = () =>
    windowSettings.change({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  window.on('resize', keep);
  window.on('move', keep);
  window.on('maximize', keep);
  window.on('unmaximize', keep);
}

/** A page that dies again so soon would only die again. */
const AGAIN_AFTER_MS = 5_000;

/** Brings the page back when its process has died; the session does not notice. */
export function reviveRenderer(window: BrowserWindow): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - last < AGAIN_AFTER_MS) return;
    last = Date.now();
    window.webContents.reload();
  });
}

/** Denies what a page could ask of Electron, before the first page exists. */
export function denyByDefault(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isPermitted(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    // The page is loaded once, by us; a reload is not a navigation.
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
