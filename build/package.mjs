/** `npm run package`: the unpacked application in `release/`, with Electron and the Python of ours inside. */

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { freshWindow } from './bundle.mjs';
import { ROOT } from './places.mjs';
import { ELECTRON_VERSION } from './setup/electron.mjs';
import { ensureNativeForAll, NATIVE } from './setup/native.mjs';
import { note } from './setup/notes.mjs';
import { PYTHON_PACKAGES } from './setup/python-packages.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { setUpWindow } from './setup.mjs';

await setUpSessions();
await ensureNativeForAll();
const electron = await setUpWindow();
await freshWindow();
if (electron.version !== ELECTRON_VERSION) {
  note(`Electron ${electron.version} is inside, for trying only: it gets no security fixes any more.`);
}

/** The desktop entry and the MIME type of saved sessions, for who unpacks the folder; installers make their own. */
const LINUX_SHARE = join(ROOT, 'build/package/linux');

const SOURCES_ONLY = ['**/*', '!**/__pycache__', '!**/.stamp'];

await build({
  projectDir: ROOT,
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    appId: 'pyrepl3',
    productName: 'PyREPL3',
    electronVersion: electron.version,
    electronDist: electron.folder,
    directories: { output: 'release' },
    // Everything is bundled, so nothing of node_modules is needed.
    files: ['dist/**', 'package.json', 'LICENSE', '!node_modules'],
    npmRebuild: false,
    afterPack: ({ appOutDir }) => removeLeftovers(appOutDir),
    extraResources: [
      { from: 'python', to: 'python', filter: [...SOURCES_ONLY, '!native{,/**}'] },
      ...(existsSync(NATIVE) ? [{ from: NATIVE, to: 'python/native', filter: ['*.so'] }] : []),
      ...(existsSync(PYTHON_PACKAGES)
        ? [{ from: PYTHON_PACKAGES, to: 'python-packages', filter: SOURCES_ONLY }]
        : []),
    ],
    fileAssociations: [
      {
        ext: 'pyrepl3',
        name: 'Saved PyREPL3 session',
        description: 'Saved PyREPL3 session',
        mimeType: 'application/x-pyrepl3-session',
        role: 'Editor',
      },
    ],
    linux: {
      executableName: 'pyrepl3',
      category: 'Development',
      extraFiles: [{ from: LINUX_SHARE, to: 'share' }],
    },
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      // The tests drive the packaged window through Node's inspector, which is off unless asked for.
      enableNodeCliInspectArguments: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
  },
});

/** Remove what only an Electron without an application needs. @param {string} folder */
async function removeLeftovers(folder) {
  for (const name of ['resources/default_app.asar', '.stamp']) rmSync(join(folder, name), { force: true });
}
