/** A session without the native part says once, before anything runs, what it cannot do. */

import { describe, expect, it } from 'vitest';
import { lackOfNative } from '../../electron/repl/messages/native-part-notice.ts';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { ConsoleTrial } from '../repl/trial.ts';
import { withoutNative } from '../support/without-native.ts';

const WORDS = [
  '· undo is limited: the native part is missing, so runs beside threads',
  '  or open files cannot be undone as a whole; `npm run setup` builds it',
];

describe.runIf(process.platform === 'linux')('a console without the native part', () => {
  it('says so above the first prompt, and not again', async () => {
    const { executable } = withoutNative({ version: '', executable: findInterpreter() });
    const trial = new ConsoleTrial({ remarks: ['another remark'] }, {}, { python: executable });
    trial.type('6 * 7\r');
    await trial.shows('· another remark', ...WORDS, '>>> 6 * 7', '42', '>>>');
    await trial.console.restart();
    await trial.endsIn('  before', '>>>');
    expect(trial.screen.filter((line) => line.includes('undo is limited'))).toHaveLength(1);
  });

  it('says nothing of it where the part is there, or would be of no use', async () => {
    expect(lackOfNative({ capabilities: ['states', 'native'], implementation: 'CPython' })).toBeNull();
    expect(lackOfNative({ capabilities: ['states'], implementation: 'PyPy' })).toBeNull();
    const trial = new ConsoleTrial();
    await trial.shows('>>>');
  });
});
