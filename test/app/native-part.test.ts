/** The window says in its console, before anything runs, that the native part is missing. */

import { expect, it, onTestFinished } from 'vitest';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { withoutNative } from '../support/without-native.ts';
import { openReadyWindow } from './window.ts';

it('says as it starts what cannot be undone without the native part', async () => {
  const { executable } = withoutNative({ version: '', executable: findInterpreter() });
  const window = await openReadyWindow({ args: ['--python', executable] });
  onTestFinished(() => window.close());
  await window.shows(/undo is limited: the native part is missing/);
  await window.run('import os; ends = os.pipe()', 1);
  await window.run('n = 1', 2);
  const text = await window.text();
  expect(text.indexOf('undo is limited')).toBeLessThan(text.indexOf('import os'));
  expect(text.replaceAll(/\s+/g, ' ')).toContain('a copy would keep a pipe open');
});
