/** Electron: the official release, or where its download is out of reach the one that npm can give us. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT, SETUP } from '../places.mjs';
import { command } from './command.mjs';
import { FALLBACK_VERSION, fetchFallback } from './electron-fallback.mjs';
import { fillFolder, isFilled } from './folder.mjs';
import { during, note } from './notes.mjs';

/** A download from which nothing has come for so long is given up. */
const SILENCE_MS = 10_000;

const manifest = createRequire(import.meta.url).resolve('electron/package.json');

/** The release that people get; pinned in package.json. */
export const ELECTRON_VERSION = /** @type {string} */ (JSON.parse(readFileSync(manifest, 'utf8')).version);

/** Install Electron unless it is there. @param {{ again?: boolean }} [options] `again`: try the official release anew */
export async function ensureElectron({ again = false } = {}) {
  const found = findElectron();
  if (found && !(again && found.version === FALLBACK_VERSION)) return found;
  try {
    await install(ELECTRON_VERSION, fetchOfficial);
  } catch (error) {
    if (!found && (process.platform !== 'linux' || process.arch !== 'x64')) throw error;
    note(`Electron ${ELECTRON_VERSION} cannot be downloaded here (${reason(error)}).`);
    note(`Electron ${FALLBACK_VERSION} serves instead; \`npm run setup -- --again\` tries once more.`);
    if (!found) await install(FALLBACK_VERSION, fetchFallback);
  }
  return findElectron();
}

/** Return where Electron is, or `null`. */
export function findElectron() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return describe(given);
  for (const version of [ELECTRON_VERSION, FALLBACK_VERSION]) {
    if (isFilled(folderFor(version), version)) return describe(folderFor(version));
  }
  return null;
}

/** @param {string} folder */
function describe(folder) {
  const version = join(folder, 'version');
  return {
    folder,
    executable: join(
      folder,
      process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron',
    ),
    version: existsSync(version) ? readFileSync(version, 'utf8').trim().replace(/^v/, '') : ELECTRON_VERSION,
  };
}

/** @param {string} version */
function folderFor(version) {
  return join(SETUP, 'electron', version);
}

/**
 * @param {string} version
 * @param {(temporary: string, progress: (text: string) => void) => Promise<string>} fetchArchive
 */
async function install(version, fetchArchive) {
  const folder = folderFor(version);
  await fillFolder(folder, version, async (unfinished) => {
    const temporary = mkdtempSync(join(dirname(unfinished), 'download-'));
    try {
      const archive = await during(`Downloading Electron ${version}, 100 MB`, (progress) =>
        fetchArchive(temporary, progress),
      );
      await command('python3', [join(ROOT, 'build/setup/unzip.py'), archive, unfinished]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}

/** Fetch the official archive; `@electron/get` compares it with the checksums in electron's own package. */
async function fetchOfficial(
  /** @type {string} */ temporary,
  /** @type {(text: string) => void} */ progress,
) {
  const { downloadArtifact } = await import('@electron/get');
  const given = new AbortController();
  const silence = setTimeout(
    () => given.abort(new Error(`nothing came for ${SILENCE_MS / 1000} s`)),
    SILENCE_MS,
  );
  try {
    return await downloadArtifact({
      version: ELECTRON_VERSION,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: JSON.parse(readFileSync(join(dirname(manifest), 'checksums.json'), 'utf8')),
      cacheMode: 3, // Bypass: what is unpacked here is not needed twice.
      tempDirectory: temporary,
      downloadOptions: {
        quiet: true,
        signal: given.signal,
        getProgressCallback: (/** @type {{ percent: number }} */ { percent }) => {
          silence.refresh();
          progress(`${Math.floor(percent * 100)} %`);
        },
      },
    });
  } finally {
    clearTimeout(silence);
  }
}

/** The innermost reason of an error: `fetch failed` alone helps nobody. @param {unknown} error @returns {string} */
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : (error.message.split('\n', 1)[0] ?? '');
}
