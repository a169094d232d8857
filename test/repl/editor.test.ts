import { describe, expect, it } from 'vitest';
import { Stage } from './stage.ts';

const UP = '\x1b[A';
const LEFT = '\x1b[D';
const RIGHT = '\x1b[C';

describe('typing', () => {
  it('writes a single character for a key at the end of the line', async () => {
    const stage = await new Stage().open();
    await stage.type('x');
    await stage.type('y');
    expect(stage.written.at(-1)).toBe('y');
    expect(stage.screen).toEqual(['>>> xy']);
    expect(stage.cursor).toEqual([0, 6]);
  });

  it('changes text in the middle of a line', async () => {
    const stage = await new Stage().open();
    await stage.type(`print(1)${LEFT}${LEFT}23`);
    expect(stage.screen).toEqual(['>>> print(231)']);
    expect(stage.cursor).toEqual([0, 12]);
  });

  it('wraps a long line as the terminal does, and shrinks again', async () => {
    const stage = await new Stage({ columns: 10 }).open();
    for (const character of 'abcdefghijklmnop') {
      await stage.type(character);
    }
    expect(stage.screen).toEqual(['>>> abcdef', 'ghijklmnop']);
    expect(stage.cursor).toEqual([2, 0]);
    expect(stage.terminal.buffer.active.getLine(1)?.isWrapped).toBe(true);
    await stage.type('\x7f'.repeat(11));
    expect(stage.screen).toEqual(['>>> abcde']);
    expect(stage.cursor).toEqual([0, 9]);
  });

  it('moves over wide characters, emoji and combining marks as over one each', async () => {
    const stage = await new Stage().open();
    await stage.type('a中e\u0301👩‍💻🇩🇪x');
    expect(stage.cursor).toEqual([0, 4 + 1 + 2 + 1 + 2 + 2 + 1]);
    await stage.type(LEFT.repeat(3));
    expect(stage.cursor).toEqual([0, 8]);
    await stage.type('\x7f');
    expect(stage.screen).toEqual(['>>> a中👩‍💻🇩🇪x']);
    expect(stage.cursor).toEqual([0, 7]);
  });

  it('puts a wide character that does not fit into the next row', async () => {
    const stage = await new Stage({ columns: 9 }).open();
    await stage.type('abcd中e');
    expect(stage.screen).toEqual(['>>> abcd', '中e']);
    expect(stage.cursor).toEqual([1, 3]);
  });

  it('edits several lines behind their prompts', async () => {
    const stage = await new Stage().open();
    await stage.type('def f():\njoin');
    expect(stage.screen).toEqual(['>>> def f():', '...     join']);
    await stage.type(`${UP}X`);
    expect(stage.screen).toEqual(['>>> def f():X', '...     join']);
    expect(stage.cursor).toEqual([0, 13]);
  });

  it('shows control characters by name', async () => {
    const stage = await new Stage().open();
    stage.editor.reset('a\x1bb\u200b');
    await stage.paint();
    expect(stage.screen).toEqual(['>>> a^[b<200b>']);
  });

  it('keeps the rows around the cursor in sight where the text is taller than the screen', async () => {
    const stage = await new Stage({ rows: 3 }).open();
    await stage.type('a\nb\nc\nd\ne');
    expect(stage.screen).toEqual(['... c', '... d', '... e']);
    await stage.type(UP.repeat(3));
    expect(stage.screen).toEqual(['... b', '... c', '... d']);
    await stage.finish();
    expect(stage.screen).toEqual(['>>> a', '... b', '... c', '... d', '... e']);
    expect(stage.cursor).toEqual([5, 0]);
  });

  it('leaves no trace when it is erased', async () => {
    const stage = await new Stage({ before: 'out\r\n' }).open();
    await stage.type('one\ntwo');
    await stage.erase();
    expect(stage.screen).toEqual(['out']);
    expect(stage.cursor).toEqual([1, 0]);
  });

  it('colours by the sixteen of the terminal', async () => {
    const stage = await new Stage({ colours: true }).open();
    await stage.type('if 1');
    expect(stage.written.at(-1)).toBe('\x1b[0;35mif\x1b[m \x1b[0;33m1\x1b[m');
  });
});

describe('resizing', () => {
  it.each([
    [20, 10],
    [7, 12],
    [60, 5],
  ])('draws the line anew in %i columns', async (columns, rows) => {
    const stage = await new Stage({ columns: 30, rows: 12, before: 'output\r\n' }).open();
    await stage.type('abcdefghijklmnopqrstuvwxyz0123456789\nsecond');
    await stage.resize(columns, rows);
    const text = stage.screen.join('');
    expect(text).toBe('output>>> abcdefghijklmnopqrstuvwxyz0123456789... second');
    expect(stage.screen[0]).toBe('output');
    await stage.resize(30, 12);
    expect(stage.screen).toEqual(['output', '>>> abcdefghijklmnopqrstuvwxyz', '0123456789', '... second']);
  });
});

