/**
 * `npm run pack`: the library as one file, `release/pyrepl3-VERSION.tgz`, which needs no other package.
 *
 * It has the bundle and its types, the Python side, and the native part as sources: what is built of those fits
 * the machine on which it is used.
 */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshLibrary } from './bundle.mjs';
import { ROOT, SETUP, tool } from './places.mjs';
import { command } from './setup/command.mjs';

const RELEASE = join(ROOT, 'release');
/** What stands in the package as it stands here. */
const AS_IT_IS = [
  ...['LICENSE', 'docs/api.md', 'python', 'dist/library/pyrepl3.js', 'build/places.mjs'],
  ...['native', 'apt', 'command', 'notes'].map((name) => `build/setup/${name}.mjs`),
];
const TYPES = ['contract', 'wording', 'supervisor', 'library'];
/** What the package's manifest takes from ours. */
const FIELDS = ['name', 'version', 'description', 'author', 'license', 'type', 'engines', 'exports'];

/** Pack the library; resolves with the file. */
export async function packLibrary() {
  await freshLibrary();
  await command(tool('tsc'), ['-b', 'electron/library'], { cwd: ROOT });
  const folder = join(RELEASE, 'library');
  rmSync(folder, { recursive: true, force: true });
  for (const path of AS_IT_IS) copy(join(ROOT, path), join(folder, path));
  for (const name of TYPES) {
    // The compiler leaves the types of sources that are gone.
    const hasSource = (/** @type {string} */ path) => existsSync(join(ROOT, 'electron', sourceOf(path)));
    copy(join(SETUP, 'types/electron', name), join(folder, 'dist/library/types', name), hasSource);
  }
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const kept = Object.fromEntries(FIELDS.map((field) => [field, manifest[field]]));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`);
  await command('npm', ['pack', '--ignore-scripts', '--pack-destination', RELEASE], { cwd: folder });
  return join(RELEASE, `${manifest.name}-${manifest.version}.tgz`);
}

/** The source of a file of types, or the folder that it stands in. @param {string} path */
function sourceOf(path) {
  return relative(join(SETUP, 'types/electron'), path).replace(/\.d\.ts$/, '.ts');
}

/** @param {string} from @param {string} to @param {(path: string) => boolean} [isWanted] */
function copy(from, to, isWanted = () => true) {
  if (!existsSync(from)) throw new Error(`${from} is not there; the library cannot be packed without it.`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !path.includes('__pycache__') && isWanted(path) });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await packLibrary());
}
