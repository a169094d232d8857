/** What nobody has caught in the program itself is said, and it goes on; where it comes in showers it ends in order. */

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { ROOT } from '../../build/places.mjs';
import { newHome, storeIn } from '../support/store.ts';
import { Pane } from './tmux.ts';

const STRAY = join(ROOT, 'test/support/stray-errors.mjs');
/** The program is the parent of the host, whose child the live state is. */
const PROGRAM = 'int(open(f"/proc/{os.getppid()}/stat").read().split()[3])';

let program = '';

beforeAll(async () => {
  program = await freshProgram();
});

describe.skipIf(spawnSync('tmux', ['-V']).status !== 0)('in a real terminal', () => {
  it('is said at the prompt, which stays; a shower of it saves the session and ends', async () => {
    const home = newHome();
    const pane = new Pane(200, 30);
    await pane.becomes((screen) => /[#$]$/.test(screen.at(-1) ?? ''), 'the shell');
    const run = `${process.execPath} --import ${STRAY} ${program} console`;
    pane.press(`PS1='$ '; clear; PYREPL3_HOME=${home} ${run}`, 'Enter');
    await pane.becomes((screen) => screen.at(-1) === '>>>', 'the prompt');
    pane.press(`import os; os.kill(${PROGRAM}, 12)`, 'Enter');
    const said = (screen: string[]) => screen.join('').split('failed in a part of itself').length - 1;
    await pane.becomes((screen) => said(screen) === 2 && screen.at(-1) === '>>>', 'both failures');
    expect(pane.screen.join('')).toContain('in work that nobody waits for: a stray rejection (more in');
    pane.press('6 * 7', 'Enter');
    await pane.becomes((screen) => screen.slice(-2).join('|') === '42|>>>', 'the prompt at work');
    pane.press(`for _ in range(9): os.kill(${PROGRAM}, 12); import time; time.sleep(0.05)`, 'Enter', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === '$', 'the shell');
    pane.press('echo status $?', 'Enter');
    await pane.becomes((screen) => screen.includes('status 70'), 'the status');
    expect(await storeIn(home).list()).toHaveLength(1);
    const log = join(home, 'log', 'pyrepl3.log');
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(readFileSync(log, 'utf8')).toMatch(
      /in work that nobody waits for\n {2}Error: a stray rejection\n {6}at /,
    );
  });
});

it('ends a script at once, with a status and words', () => {
  const home = newHome();
  const script = `import os, time\nos.kill(${PROGRAM}, 12)\nwhile True: time.sleep(1)\n`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', STRAY, program, 'console'], {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, PYREPL3_HOME: home },
  });
  expect(status).toBe(1);
  expect(stderr).toContain(
    'pyrepl3: PyREPL3 failed in a part of itself, in work that nobody waits for: a stray',
  );
});
