/** The example in the API's documentation does what it says. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ROOT, SETUP } from '../../../build/places.mjs';

it('of docs/api.md runs as it stands', async () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/api.md'), 'utf8')) ?? [];
  const folder = mkdtempSync(join(SETUP, 'example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'example.ts');
  const check = "await session.run('print(data)');\nawait session.close();";
  writeFileSync(
    file,
    example.replaceAll("'./electron/", `'${ROOT}/electron/`).replace('await session.close();', check),
  );
  const logged = vi.spyOn(console, 'log').mockReturnValue(undefined);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  await import(file);
  expect(logged.mock.calls).toEqual([[['data']]]);
  expect(printed.mock.calls.map(([bytes]) => String(bytes)).join('')).toBe('[1, 2]\r\n');
});
