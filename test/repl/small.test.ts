import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';
import { decodeScript, readScript } from '../../electron/repl/commands/source-file.ts';
import { InterruptEscalation } from '../../electron/repl/controller/interrupt-escalation.ts';
import { cleanPaste } from '../../electron/repl/line-editor/paste.ts';
import { shortFolder } from '../../electron/repl/messages/banner.ts';
import { runsNamed } from '../../electron/repl/messages/wording.ts';
import { paletteFor } from '../../electron/repl/screen/palette.ts';
import { signatureCells } from '../../electron/repl/screen/signature-line.ts';
import { clip, textWidth } from '../../electron/repl/screen/text-width.ts';
import { closest } from '../../electron/supervisor/platform/spelling.ts';

const shared = { python: undefined, keepGoing: false, answers: null };

describe('the command line', () => {
  it.each([
    ['', { kind: 'start', ...shared }],
    ['console', { kind: 'console', file: null, ...shared }],
    ['console a.py --python p', { kind: 'console', file: 'a.py', ...shared, python: 'p' }],
    [
      'run --keep-going --answers b a.py',
      { kind: 'run', file: 'a.py', argv: ['a.py'], ...shared, keepGoing: true, answers: 'b' },
    ],
    [
      'run a.py --keep-going b',
      { kind: 'run', file: 'a.py', argv: ['a.py', '--keep-going', 'b'], ...shared },
    ],
    ['--version run', { kind: 'version' }],
    ['-h', { kind: 'help' }],
  ])('%s', (line, task) => {
    expect(parseArguments(line.split(' ').filter(Boolean))).toEqual(task);
  });

  it.each([
    ['--kep-going', 'there is no option --kep-going. Did you mean --keep-going?'],
    ['-x', 'there is no option -x. pyrepl3 --help lists them.'],
    ['--python', '--python needs a path.'],
    ['--help=1', '--help takes no value.'],
    ['run', 'run needs a file: pyrepl3 run FILE.'],
    ['console a.py b.py', 'one file at a time: b.py is one too many.'],
    [
      'a.py',
      'there is no a.py to do: pyrepl3 run a.py, or pyrepl3 console a.py? pyrepl3 --help tells what there is.',
    ],
  ])('%s is refused', (line, words) => {
    expect(() => parseArguments(line.split(' '))).toThrow(words);
  });
});

describe('scripts', () => {
  it('are UTF-8, with any line ends', () => {
    expect(decodeScript(Buffer.from('\ufeffx = "é"\r\ny\r'), 'it')).toBe('x = "é"\ny\n');
    expect(() => decodeScript(Buffer.from('a\nb\xff\n', 'latin1'), 'a.py')).toThrow(
      'a.py is not UTF-8 (line 2)',
    );
  });

  it.each([
    ['latin-1', [0xe9, 0x85], 'é\x85'],
    ['utf_8', [0xc3, 0xa9], 'é'],
    ['cp1252', [0x80, 0xe9], '€é'],
    ['iso-8859-15', [0xa4], '€'],
    ['koi8-r', [0xc1], 'а'],
    ['shift_jis', [0x82, 0xa0], 'あ'],
  ])('are in the encoding that they declare: %s', (encoding, bytes, text) => {
    const first = `# -*- coding: ${encoding} -*-\n`;
    for (const above of [first, `#!/usr/bin/python3\n${first}`]) {
      const source = Buffer.concat([Buffer.from(above), Buffer.from(bytes)]);
      expect(decodeScript(source, 'it')).toBe(above + text);
    }
    const code = Buffer.concat([Buffer.from(`x = 1\n${first}`), Buffer.from('é')]);
    expect(decodeScript(code, 'it')).toBe(`x = 1\n${first}é`);
  });

  it('say what is wrong with what they declare', () => {
    expect(() => decodeScript(Buffer.from('# coding: rot13\n'), 'a.py')).toThrow(
      'a.py declares the encoding rot13, which is not known here; save it as UTF-8.',
    );
    expect(() => decodeScript(Buffer.from('# coding: ascii\né'), 'a.py')).toThrow(
      'a.py declares the encoding ascii, and has bytes that are none of it; save it as UTF-8.',
    );
  });

  it('say why they cannot be read', () => {
    expect(() => readScript('/nowhere/a.py')).toThrow('/nowhere/a.py does not exist.');
    expect(() => readScript('/')).toThrow('/ is a folder.');
  });
});

