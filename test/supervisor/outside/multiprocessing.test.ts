/** What was typed at the prompt, in processes of `multiprocessing`. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

const DEFINITIONS = `
import multiprocessing, concurrent.futures, os
def base(x):
    return x + OFFSET
OFFSET = 10
class Point:
    def __init__(self, x):
        self.x = x
    def moved(self):
        return Point(base(self.x))
    def __eq__(self, other):
        return isinstance(other, Point) and other.x == self.x
def f(x):
    return x * x
def g(point):
    return point.moved()
def fail(x):
    raise Own(x)
class Own(Exception): pass
`;

onPythons(OLD_AND_NEW, 'multiprocessing', (python) => {
  it.each(['fork', 'spawn', 'forkserver'])(
    'knows the prompt under %s',
    { timeout: 20_000 },
    async (method) => {
      const trial = openTrial(python);
      await trial.says(DEFINITIONS);
      await trial.says(`context = multiprocessing.get_context("${method}")`);
      await trial.says('pool = context.Pool(2)');
      expect(await trial.says('pool.map(f, range(4))')).toBe('[0, 1, 4, 9]\n');
      // Defined after the pool was made.
      await trial.says('def late(x): return -x\n');
      expect(await trial.says('pool.map(late, range(4))')).toBe('[0, -1, -2, -3]\n');
      expect(await trial.says('moved = pool.map(g, [Point(1), Point(2)])\n[p.x for p in moved]')).toBe(
        '[11, 12]\n',
      );
      expect(await trial.says('all(isinstance(p, Point) for p in moved), moved[0] == Point(11)')).toBe(
        '(True, True)\n',
      );
      expect((await trial.run('pool.map(fail, [1])')).failure).toEqual({ type: 'Own', text: '1' });
      expect(
        await trial.says('try:\n    pool.map(fail, [1])\nexcept Own as error:\n    print("caught", error)\n'),
      ).toBe('caught 1\n');
      await trial.says('pool.close(); pool.join()');
      expect(
        await trial.says(`
with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
    print(list(executor.map(f, range(4))), [p.x for p in executor.map(g, [Point(5)])])
`),
      ).toBe('[0, 1, 4, 9] [15]\n');
      expect(
        await trial.says(`
def putter(queue): queue.put(Point(base(1)))
queue = context.Queue()
process = context.Process(target=putter, args=(queue,))
process.start()
got = queue.get()
print(type(got) is Point, got.x)
process.join()
process.exitcode
`),
      ).toBe('True 11\n0\n');
    },
  );

  it('works as everyone writes it, with the default method', { timeout: 20_000 }, async () => {
    const trial = openTrial(python);
    await trial.says('from multiprocessing import Pool\ndef f(x): return x * x\n');
    expect(await trial.says('with Pool(2) as pool:\n    print(pool.map(f, range(4)))\n')).toBe(
      '[0, 1, 4, 9]\n',
    );
    await trial.says('from concurrent.futures import ProcessPoolExecutor');
    expect(await trial.says('with ProcessPoolExecutor(2) as e:\n    print(list(e.map(f, range(4))))\n')).toBe(
      '[0, 1, 4, 9]\n',
    );
    expect(
      await trial.says(
        'if __name__ == "__main__":\n    with Pool(2) as pool:\n        print(pool.map(f, [3]))\n',
      ),
    ).toBe('[9]\n');
  });

  it('prints from its children, in whole lines', { timeout: 20_000 }, async () => {
    const trial = openTrial(python);
    await trial.says(
      'import multiprocessing\nimport sys\ndef say(x): _ = sys.stdout.write("child %d\\n" % x)\n',
    );
    for (const method of ['fork', 'spawn']) {
      const output = await trial.says(
        `with multiprocessing.get_context("${method}").Pool(2) as pool:\n    _ = pool.map(say, range(20))\n`,
      );
      expect(output.trim().split('\n').sort()).toEqual(
        Array.from({ length: 20 }, (_, index) => `child ${index}`).sort(),
      );
    }
  });

  it('leaves pickle itself as it was', async () => {
    const trial = openTrial(python);
    await trial.says('import multiprocessing.pool, pickle\ndef f(): pass\n');
    expect(await trial.says('pickle.loads(pickle.dumps(f)) is f, b"cloudpickle" in pickle.dumps(f)')).toBe(
      '(True, False)\n',
    );
    expect(await trial.says('import sys; "cloudpickle" in sys.modules')).toBe('False\n');
  });
});
