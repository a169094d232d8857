/** What the bench makes of its arguments and of numbers; it is never run here. */

import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PYTHON_PACKAGES } from '../../build/setup/python-packages.mjs';
import { parseWishes } from '../bench/arguments.ts';
import type { SavedLoad } from '../bench/checkpoints/checkpoint-loads.ts';
import { openOther } from '../bench/checkpoints/other-ways.ts';
import { openPickler } from '../bench/checkpoints/pickler.ts';
import { peaks } from '../bench/checkpoints/saves.ts';
import { usageOf } from '../bench/disk.ts';
import { type Bench, benchEnvironment } from '../bench/environment.ts';
import { findingOf, isMet } from '../bench/finding.ts';
import { badLines } from '../bench/runs/lines.ts';
import { interleave, percentile } from '../bench/statistics.ts';
import { table } from '../bench/table.ts';
import { PYTHONS } from '../support/pythons.ts';

it('understands its options', () => {
  expect(parseWishes(['--quick', '--json', '--python', 'python3.8', 'freezes'])).toEqual({
    isQuick: true,
    isJson: true,
    python: 'python3.8',
    measures: ['freezes'],
  });
  expect(parseWishes([])).toEqual({ isQuick: false, isJson: false, python: undefined, measures: [] });
});

it('refuses what it does not know', () => {
  expect(() => parseWishes(['--fast'])).toThrow('--fast');
});

it('makes an aligned table of findings, with the goals that are missed', () => {
  const many = Array.from({ length: 200 }, (_, index) => (index + 1) / 1000);
  const findings = [
    findingOf('short', 'ms', { ours: many, floor: [0.025], ipykernel: [5] }, [
      { kind: 'at most', value: 0.3 },
      { kind: 'at most times', value: 3, of: 'floor' },
      { kind: 'times less', value: 15, than: 'ipykernel' },
    ]),
    findingOf('much longer', 'MB', { ours: [12.34], ipykernel: [60] }, [{ kind: 'at most', value: 14 }]),
    findingOf('alone', 's', { ours: [1.5], ipykernel: [] }, [
      { kind: 'times less', value: 5, than: 'ipykernel' },
    ]),
    findingOf('absent', 's', { ours: [] }, []),
    findingOf('copies', 'faults', { ours: [40], 'without states': [0, 2], dill: [] }, []),
  ];
  expect(table(findings)).toBe(
    [
      'what         value         p99     against                                                  goal                                                 met',
      'short        0.1 ms        0.2 ms  4 × floor (0.025 ms), 50 × faster than ipykernel (5 ms)  ≤ 0.3 ms, ≤ 3 × floor, ≥ 15 × faster than ipykernel  no: ≤ 3 × floor',
      'much longer  12.3 MB               4.9 × smaller than ipykernel (60 MB)                     ≤ 14 MB                                              yes',
      'alone        1.5 s                 ipykernel not measured                                   ≥ 5 × faster than ipykernel                          not wholly measured',
      'absent       not measured',
      'copies       40 faults             0 faults without states, dill not measured',
      '',
    ].join('\n'),
  );
});

it('judges a 99th percentile by itself', () => {
  const slowest = Array.from({ length: 100 }, (_, index) => (index < 98 ? 1 : 9));
  const finding = findingOf('interrupt', 'ms', { ours: slowest }, []);
  expect(isMet(finding, { kind: 'at most', value: 1 })).toBe(true);
  expect(isMet(finding, { kind: 'at most', value: 5, of: 'p99' })).toBe(false);
});

it('takes the smallest sample that enough are not above', () => {
  expect([50, 90, 99].map((percent) => percentile([3, 1, 2, 4], percent))).toEqual([2, 4, 4]);
  expect(percentile([], 50)).toBeNull();
});

