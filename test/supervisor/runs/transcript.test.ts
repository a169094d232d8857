/** What sessions have printed stays on the disk within bounds: each one's, and all together. */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isAlive, nameOf, thisProcess } from '../../../electron/supervisor/platform/process-identity.ts';
import { DEFAULTS } from '../../../electron/supervisor/platform/settings.ts';
import { Transcript } from '../../../electron/supervisor/runs/transcript.ts';
import { newTranscript } from '../../../electron/supervisor/runs/transcripts.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { newHome } from '../../support/store.ts';

const BOUND = 200_000;

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

onPythons(ONE, 'a transcript', (python) => {
  it('that grows beyond its bound keeps the newest, up to the last byte', async () => {
    const folder = newHome();
    const trial = openTrial(python, { transcript: { file: join(folder, 'a.log'), bytes: BOUND } });
    for (let round = 0; round < 6; round += 1) {
      await trial.says(`for i in range(5000): print("line", ${round}, i)`);
    }
    await trial.session.close();
    expect(bytesIn(folder)).toBeLessThanOrEqual(BOUND);
    expect(bytesIn(folder)).toBeGreaterThan(BOUND / 2);
    const whole = ['a-before.log', 'a.log'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(whole.replaceAll('\r', '').endsWith('line 5 4998\nline 5 4999\n')).toBe(true);
    expect(whole.match(/line \d \d+/g)?.length).toBe(new Set(whole.match(/line \d \d+\r/g)).size);
  });
});

it('has its end across the place where it was cut', async () => {
  const file = join(newHome(), 'a.log');
  const never = () => expect.unreachable();
  const transcript = new Transcript({ file, bytes: BOUND }, { full: () => undefined, failed: never });
  let printed = '';
  for (let line = 0; printed.length < 3 * BOUND; line += 1) {
    const text = `line ${line}\n`.repeat(50);
    printed += text;
    transcript.output(Buffer.from(text));
    await transcript.end(1);
  }
  expect(statSync(file).size).toBeLessThan(BOUND / 2);
  const end = await transcript.end(BOUND / 2);
  expect(end.toString()).toBe(printed.slice(-BOUND / 2));
  await transcript.close();
});

it('makes room for the next by removing the oldest of those that nobody writes', () => {
  const home = newHome();
  const folder = join(home, 'transcripts');
  mkdirSync(folder);
  const dead = { ...thisProcess(), pid: 2 ** 22 + 1 };
  expect(isAlive(dead)).toBe(false);
  for (let day = 1; day <= 9; day += 1) {
    const owner = day === 2 ? thisProcess() : dead;
    writeFileSync(join(folder, `2026-01-0${day}T00.00.00.000 ${nameOf(owner)}.log`), 'x'.repeat(400_000));
  }
  const days = () => readdirSync(folder).map((name) => name.slice(8, 10));
  const settings = { ...DEFAULTS, transcripts: { megabytes: 2, files: 4, each: 1 } };
  const { file, bytes } = newTranscript(settings, home);
  expect(days()).toEqual(['02', '08', '09']);
  expect([file.startsWith(folder), bytes]).toEqual([true, 1_000_000]);
  newTranscript({ ...settings, transcripts: { megabytes: 1, files: 100, each: 1 } }, home);
  expect(days()).toEqual(['02', '09']);
});
