/** Denies what a page could ask of Electron, before the first page exists. */

import { app, session } from 'electron';
import { isPermitted } from './security-policy.ts';

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