it('lets contestants take turns, and forgets the rounds that warm up', async () => {
  const turns: string[] = [];
  const contestant = (name: string) => async () => [turns.push(name)];
  const samples = await interleave(
    { rounds: 2, warmUp: 1 },
    { a: contestant('a'), b: contestant('b'), absent: null },
  );
  expect(turns.join(' ')).toBe('a b a b a b');
  expect(samples).toEqual({ a: [3, 5], b: [4, 6], absent: [] });
});

it.each([
  ['whole', '0\r\n2\r\n1\r\n3\r\n', 0],
  ['lost', '0\r\n2\r\n3\r\n', 1],
  ['torn', '02\r\n\r\n1\r\n3\r\n', 4],
  ['doubled', '0\r\n2\r\n1\r\n3\r\n3\r\n', 1],
  ['out of order', '1\r\n0\r\n2\r\n3\r\n', 2],
])('sees lines of two threads that are %s', (_, text, bad) => {
  expect(badLines(Buffer.from(text), { threads: 2, lines: 2 })).toBe(bad);
});

it('keeps from Python what would slow it down', () => {
  expect(benchEnvironment({ PATH: '/bin', PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' })).toEqual({
    PATH: '/bin',
  });
});

it('saves and makes again what some code makes, and leaves out a module that is not there', async () => {
  const pickler = await openPickler(plainBench(), 'held = [1, 2, 3]');
  const answers = [
    await pickler.save('pickle'),
    await pickler.makeAgain(),
    await pickler.save('no_such_module'),
  ];
  await pickler.close();
  expect(answers).toEqual([[expect.any(Number), expect.any(Number)], [expect.any(Number)], []]);
});

it('saves a session in another way, restores it in a fresh Python, and leaves out what is not there', async () => {
  const folder = openFolder();
  const effort = { saves: 2, rounds: 2, beside: 0, restores: 1 };
  const load: SavedLoad = {
    words: 'three numbers',
    code: 'held = [1, 2, 3]',
    takesLibraries: false,
    change: (step) => `held.append(${step})`,
    changed: (step) => `held[-1] == ${step}`,
    whole: 'held[:3] == [1, 2, 3]',
    full: effort,
    quick: null,
  };
  const task = { bench: { ...plainBench(), libraries: PYTHON_PACKAGES }, load, effort, folder };
  const other = await openOther('cloudpickle', task);
  await other?.save();
  await other?.save();
  await other?.save();
  await other?.close();
  const sizes = other?.saves.map(({ size }) => size) ?? [];
  const [first = 0] = sizes;
  // A number more is two bytes more.
  expect(sizes).toEqual([first, first + 2]);
  expect(other?.usage(20)?.size).toBe(20 * first);
  expect([await other?.restore(), await other?.restore()]).toEqual([[expect.any(Number)], []]);
  expect([await openOther('dill', task), await openOther('Kishu', task)]).toEqual([null, null]);
});

it('counts a file with two names once', () => {
  const folder = openFolder();
  mkdirSync(join(folder, 'one'));
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'one', 'file'), Buffer.alloc(10_000, 1));
  linkSync(join(folder, 'one', 'file'), join(folder, 'other', 'link'));
  writeFileSync(join(folder, 'small'), 'x');
  const { size, blocks } = usageOf(folder);
  expect(size).toBe(10_001);
  expect(blocks % 512).toBe(0);
});

it('tells how far the longest of each series is above the usual', () => {
  expect(peaks([[1, 5, 2], [3]], 2)).toEqual([3, 1]);
  expect(peaks([[1]], null)).toEqual([]);
});

/** A bench that compares with nothing. */
function plainBench(): Bench {
  const [interpreter] = PYTHONS;
  if (!interpreter) throw new Error('There is no Python');
  const { executable: python } = interpreter;
  return {
    python,
    env: process.env,
    isQuick: true,
    ipykernel: null,
    libraries: null,
    dill: null,
    kishu: null,
    mcpRepl: null,
    server: '',
  };
}

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
