/** Clusters that have a part in the session's process and know it by its id: named before a run, gone on with, ended. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  EXTENDED_PACKAGES,
  LIBRARY_PACKAGES,
  PROCESS_ID_PACKAGES,
} from '../../build/setup/python-packages.mjs';
import { pythonOfLibraries } from '../support/pythons.ts';
import { openTrial } from '../support/session.ts';

/** Whatever hangs is found by this. */
const WATCHDOG_MS = 180_000;

interface Cluster {
  name: string;
  /** The folder and the package without which it cannot be tried. */
  needs: [string, string];
  /** What a run is told beforehand. */
  reason: string;
  start: string;
  /** Uses it; prints 42. */
  use: string;
  stop: string;
}

const DASK: Cluster = {
  name: 'dask with processes=False',
  needs: [PROCESS_ID_PACKAGES, 'distributed'],
  reason: 'distributed (dask, with processes=False) keeps the process id',
  start:
    'from dask.distributed import Client; cluster = Client(processes=False, dashboard_address=None, n_workers=1, threads_per_worker=1)',
  use: 'cluster.submit(lambda: 42, pure=False).result(timeout=30)',
  stop: 'cluster.close()',
};

const RAY: Cluster = {
  name: 'ray',
  needs: [EXTENDED_PACKAGES, 'ray'],
  reason: 'ray keeps the process id',
  start:
    'import ray; cluster = ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level="error", object_store_memory=80_000_000)',
  use: 'ray.get(ray.remote(lambda: 42).remote(), timeout=60)',
  stop: 'ray.shutdown()',
};

const python = pythonOfLibraries();
const clusters = process.env.PYREPL3_EXTENDED ? [DASK, RAY] : [DASK];

describe.each(clusters)('$name', ({ needs, reason, start, use, stop }) => {
  it.skipIf(!python || !existsSync(join(...needs)))(
    'is named before a run, goes on after an undo, and is gone after a death',
    { timeout: WATCHDOG_MS },
    async () => {
      if (!python) throw new Error('There is no Python');
      const PYTHONPATH = [PROCESS_ID_PACKAGES, LIBRARY_PACKAGES, EXTENDED_PACKAGES].join(delimiter);
      const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      // What ray writes, and its secret, are the test's own; and it is not to tell anybody of its use.
      const elsewhere = { HOME: folder, RAY_TMPDIR: folder, RAY_USAGE_STATS_ENABLED: '0' };
      const trial = openTrial(python, { env: { ...process.env, ...elsewhere, PYTHONPATH } });
      const copyAndReason = async () => {
        const state = await trial.session.keep();
        return [state.copy, state.reason];
      };
      await trial.says('before = [1]; import os');
      await trial.run(start);
      expect(await copyAndReason()).toEqual(['noted', reason]);
      expect(await trial.says(use)).toBe('42\n');

      await trial.says('n = 1');
      const { notes } = await trial.session.undo();
      expect(notes[0]).toBe('only names and plain values came back, as the process could not be copied');
      expect(await trial.says(`"n" in globals(), ${use}`)).toBe('(False, 42)\n');

      expect((await trial.run('os.abort()')).outcome).toBe('died');
      expect(await trial.says('before, "cluster" in globals()')).toBe('([1], False)\n');
      await trial.run(start);
      expect(await trial.says(use)).toBe('42\n');
      await trial.run(stop);
      expect(await copyAndReason()).toEqual(['frozen', null]);
    },
  );
});
