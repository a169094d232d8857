/** Where the process cannot be copied, names and plain values can be brought back at least. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

/** The system call that opens an io_uring, which no copy can be made beside; its number is the same everywhere. */
const RING =
  'import ctypes; ring = ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(120)); ring > 2';

async function withRing(python: Parameters<typeof openTrial>[0]): Promise<Trial> {
  const trial = openTrial(python);
  await trial.says('before = [0]');
  expect(await trial.says(RING)).toBe('True\n');
  await trial.says('data = {"a": [1]}; same = data["a"]; gone = 1');
  await trial.session.keep();
  return trial;
}

onPythons(ONE, 'a program that cannot be copied', (python) => {
  it('has its names and values put back by an undo, and says that it is no more', async () => {
    const trial = await withRing(python);
    expect(trial.session.state).toMatchObject({ copy: 'noted', reason: 'io_uring is in use' });
    await trial.says('same.append(2); data["b"] = 1; del gone; new = 1');
    const { notes } = await trial.session.undo();
    expect(notes).toEqual(['only names and plain values came back, as the process could not be copied']);
    expect(await trial.says('data, data["a"] is same, gone, "new" in globals()')).toBe(
      "({'a': [1]}, True, 1, False)\n",
    );
  });

  it('names what cannot be put back, and goes on with all else', async () => {
    const trial = await withRing(python);
    await trial.says('fixed = bytearray(b"12"); empty = bytearray(); globals()[1] = 2');
    await trial.session.keep();
    await trial.says('fixed.append(3); view = memoryview(fixed); empty.append(1); same.append(2)');
    const { notes } = await trial.session.undo();
    expect(notes).toEqual([
      'only names and plain values came back, as the process could not be copied',
      'fixed could not be put back (BufferError: Existing exports of data: object cannot be re-sized)',
    ]);
    expect(await trial.says('same, empty, before')).toBe("([1], bytearray(b''), [0])\n");
  });

  it('is told before a run that it cannot be undone as a whole', async () => {
    const trial = await withRing(python);
    const run = trial.session.run('import time; time.sleep(0.2)');
    expect(await trial.becomes('running')).toMatchObject({
      obstacle: 'io_uring is in use (only names and plain values can be brought back)',
    });
    await run;
  });

  it('begins no run that might have to be rolled back', async () => {
    const trial = await withRing(python);
    const { outcome, failure } = await trial.run('data.clear()', { policy: 'rollback_always' });
    expect([outcome, failure?.text]).toEqual([
      'refused',
      'The run was not begun, as it could not be rolled back: io_uring is in use.',
    ]);
    await expect(trial.session.begin()).rejects.toThrow('No transaction can begin here: io_uring is in use.');
    expect(await trial.says('data')).toBe("{'a': [1]}\n");
  });

  it('loses what was noted when it dies, and goes back to the last copy', async () => {
    const trial = await withRing(python);
    expect((await trial.run('import os; os._exit(1)')).outcome).toBe('died');
    expect(await trial.says('before, "data" in globals()')).toBe('([0], False)\n');
    const reasons = trial.session.states.map(({ copy, reason }) => (copy === 'gone' ? reason : null));
    expect(reasons).toContain('only noted in a process that has ended, as io_uring is in use');
  });
});
