/** The packaged application, started away from the checkout. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { type Application, openApplication } from '../support/application.ts';

const FOLDER = join(ROOT, 'release/linux-unpacked');
const PATIENCE_MS = 30_000;
const PACKAGING_MS = 240_000;

describe.runIf(process.platform === 'linux')('the packaged application', () => {
  let home: string;
  let application: Application;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'build/package.mjs')], { stdio: 'pipe' });
    home = mkdtempSync(join(tmpdir(), 'pyrepl3-package-'));
    application = await openApplication({ executable: join(FOLDER, 'pyrepl3'), cwd: home, home });
  }, PACKAGING_MS);

  afterAll(async () => {
    await application?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('runs code that is typed into its console', async () => {
    await type('print(6 * 7)');
    await printed(/^42\r?$/m);
  });

  it('runs it with the Python files that it brought along', async () => {
    await type('import os; print(open(f"/proc/{os.getppid()}/cmdline").read())');
    await printed(new RegExp(join(FOLDER, 'resources/python')));
  });

  it('copies sessions with the native part that it brought along', async () => {
    await type('print([line.split()[-1] for line in open("/proc/self/maps") if "/freeze-" in line][0])');
    await printed(new RegExp(`^${FOLDER}/resources/python/native/freeze-\\w+\\.so\\r?$`, 'm'));
  });

  it('saves functions with the packages that it brought along', async () => {
    await type('from pyrepl3.worker import by_value; print(by_value.find())');
    await printed(new RegExp(`^${FOLDER}/resources/python-packages/cloudpickle/cloudpickle.py\\r?$`, 'm'));
  });

  it('has nothing beside the bundles and the Python files inside', () => {
    const [bundles, ...others] = readdirSync(join(FOLDER, 'resources')).sort();
    expect(bundles).toBe('app.asar');
    expect(['python', 'python-packages']).toEqual(expect.arrayContaining(others));
  });

  async function type(code: string) {
    await application.page.locator('.xterm-helper-textarea').focus();
    await application.page.keyboard.type(`${code}\n`);
  }

  async function printed(pattern: RegExp) {
    await expect.poll(() => transcripts(home), { timeout: PATIENCE_MS }).toMatch(pattern);
  }
});

/** What every session of a home has printed. */
function transcripts(home: string): string {
  const folder = join(home, 'transcripts');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
