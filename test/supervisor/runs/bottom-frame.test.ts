/** The frame of what is run is the bottom one, as at CPython's prompt, and debuggers and profilers see nothing of ours. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

const DEBUGGED = `
def h():
    debugger = pdb.Pdb(stdin=io.StringIO('w\\nn\\nn\\nw\\nn\\ns\\nc\\n'), stdout=sys.stdout)
    debugger.set_trace()
    return print('said', file=sys.stderr)
`;

onPythons(OLD_AND_NEW, 'the bottom frame', (python) => {
  it('is the one of what is run', async () => {
    const trial = openTrial(python);
    await trial.run('import inspect, io, pdb, sys, traceback, warnings');
    expect((await trial.run('[each.function for each in inspect.stack()]')).output).toBe("['<module>']\n");
    expect((await trial.run('sys._getframe(1)')).failure?.text).toBe('call stack is not deep enough');
    expect((await trial.run('traceback.print_stack()')).output.split('\n')[0]).toMatch(
      /^ +File "<python-input-/,
    );
    await trial.run("def f():\n    warnings.warn('deep', stacklevel=3)\n");
    expect((await trial.run('f()')).output).toMatch(/^(sys:1|<sys>:0): UserWarning: deep\n$/);
  });

  it('is where a debugger ends, which steps into nothing of ours', async () => {
    const trial = openTrial(python);
    await trial.run(`import io, pdb, sys${DEBUGGED}`);
    const { output } = await trial.run('h()');
    const { output: next } = await trial.run('5');
    await trial.run('sys.settrace(None)');
    expect(output).toContain('said\n');
    expect(
      `${output}${next}`.match(/(?<!-)> \S*\(\d/g)?.every((line) => line.startsWith('> <python-input-')),
    ).toBe(true);
    expect(`${output}${next}`).not.toMatch(/pyrepl3|launch/);
  });

  it('is all that a profiler sees, from one run to the next', async () => {
    const trial = openTrial(python);
    await trial.run(
      'import sys\nseen = []\ndef note(frame, *event): seen.append(frame.f_code.co_filename)\n',
    );
    await trial.run('sys.setprofile(note)');
    await trial.run("def f():\n    print('a', 'b' * 9000)\n    sys.stderr.write('c\\n')\n");
    expect((await trial.run('f()')).output).toBe(`a ${'b'.repeat(9000)}\nc\n`);
    await trial.run('sys.setprofile(None)');
    const { output } = await trial.run(
      "sorted({each.rstrip('0123456789>') for each in seen}), len(seen) > 5",
    );
    expect(output).toBe("(['<python-input-'], True)\n");
    // And what is printed takes the usual way again.
    expect((await trial.run("for n in range(3000): print('line', n)")).output).toMatch(/line 2999\n$/);
  });
});
