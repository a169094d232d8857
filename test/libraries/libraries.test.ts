/** Real libraries whose pools are in use: undone, gone on with, crashed, and gone on with again. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTENDED_PACKAGES, LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { pythonOfLibraries } from '../support/pythons.ts';
import { openTrial } from '../support/session.ts';
import { EXTENDED } from './extended.ts';
import { LIBRARIES, type Library } from './libraries.ts';

/** Whatever hangs is found by this. */
const WATCHDOG_MS = 90_000;

const python = pythonOfLibraries();

const libraries = process.env.PYREPL3_EXTENDED ? [...LIBRARIES, ...EXTENDED] : LIBRARIES;
const packages = [LIBRARY_PACKAGES, EXTENDED_PACKAGES].join(delimiter);

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'numpy')) || !python)('undo with libraries', () => {
  it.each(libraries.map((library) => [library.name, library] as const))(
    '%s',
    { timeout: WATCHDOG_MS },
    async (_, library) => {
      if (!python) throw new Error('There is no Python');
      const trial = openTrial(python, { env: { ...process.env, PYTHONPATH: packages } });
      const seen = (code: string) => trial.says(`print(repr(${code}))`);
      await trial.says(library.make);
      const used = await seen(library.use);
      const before = await seen(library.look);
      const [from, after, to] = await change(library);
      expect(after).not.toBe(before);

      await trial.session.goTo(from);
      expect([await seen(library.look), await seen(library.use)]).toEqual([before, used]);
      await trial.session.goTo(to);
      expect(await seen(library.look)).toBe(after);
      await trial.session.goTo(from);
      expect(await seen(library.use)).toBe(used);

      const crash = await trial.run(`${library.change}\nimport os; os.kill(os.getpid(), 11)`);
      expect(crash.outcome).toBe('died');
      expect([await seen(library.look), await seen(library.use)]).toEqual([before, used]);

      async function change({ change, look }: Library): Promise<[number, string, number]> {
        const { id } = trial.session.state;
        await trial.says(change);
        const { id: changed } = trial.session.state;
        return [id, await seen(look), changed];
      }
    },
  );
});
