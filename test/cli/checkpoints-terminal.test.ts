import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { Pane } from './tmux.ts';

let program = '';

beforeAll(async () => {
  program = await freshProgram();
});

async function shell(): Promise<Pane> {
  const pane = new Pane(100, 24);
  await pane.becomes((screen) => /[#$]$/.test(screen.at(-1) ?? ''), 'the shell');
  pane.press("PS1='$ '", 'Enter');
  return pane;
}

/** Start the console, which says this when it has begun. */
async function start(pane: Pane, line: (line: string) => boolean): Promise<void> {
  pane.press(`clear; ${process.execPath} ${program} console & echo $! > pid; fg`, 'Enter');
  await pane.becomes((screen) => screen.at(-1) === '>>>' && screen.some(line), 'the console');
}

const isBanner = (line: string) => line.startsWith('· Python');
const isChoice = (line: string) => line === '· press 1 to bring it back; any other key starts clean';

describe.skipIf(spawnSync('tmux', ['-V']).status !== 0)('in a real terminal', () => {
  it('a session that was killed is there again at the next start', async () => {
    const pane = await shell();
    await start(pane, isBanner);
    pane.press('x = [1]', 'Enter', 'def f(): return x', 'Enter', 'Enter', '%save one', 'Enter');
    await pane.becomes((screen) => screen.some((line) => line.startsWith('· saved one')), 'the save');
    // It has no chance to say a word, nor to give the terminal back as it was.
    pane.press('import os; os.kill(int(open("pid").read()), 9)', 'Enter');
    await pane.becomes((screen) => screen.some((line) => line.includes('Killed')), 'the death');
    pane.press('stty sane; echo well', 'C-j');
    await pane.becomes((screen) => screen.slice(-2).join('|').endsWith('well|$'), 'the terminal');
    await start(pane, isChoice);
    expect(pane.screen.find((line) => line.startsWith('· 1'))).toMatch(
      /^· 1 {2}cut off just now in .* \(one\): 2 names, .*, last run def f/,
    );
    pane.press('1');
    await pane.becomes((screen) => screen.includes('· restored one: 2 names'), 'the names');
    pane.press('x.append(2); f()', 'Enter');
    await pane.becomes((screen) => screen.slice(-2).join('|') === '[1, 2]|>>>', 'the function and its list');
  });

  it('what was run just before one leaves is there again at the next start', async () => {
    const pane = await shell();
    await start(pane, isBanner);
    pane.press('x = "last"', 'Enter', 'C-d');
    await pane.becomes((screen) => screen.at(-1) === '$', 'the shell');
    expect(pane.screen.slice(-2)).toEqual(['>>>', '$']);
    await start(pane, isChoice);
    pane.press('1');
    await pane.becomes((screen) => screen.some((line) => line.startsWith('· restored ')), 'the names');
    pane.press('x', 'Enter');
    await pane.becomes((screen) => screen.slice(-2).join('|') === "'last'|>>>", 'x');
  });
});
