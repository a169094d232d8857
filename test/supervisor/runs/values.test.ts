/** What a run shows of its values. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { typed } from '../../support/reference.ts';
import { openTrial } from '../../support/session.ts';

/** Single statements, as one types them. */
const STATEMENTS = [
  '1 + 1',
  'None',
  "'text'",
  "'\\u00e9\\U0001f40d'",
  'x = 5',
  'for i in range(3): i',
  'if True:\n    1\n    "two"\n',
  'while True:\n    "once"\n    break\n',
  'with open("/dev/null") as f:\n    f.name\n',
  'try:\n    1/0\nexcept ZeroDivisionError as e:\n    e\nfinally:\n    "end"\n',
  'def f():\n    1\n    return 2\n',
  'class C:\n    3\n',
  'print("a"); "b"',
  'lambda: 0 and None',
  '(yield_ := 4)',
  'import sys; sys.stdout.write("abc\\n")',
  '[i for i in range(3)]',
  '...',
  'NotImplemented',
  "'a' 'b'",
  'pass',
  '# nothing but a comment',
  '',
];

onPythons(OLD_AND_NEW, 'values', (python) => {
  it('shows what a single statement shows at the prompt of CPython', async () => {
    const trial = openTrial(python);
    const shown = [];
    for (const statement of STATEMENTS) {
      shown.push([statement, address(await trial.says(statement))]);
    }
    expect(shown).toEqual(STATEMENTS.map((statement) => [statement, address(typed(python, statement))]));
  });

  it('shows the last expression of several statements, and no other', async () => {
    const trial = openTrial(python);
    expect(await trial.says('1\n2\n3')).toBe('3\n');
    expect(await trial.says('4\nx = 5')).toBe('');
    expect(await trial.says('6\nfor i in range(2):\n    i\n')).toBe('');
    expect(await trial.says('7\nNone')).toBe('');
  });

  it('shows every value in the style `single`', async () => {
    const trial = openTrial(python);
    expect(await trial.says('1\nfor i in range(2):\n    i\n3', { style: 'single' })).toBe('1\n0\n1\n3\n');
  });

  it('sets `_` to the last value that was shown', async () => {
    const trial = openTrial(python);
    await trial.says('6 * 7');
    await trial.says('None');
    expect(await trial.says('_ + 1')).toBe('43\n');
    expect(await trial.says('import builtins; builtins._')).toBe('43\n');
  });

  it("leaves the user's own displayhook in its place", async () => {
    const trial = openTrial(python);
    await trial.says('import sys\ndef hook(value):\n    print("hook:", value)\nsys.displayhook = hook');
    expect(await trial.says('41')).toBe('hook: 41\n');
    expect(await trial.says('0\nNone')).toBe('hook: None\n');
    await trial.says('sys.displayhook = sys.__displayhook__');
    expect(await trial.says('41')).toBe('41\n');
  });

  it('shows what the terminal cannot encode escaped, as CPython does', async () => {
    const trial = openTrial(python);
    expect(await trial.says("'\\udc80'")).toBe("'\\udc80'\n");
  });
});

function address(text: string): string {
  return text.replaceAll(/0x[0-9a-f]+/g, '0x');
}
