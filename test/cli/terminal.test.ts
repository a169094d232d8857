import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { Pane } from './tmux.ts';

let program = '';

beforeAll(async () => {
  program = await freshProgram();
});

async function openConsole(columns = 60, rows = 20, settings = '{}'): Promise<Pane> {
  const pane = new Pane(columns, rows, settings);
  await pane.becomes((screen) => /[#$]$/.test(screen.at(-1) ?? ''), 'the shell');
  pane.press(`PS1='$ '; clear; ${process.execPath} ${program} console`, 'Enter');
  await pane.becomes(
    (screen) => screen[0]?.startsWith('· Python') === true && screen.at(-1) === '>>>',
    'the prompt',
  );
  return pane;
}

describe.skipIf(spawnSync('tmux', ['-V']).status !== 0)('in a real terminal', () => {
  it('one types, answers, stops a loop and leaves with a status', async () => {
    const pane = await openConsole();
    const [banner = ''] = pane.screen;
    pane.press('def f(n):', 'Enter', 'return n * 2', 'Enter', 'Enter');
    await pane.shows(banner, '>>> def f(n):', '...     return n * 2', '...', '>>>');
    pane.press('f(int(input("how many? ")))', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === 'how many?', 'the question');
    pane.press('21', 'Enter');
    await pane.becomes((screen) => screen.slice(-2).join('|') === '42|>>>', 'the answer');
    pane.press('while True: pass', 'Enter');
    await new Promise((resolve) => setTimeout(resolve, 200));
    pane.press('C-c');
    await pane.becomes((screen) => screen.slice(-2).join('|') === 'KeyboardInterrupt|>>>', 'the interrupt');
    pane.press('exit(7)', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === '$', 'the shell');
    pane.press('echo $?; stty -a | grep -c " icanon"', 'Enter');
    await pane.becomes(
      (screen) => screen.slice(-3).join('|') === '7|1|$',
      'the status, and the terminal as it was',
    );
  });

  it('one survives a crash, and undoes a run with a key', async () => {
    const pane = await openConsole(80);
    const [banner = ''] = pane.screen;
    pane.press('x = 1', 'Enter', 'import os; os.kill(os.getpid(), 11)', 'Enter');
    await pane.shows(
      banner,
      '>>> x = 1',
      '>>> import os; os.kill(os.getpid(), 11)',
      '✕ Python ended: segmentation fault (SIGSEGV)',
      '· Back before run 2; nothing else was lost',
      '· %stack shows where · %again runs it again',
      '>>>',
    );
    pane.press('x = 2', 'Enter', 'x', 'M-z', 'Enter');
    await pane.becomes((screen) => screen.slice(-3).join('|') === '>>> x|1|>>>', 'x as it was');
  });

  it('one stops what ignores Ctrl-C, at the pace of the settings', async () => {
    const pane = await openConsole(80, 20, '{"stop": {"step": 100}}');
    pane.press('x = 1', 'Enter', 'print("go"); sum(range(10**12))', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === 'go', 'the run');
    for (let press = 1; press <= 3; press += 1) {
      pane.press('C-c');
      await pane.becomes((screen) => screen.join('').split('^C').length > press, 'the echo');
      // It is the time between the presses that counts.
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await pane.becomes(
      (screen) => screen.includes('· still running: Ctrl-C again stops it and keeps the state before run 2'),
      'the warning',
    );
    pane.press('C-c');
    await pane.becomes(
      (screen) => screen.slice(-2).join('|') === '· stopped: back before run 2|>>>',
      'the state before',
    );
  });

  it('one is told that the settings cannot be used', async () => {
    const pane = await openConsole(80, 20, '{"states": {"keep": "never"}}');
    expect(pane.screen.slice(1)).toEqual([
      expect.stringMatching(/^· .*settings\.json: states\.keep must be/),
      expect.stringContaining('defaults hold.'),
      '>>>',
    ]);
  });

  it('one pastes a file, and an editor gets the whole screen', async () => {
    const pane = await openConsole();
    const [banner = ''] = pane.screen;
    pane.paste('>>> for i in range(2):\n...     print(i)\n...\n0\n1\n');
    await pane.shows(banner, '>>> for i in range(2):', '...     print(i)', '...');
    pane.press('Enter');
    await pane.shows(banner, '>>> for i in range(2):', '...     print(i)', '...', '0', '1', '>>>');
    pane.press('help(len)', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === '(END)', 'the pager');
    pane.press('q');
    await pane.becomes((screen) => screen.at(-1) === '>>>' && screen[0] === banner, 'the prompt again');
  });

  it('the line is drawn anew in another width', async () => {
    const pane = await openConsole(60, 20);
    const [banner = ''] = pane.screen;
    const long = 'x = ["one", "two", "three", "four", "five", "six", "seven"]';
    pane.press('"above"', 'Enter');
    pane.press(long, 'C-j', 'y');
    const wide = [banner, '>>> "above"', "'above'", `>>> ${long.slice(0, 56)}`, long.slice(56), '... y'];
    await pane.shows(...wide);
    pane.resize(40, 20);
    await pane.becomes(
      (screen) =>
        screen.join('|').endsWith(`'above'|>>> ${long.slice(0, 36).trimEnd()}|${long.slice(36)}|... y`),
      'the narrow line',
    );
    pane.resize(60, 20);
    await pane.becomes((screen) => screen.slice(1).join('|') === wide.slice(1).join('|'), 'the wide line');
    expect(pane.cursor).toBe('5,5');
  });

  it('Ctrl-Z gives the terminal to the shell, and fg brings the line back', async () => {
    const pane = await openConsole();
    pane.press('half');
    await pane.becomes((screen) => screen.at(-1) === '>>> half', 'the line');
    pane.press('C-z');
    await pane.becomes((screen) => screen.at(-1) === '$', 'the shell');
    pane.press('fg', 'Enter');
    await pane.becomes((screen) => screen.at(-1) === '>>> half', 'the line');
    pane.press('C-u', '1', 'Enter');
    await pane.becomes((screen) => screen.slice(-3).join('|') === '>>> 1|1|>>>', 'that it works');
  });
});