describe('Ctrl-C during a run', () => {
  it('does more each time it is pressed', () => {
    const escalation = new InterruptEscalation(100);
    expect([0, 100, 200, 300].map((now) => escalation.press(now, false))).toEqual([
      'pass',
      'interrupt',
      'warn',
      'kill',
    ]);
  });

  it('does no more while it is held down, or pressed in a hurry', () => {
    const escalation = new InterruptEscalation(700);
    expect(
      [0, 100, 600, 700, 1300, 1400, 1500, 2000, 2100].map((now) => escalation.press(now, false)),
    ).toEqual(['pass', 'pass', 'pass', 'interrupt', 'pass', 'warn', 'pass', 'pass', 'kill']);
  });

  it('begins anew after a while, but remembers its warning longer', () => {
    const escalation = new InterruptEscalation(100);
    expect([0, 3000, 4000, 5000, 10_000].map((now) => escalation.press(now, false))).toEqual([
      'pass',
      'pass',
      'interrupt',
      'warn',
      'kill',
    ]);
  });

  it('is one wish for longer where the terminal makes an interrupt of the key', () => {
    const escalation = new InterruptEscalation(700);
    expect([0, 9900, 12_100, 22_000].map((now) => escalation.press(now, true))).toEqual([
      'pass',
      'interrupt',
      'warn',
      'kill',
    ]);
    expect(escalation.press(32_100, true)).toBe('pass');
  });
});

describe('words', () => {
  it('are measured in cells', () => {
    expect(['abc', '中文', 'e\u0301', '👩‍👩‍👧', '🇩🇪', '❤️', '☎', '각', '1️⃣', 'ｱ'].map(textWidth)).toEqual([
      3, 4, 1, 2, 2, 2, 1, 2, 2, 1,
    ]);
    expect(clip('中文字', 5)).toBe('中文…');
  });

  it('count runs as people do', () => {
    expect([[3], [3, 4], [3, 4, 5, 6], [2, 4, 5]].map(runsNamed)).toEqual([
      'run 3',
      'runs 3 and 4',
      'runs 3 to 6',
      'runs 2, 4 and 5',
    ]);
  });

  it('that were misspelt are understood', () => {
    expect(closest('hlp', ['help', 'history'])).toBe('help');
    expect(closest('hist', ['help', 'history'])).toBe('history');
    expect(closest('xyz', ['help', 'run'])).toBeNull();
  });

  it('show the home folder short', () => {
    expect(['/home/a', '/home/a/b', '/home/ab'].map((path) => shortFolder(path, '/home/a'))).toEqual([
      '~',
      '~/b',
      '/home/ab',
    ]);
  });
});

describe('a signature', () => {
  it('has its parameter stand out', () => {
    const described = {
      kind: 'described' as const,
      id: 1,
      signature: 'f(a, /, b=(1, 2), *, c)',
      summary: null,
    };
    const bright = [0, 1, 2, 3].map((parameter) =>
      signatureCells({ ...described, parameter }, 60, paletteFor(true))
        .filter((cell) => cell.style === '')
        .map((cell) => cell.text)
        .join(''),
    );
    expect(bright).toEqual(['a', 'b=(1, 2)', 'c', '']);
  });
});

describe('pasted text', () => {
  it.each([
    ['keeps plain code and its tabs', 'a\r\n\tb', 'a\n\tb'],
    ['loses prompts and output', '>>> f(\n... 1)\n3\n>>> g()\n', 'f(\n1)\ng()\n'],
    ['loses indented prompts of documentation', '    >>> x = 1\n    >>> x\n    1', 'x = 1\nx'],
    ['keeps dots that are code', '...\nx', '...\nx'],
    ['loses control characters', 'a\x1bb\x00', 'ab'],
  ])('%s', (_, text, clean) => {
    expect(cleanPaste(text)).toBe(clean);
  });
});