describe('keys as in Emacs', () => {
  it.each([
    ['start and end of the line', 'abc\x01X\x05Y', 'XabcY'],
    ['characters', 'abc\x02\x02X\x06Y', 'aXbYc'],
    ['words', 'one two\x1bbX\x1bfY', 'one XtwoY'],
    ['words by arrows', 'one two\x1b[1;5DX\x1b[1;5CY', 'one XtwoY'],
    ['words by arrows with Alt', 'one two\x1b[1;3DX', 'one Xtwo'],
    ['cut to the end and put back', 'abcd\x02\x02\x0b\x01\x19', 'cdab'],
    ['cut to the start', 'abcd\x02\x15', 'd'],
    ['cuts that follow each other', 'one two\x17\x17\x19', 'one two'],
    ['an older cut', 'one\x15two\x15\x19\x1by', 'one'],
    ['cut a word', 'a.b cc\x1b\x7f\x1b\x7f', 'a.'],
    ['cut the word after', 'one two\x01\x1bd', ' two'],
    ['exchange', 'ab\x14', 'ba'],
    ['exchange in the middle', 'abc\x02\x14', 'acb'],
    ['undo', 'ab cd\x17\x1f', 'ab cd'],
    ['undo and redo', 'ab\x15\x1f\x1b_\x07', ''],
    ['delete', 'abc\x01\x04\x1b[3~', 'c'],
    ['home and end', '    abc\x1b[HX\x1b[FY', '    XabcY'],
    ['home by SS3', 'abc\x1bOHX', 'Xabc'],
    ['capitals', 'abc def\x01\x1bu\x1bc', 'ABC Def'],
    ['a step of indentation', '\t\tx\x02\x7f', '    x'],
    ['dedent', '\tx\x1b[Z', 'x'],
    ['a new line by Alt and Enter', 'if x:\x1b\ry', 'if x:\n    y'],
  ])('%s', async (_, keys, text) => {
    const stage = await new Stage().open();
    await stage.type(keys);
    expect(stage.editor.buffer.text).toBe(text);
  });

  it('asks its owner for what it cannot do', async () => {
    const stage = await new Stage().open();
    expect(await stage.type('\x04\r\x03\x0c\x1bOP\x1a')).toEqual([
      'leave',
      'enter',
      'cancel',
      'clear',
      'help',
      'suspend',
    ]);
  });
});

describe('history', () => {
  const entries = ['x = 1', 'for i in x:\n    print(i)', 'print(x)'];

  it('goes up and down by lines, then by entries', async () => {
    const stage = await new Stage({ entries }).open();
    await stage.type(UP);
    expect(stage.screen).toEqual(['>>> print(x)']);
    await stage.type(UP);
    expect(stage.screen).toEqual(['>>> for i in x:', '...     print(i)']);
    await stage.type(UP + UP);
    expect(stage.screen).toEqual(['>>> x = 1']);
    await stage.type('\x1b[B\x1b[B\x1b[B');
    expect(stage.screen).toEqual(['>>>']);
  });

  it('goes to what begins as the line does', async () => {
    const stage = await new Stage({ entries }).open();
    await stage.type(`x${UP}`);
    expect(stage.editor.buffer.text).toBe('x = 1');
    await stage.type('\x0e');
    expect(stage.editor.buffer.text).toBe('x');
  });

  it('suggests how the line may go on', async () => {
    const stage = await new Stage({ entries, colours: true }).open();
    await stage.type('fo');
    expect(stage.screen).toEqual(['>>> for i in x: …']);
    expect(stage.cursor).toEqual([0, 6]);
    await stage.type('\x1bf');
    expect(stage.editor.buffer.text).toBe('for');
    await stage.type(RIGHT);
    expect(stage.screen).toEqual(['>>> for i in x:', '...     print(i)']);
  });

  it('is searched while one types', async () => {
    const stage = await new Stage({ entries }).open();
    await stage.type('\x12pr');
    expect(stage.screen).toEqual(['>>> print(x)', '· search: pr']);
    expect(stage.cursor).toEqual([0, 4]);
    await stage.type('\x12');
    expect(stage.screen).toEqual(['>>> for i in x:', '...     print(i)', '· search: pr']);
    await stage.type('\x12');
    expect(stage.screen.at(-1)).toBe('· nothing found: pr');
    await stage.type('\x13');
    expect(stage.screen).toEqual(['>>> print(x)', '· search: pr']);
    await stage.type('\x07');
    expect(stage.screen).toEqual(['>>>']);
    expect(await stage.type('\x12= 1\r')).toContain('enter');
    expect(stage.screen).toEqual(['>>> x = 1']);
  });
});

