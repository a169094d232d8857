/** A state that comes back has another process id: who keeps the old one is told, or the run is marked before it begins. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROCESS_ID_PACKAGES } from '../../../build/setup/python-packages.mjs';
import { ONE, onPythons, pythonOfLibraries } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

const python = pythonOfLibraries();

onPythons(ONE, 'the process id', (python) => {
  it('is known to what multiprocessing has made of memory, queues and processes', async () => {
    const trial = openTrial(python);
    await trial.says('import multiprocessing, multiprocessing.heap, os, queue');
    await trial.says('value = multiprocessing.Value("i", 5); lines = multiprocessing.Queue(); lines.put(1)');
    await trial.says('done = multiprocessing.Process(target=len, args=("",)); done.start(); done.join()');
    await trial.says('nothing = None');
    await trial.session.undo();
    expect(await trial.says('lines.get(timeout=10), lines._opid == os.getpid(), done.is_alive()')).toBe(
      '(1, True, False)\n',
    );
    // It gives its memory back by a finalizer, which is left out where the process seems to be another.
    await trial.says('import gc; heap = multiprocessing.heap.BufferWrapper._heap; before = heap._n_frees');
    await trial.says('del value; _ = gc.collect()');
    expect(await trial.says('heap._n_frees > before, heap._lastpid == os.getpid()')).toBe('(True, True)\n');
  });
});

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(PROCESS_ID_PACKAGES, 'zmq')) || !python)(
  'libraries that keep the process id',
  () => {
    function open(): Trial {
      if (!python) throw new Error('There is no Python');
      return openTrial(python, { env: { ...process.env, PYTHONPATH: PROCESS_ID_PACKAGES } });
    }

    it('psutil is told', async () => {
      const trial = open();
      await trial.says(
        'import psutil, os; me = psutil.Process(); box = [psutil.Process()]; other = psutil.Process(1)',
      );
      await trial.says('class Holder: pass\nholder = Holder(); holder.process = me\n');
      await trial.says('nothing = None');
      await trial.session.undo();
      expect(
        await trial.says(
          '[each.pid == os.getpid() for each in (me, box[0], other)], me == box[0], me.is_running(), me.memory_info().rss > 0',
        ),
      ).toBe('([True, True, False], True, True, True)\n');
    });

    it('libzmq is named before a run, while it is in use', async () => {
      const trial = open();
      await trial.says('import zmq; data = [1]');
      await trial.session.keep();
      expect(trial.session.state.copy).toBe('frozen');
      for (const code of [
        'context = zmq.Context()',
        'hidden = [zmq.Context()]; pair = hidden[0].socket(zmq.PAIR)',
      ]) {
        await trial.says(code);
        await trial.session.keep();
        const reason = 'libzmq (pyzmq) keeps the process id';
        expect(trial.session.state).toMatchObject({ copy: 'noted', reason });
        const run = trial.session.run('import time; time.sleep(0.2)');
        expect(await trial.becomes('running')).toMatchObject({
          obstacle: `${reason} (only names and plain values can be brought back)`,
        });
        await run;
        await trial.says('if "context" in globals(): context.term()\nelse: pair.close(); hidden[0].term()\n');
        await trial.says('_ = globals().pop("context", None)');
        await trial.session.keep();
        expect(trial.session.state.copy).toBe('frozen');
      }
    });
  },
);
