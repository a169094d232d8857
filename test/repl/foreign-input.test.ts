/** What comes to a prompt besides keys, and in what condition a program leaves the terminal to it. */

import { describe, expect, it } from 'vitest';
import { ConsoleTrial } from './trial.ts';

/** Write to the terminal from Python, and end. */
const writing = (text: string) => `_ = __import__('sys').stdout.write(${JSON.stringify(text)})\r`;

async function prompt(): Promise<ConsoleTrial> {
  const trial = new ConsoleTrial();
  await trial.endsWith('>>>');
  return trial;
}

describe('a prompt', () => {
  it('takes a click for no key', async () => {
    const trial = await prompt();
    trial.type('half', '\x1b[M #5', '\x1b[35;40;12M', "'");
    await trial.endsWith(">>> half'");
  });

  it('takes nothing of an answer that comes in pieces', async () => {
    const trial = await prompt();
    trial.type("x = 'half", '\x1b_Gi=1;');
    // Longer than a key waits for its rest.
    await new Promise((resolve) => setTimeout(resolve, 60));
    trial.type('OK\x1b\\', "'\r", 'x\r');
    await trial.endsIn(">>> x = 'half'", '>>> x', "'half'", '>>>');
  });

  it('is left with Ctrl-C from a paste without an end', async () => {
    const trial = await prompt();
    trial.type('\x1b[200~1 + 1\r', '\x03');
    await trial.endsIn('KeyboardInterrupt', '>>>');
    trial.type('2 + 2\r');
    await trial.endsIn('>>> 2 + 2', '4', '>>>');
  });

  it('goes on by itself behind a paste without an end', async () => {
    const trial = await prompt();
    trial.type('\x1b[200~1 + ');
    await trial.endsWith('>>> 1 +');
    trial.type('1\r');
    await trial.endsIn('>>> 1 + 1', '2', '>>>');
  });

  it('keeps the tabs of a paste, and indents as it does', async () => {
    const trial = await prompt();
    trial.type("\x1b[200~t = 'a\tb'\x1b[201~\r", 'len(t)\r');
    await trial.endsIn('>>> len(t)', '3', '>>>');
    trial.type('\x1b[200~if True:\r\tif True:\x1b[201~\r', 'len(t)\r\r');
    await trial.endsIn('...         len(t)', '...', '3', '>>>');
  });

  it('leaves lines that are sent as keys their own white space', async () => {
    const trial = await prompt();
    trial.type('def h(xs):\r    for x in xs:\r        pass\r    return x\r\rh([1, 2])\r');
    await trial.endsIn('>>> h([1, 2])', '2', '>>>');
    trial.type("try:\r\t1/0\rexcept ZeroDivisionError:\r\t'caught'\r\r");
    await trial.endsIn('...', "'caught'", '>>>');
    trial.type('s = """a:\r\r  b\rc"""\rs\r');
    await trial.endsIn('>>> s', "'a:\\n\\n  b\\nc'", '>>>');
  });

  it('nests lines that come key by key at first, and then at once', async () => {
    const trial = await prompt();
    trial.type('def h(xs):\r');
    await trial.endsWith('...');
    trial.type(...'    for x in xs:', '\r        if x:\r            return x\r\r', 'h([0, 5])\r');
    await trial.endsIn('>>> h([0, 5])', '5', '>>>');
  });

  it('nests lines that come at once at first, and then key by key', async () => {
    const trial = await prompt();
    trial.type('def h(xs):\r    for x in xs:\r');
    await trial.endsWith('...');
    trial.type(...'        if x:', '\r');
    await trial.endsWith('...');
    trial.type(...'            return x', '\r');
    await trial.endsWith('...');
    trial.type(...'    return xs', '\r\r', 'h([0, 5]), h([])\r');
    await trial.endsIn('>>> h([0, 5]), h([])', '(5, [])', '>>>');
  });

  it('leaves them also lines that are sent one by one', async () => {
    const trial = await prompt();
    for (const line of ['def h(xs):', '    for x in xs:', '        pass', '    return x']) {
      trial.type(`${line}\r`);
      await trial.endsWith('...');
    }
    trial.type('\r', 'h([1, 2])\r');
    await trial.endsIn('>>> h([1, 2])', '2', '>>>');
  });
});

describe('a program', () => {
  it('cannot leave a mode behind', async () => {
    const trial = await prompt();
    trial.type(writing('\x1b[?1000h\x1b[?1004h\x1b[?1006h\x1b[?1h\x1b=\x1b[4h\x1b[?7l\x1b[?66h\x1b(0'));
    await trial.becomes(
      () => trial.screen.length > 1,
      () => 'the end of the run',
    );
    trial.type("'abc'\x1b[D\x1b[DX\r");
    await trial.endsIn(">>> 'abXc'", "'abXc'", '>>>');
    const { insertMode, mouseTrackingMode, sendFocusMode, wraparoundMode } = trial.terminal.modes;
    const { applicationCursorKeysMode, applicationKeypadMode } = trial.terminal.modes;
    expect({ insertMode, mouseTrackingMode, sendFocusMode, wraparoundMode }).toEqual({
      insertMode: false,
      mouseTrackingMode: 'none',
      sendFocusMode: false,
      wraparoundMode: true,
    });
    expect([applicationCursorKeysMode, applicationKeypadMode]).toEqual([false, false]);
  });

  it.each([
    ['a scroll region', '\x1b[2;5r'],
    ['an origin within one', '\x1b[2;5r\x1b[?6h'],
  ])('cannot leave %s behind', async (_, left) => {
    const trial = await prompt();
    trial.type(writing(left));
    await trial.endsWith('>>>');
    trial.type("print(*range(30), sep='\\n')\r");
    await trial.endsIn('28', '29', '>>>');
    expect(trial.terminal.modes.originMode).toBe(false);
  });

  it('that fails on a screen of its own is told of on the one that stays', async () => {
    const trial = await prompt();
    trial.type(`print('\\x1b[?1049h' 'its own', flush=True); 1/0\r`);
    await trial.endsIn('ZeroDivisionError: division by zero', '>>>');
    expect(trial.screen.join('\n')).not.toContain('its own\n');
    expect(trial.screen[1]).toBe('Traceback (most recent call last):');
  });
});