describe('completion', () => {
  const completed = (names: string[], start: number) => ({
    kind: 'completed' as const,
    id: 1,
    start,
    matches: names.map((text) => ({ text, type: 'name' as const })),
  });

  it('puts in what all matches share, then lists them in columns under the line', async () => {
    const stage = await new Stage({ columns: 30, before: 'above\r\n' }).open();
    expect(await stage.type('pr\t')).toEqual(['done', 'complete']);
    stage.editor.offer(completed(['print', 'print_a', 'print_b', 'print_c', 'print_d'], 0));
    await stage.paint();
    expect(stage.screen).toEqual(['above', '>>> print', 'print    print_b  print_d', 'print_a  print_c']);
    expect(stage.cursor).toEqual([1, 9]);
    await stage.type('\t\t');
    expect(stage.screen[1]).toBe('>>> print_a');
    await stage.type('\x1b[C');
    expect(stage.screen[1]).toBe('>>> print_c');
    expect(await stage.type('\r')).toEqual(['done']);
    expect(stage.screen).toEqual(['above', '>>> print_c']);
  });

  it('is closed by Escape, which brings back what was typed', async () => {
    const stage = await new Stage().open();
    await stage.type('a');
    stage.editor.offer(completed(['ab', 'ac'], 0));
    await stage.type('\x1b[Z');
    expect(stage.screen[0]).toBe('>>> ac');
    stage.editor.press({ name: 'Escape', text: '', source: '\x1b' });
    await stage.paint();
    expect(stage.screen).toEqual(['>>> a']);
  });

  it('narrows while one types on', async () => {
    const stage = await new Stage().open();
    await stage.type('a');
    stage.editor.offer(completed(['aab', 'aac', 'abc'], 0));
    await stage.type('a');
    expect(stage.screen).toEqual(['>>> aa', 'aab  aac']);
    await stage.type('.');
    expect(stage.screen).toEqual(['>>> aa.']);
  });

  it('says how many there are where not all fit', async () => {
    const stage = await new Stage({ rows: 6, columns: 10 }).open();
    await stage.type('n');
    stage.editor.offer(
      completed(
        Array.from({ length: 20 }, (_, index) => `name_${index}`),
        0,
      ),
    );
    await stage.paint();
    expect(stage.screen).toEqual(['>>> name_', 'name_0', 'name_1', 'name_2', 'name_3', '· 20 matc']);
  });
});

describe('paste', () => {
  it('takes a whole file, however it is cut', async () => {
    const whole = '\x1b[200~def f():\r\n\treturn 1\r\n\x1b[201~';
    for (let cut = 1; cut < whole.length; cut += 1) {
      const stage = await new Stage().open();
      await stage.type(whole.slice(0, cut));
      await stage.type(whole.slice(cut));
      expect(stage.editor.buffer.text).toBe('def f():\n\treturn 1\n');
    }
  });

  it('takes off prompts that were copied along, and the output between them', async () => {
    const stage = await new Stage().open();
    await stage.type('\x1b[200~>>> for i in (1, 2):\n...     print(i)\n... \n1\n2\n>>> x = 3\n\x1b[201~');
    expect(stage.editor.buffer.text).toBe('for i in (1, 2):\n    print(i)\n\nx = 3\n');
  });

  it('leaves dots alone that are code', async () => {
    const stage = await new Stage().open();
    await stage.type('\x1b[200~def f():\n    ...\n\x1b[201~');
    expect(stage.editor.buffer.text).toBe('def f():\n    ...\n');
  });
});

describe('answers', () => {
  it('begin behind the question, and wrap from there', async () => {
    const stage = await new Stage({ columns: 12, mode: 'answer', before: 'line\r\nname? ' }).open();
    await stage.type('def world');
    expect(stage.screen).toEqual(['line', 'name? def wo', 'rld']);
    await stage.type('\x01X');
    expect(stage.screen).toEqual(['line', 'name? Xdef w', 'orld']);
    expect(stage.cursor).toEqual([1, 7]);
    await stage.resize(9, 10);
    expect(stage.screen.join('')).toBe('linename? Xdef world');
  });

  it('show nothing where they are hidden', async () => {
    const stage = await new Stage({ mode: 'hidden', before: 'Password: ' }).open();
    await stage.type('secret');
    expect(stage.screen).toEqual(['Password:']);
    expect(stage.cursor).toEqual([0, 10]);
    expect(stage.editor.buffer.text).toBe('secret');
  });
});
