/** What of a state goes to the window. */

import { expect, it } from 'vitest';
import type { Changes } from '../../electron/contract/messages.ts';
import { toRow } from '../../electron/main/session/state-rows.ts';
import type { State } from '../../electron/supervisor/session.ts';

const NO_CHANGES: Changes = {
  added: [],
  rebound: [],
  changed: [],
  removed: [],
  skipped: [],
  more: 0,
  outside: [],
};

const STATE: State = {
  id: 3,
  parent: 2,
  run: 4,
  code: '\n  x = 1\ny = 2',
  outcome: 'ok',
  seconds: 0.5,
  changes: { ...NO_CHANGES, added: ['x', 'y'], outside: ['wrote to report.csv'] },
  name: 'clean',
  copy: 'frozen',
  reason: null,
  pid: 123,
  life: 0,
  pause: 0.001,
  at: 0,
};

it('is short: the first line of the code, and the names', () => {
  const nothing = { count: 0, some: [] };
  expect(toRow(STATE)).toEqual({
    id: 3,
    parent: 2,
    run: 4,
    code: 'x = 1',
    outcome: 'ok',
    seconds: 0.5,
    changes: {
      added: { count: 2, some: ['x', 'y'] },
      rebound: nothing,
      changed: nothing,
      removed: nothing,
      skipped: nothing,
    },
    outside: ['wrote to report.csv'],
    name: 'clean',
    copy: 'frozen',
    reason: null,
  });
});

it('counts the names that it does not list, also those that Python did not list', () => {
  const added = Array.from({ length: 100 }, (_, index) => `name_${index}`);
  const { changes } = toRow({ ...STATE, changes: { ...NO_CHANGES, added, removed: ['old'], more: 512 } });
  expect(changes?.added.count).toBe(612);
  expect(changes?.added.some).toHaveLength(30);
  expect(changes?.removed).toEqual({ count: 1, some: ['old'] });
});

it('cuts a long line, and no character in two', () => {
  const { code } = toRow({ ...STATE, code: `${'x'.repeat(199)}👩 and more` });
  expect(code).toBe(`${'x'.repeat(199)}…`);
});
