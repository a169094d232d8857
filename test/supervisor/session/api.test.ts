/** The API's documentation says what is so: its example runs, and its errors have these codes. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ROOT, SETUP } from '../../../build/places.mjs';
import { CODES } from '../../../electron/supervisor/platform/errors.ts';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

it('of docs/api.md runs as it stands', async () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/api.md'), 'utf8')) ?? [];
  const folder = mkdtempSync(join(SETUP, 'example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'example.ts');
  const check = "await session.run('print(data)');\nawait session.close();";
  writeFileSync(
    file,
    example
      .replace("'pyrepl3'", `'${ROOT}/electron/library/pyrepl3.ts'`)
      .replace('await session.close();', check),
  );
  const logged = vi.spyOn(console, 'log').mockReturnValue(undefined);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  await import(file);
  expect(logged.mock.calls).toEqual([[['data']]]);
  expect(printed.mock.calls.map(([bytes]) => String(bytes)).join('')).toBe('[1, 2]\r\n');
});

it('of docs/api.md names each code, and no other', () => {
  const text = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].map(([, codes = '']) => codes);
  const named = rows.flatMap((codes) => codes.replaceAll('`', '').split(', '));
  expect(named.sort()).toEqual(Object.keys(CODES).sort());
});

onPythons(ONE, 'an error of a session', (python) => {
  it('has a code beside its sentence', async () => {
    const store = newStore();
    const trial = openSaved(python, { store });
    const { session } = trial;
    await trial.says('x = 1');
    const codeOf = (work: Promise<unknown>) => work.then(String, (error) => error.code);
    expect(await codeOf(session.undo(7))).toBe('NO_SUCH_STATE');
    expect(await codeOf(session.goTo('nowhere'))).toBe('NO_SUCH_STATE');
    expect(await codeOf(session.name('12'))).toBe('BAD_NAME');
    expect(await codeOf(session.rollback())).toBe('NO_TRANSACTION');
    expect(await codeOf(session.checkpoints.restore('nothing'))).toBe('NOT_FOUND');
    expect(await codeOf(store.rename('nothing', 'new'))).toBe('NOT_FOUND');
    const saving = session.checkpoints.save({ name: 'mine' });
    saving.cancel();
    expect(await codeOf(saving.done)).toBe('CANCELLED');
    const run = session.run('input()');
    expect(await codeOf(session.undo())).toBe('BUSY');
    await trial.answers('');
    await run;
    const restart = session.restart();
    expect(await codeOf(session.undo())).toBe('BUSY');
    await restart;
    await session.close();
    expect(await codeOf(session.restart())).toBe('ENDED');
  });

  it('says that there is no place for checkpoints, and that there is no Python', async () => {
    const { session } = openTrial(python);
    await expect(session.checkpoints.save({ name: null }).done).rejects.toMatchObject({ code: 'NO_STORE' });
    await session.run('raise SystemExit');
    await expect(session.undo()).rejects.toMatchObject({ code: 'ENDED' });
    const missing = openTrial({ ...python, executable: '/bin/false' });
    await expect(missing.session.whenReady()).rejects.toMatchObject({ code: 'NOT_STARTED' });
  });
});
