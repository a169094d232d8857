import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshConsole } from '../../build/bundle.mjs';
import { Pane } from './tmux.ts';

let program = '';

beforeAll(async () => {
  program = await freshConsole();
});

async function openConsole(columns = 60, rows = 20): Promise<Pane> {
  const pane = new Pane(columns, rows);
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

  it('one survives a crash with one key', async () => {
    const pane = await openConsole(80);
    pane.press('import ctypes; ctypes.string_at(0)', 'Enter');
    await pane.becomes((screen) => screen.at(-1)?.startsWith('· Enter starts') === true, 'the end of Python');
    pane.press('F5');
    await pane.becomes((screen) => screen.at(-1) === '>>>', 'a new Python');
    pane.press('1 + 1', 'Enter');
    await pane.becomes((screen) => screen.slice(-3).join('|') === '>>> 1 + 1|2|>>>', 'that it works');
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
