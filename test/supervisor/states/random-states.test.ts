/** Random programs, with undos, redos, jumps, crashes and kills between the runs, against a model. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

type Step =
  | { kind: 'run'; code: string }
  | { kind: 'dry' | 'crash' | 'kill' | 'idle kill' | 'undo' | 'redo' }
  | { kind: 'go'; to: number };

/** Changes of every sort to a few names; each is right whatever was run before. */
const CODES = [
  'n = n + 1',
  'items.append(n)',
  'items.reverse()',
  'table[n % 5] = list(items)',
  'table.pop(min(table), None) if table else None',
  'alias = items',
  'items = items + [len(items)]',
  'log.x = (n, len(items))',
  'n = n * 3 % 101; items.append(-n)',
  'items[:] = items[-7:]',
  'counter()',
  'drawn = random.random()',
  'raise ValueError(n)',
  'next(steps)',
];

const SET_UP = `
import random, types
random.seed(7)
n, items, table, log, alias, drawn = 0, [], {}, types.SimpleNamespace(), None, None
def make():
    count = 0
    def counter():
        nonlocal count
        count += 1
    return counter
counter = make()
def walk():
    place = 0
    while True:
        place += n
        yield place
steps = walk()
`;

const LOOK =
  'print(repr((n, items, table, vars(log), alias is items, drawn, counter.__closure__[0].cell_contents, ' +
  'steps.gi_frame.f_locals.get("place"), random.getstate()[1][-1])))';

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...CODES).map((code): Step => ({ kind: 'run', code })) },
    { weight: 3, arbitrary: fc.constantFrom('undo', 'redo').map((kind): Step => ({ kind }) as Step) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('dry', 'crash', 'kill', 'idle kill').map((kind): Step => ({ kind }) as Step),
    },
    { weight: 1, arbitrary: fc.nat(60).map((to): Step => ({ kind: 'go', to })) },
  ),
  { minLength: 30, maxLength: 50 },
);

/** The codes that were kept, from the start to a state. */
function path(trial: Trial, id = trial.session.state.id): string[] {
  const byId = new Map(trial.session.states.map((state) => [state.id, state]));
  const codes: string[] = [];
  for (let state = byId.get(id); state && state.parent !== null; state = byId.get(state.parent)) {
    codes.unshift(state.code);
  }
  return codes;
}

async function take(trial: Trial, step: Step): Promise<void> {
  const { session } = trial;
  switch (step.kind) {
    case 'run':
      await trial.run(step.code);
      return;
    case 'dry':
      await trial.run('n += 1000; items.clear()', { policy: 'rollback_always' });
      return;
    case 'crash':
      expect((await trial.run('items.clear(); import os; os.kill(os.getpid(), 11)')).outcome).toBe('died');
      return;
    case 'kill': {
      const run = session.run('items.clear()\nwhile True: pass');
      session.kill();
      expect((await run).outcome).toBe('died');
      return;
    }
    case 'idle kill': {
      await session.keep();
      const pid = Number(await trial.says('import os; print(os.getpid())'));
      await session.keep();
      const back = new Promise((resolve) => session.once('death', resolve));
      process.kill(pid, 'SIGKILL');
      await back;
      return;
    }
    case 'go': {
      const reachable = session.states.filter(({ copy }) => copy === 'frozen');
      const target = reachable[step.to % Math.max(1, reachable.length)];
      if (target) await session.goTo(target.id);
      return;
    }
    default:
      // At an end of the line there is nothing to undo or redo.
      await session[step.kind]().catch((error: Error) =>
        expect(error.message).toContain('There is no run to'),
      );
  }
}

onPythons(ONE, 'a session after any steps', (python) => {
  it('is what the runs that were kept make of it', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (program) => {
        const trial = openTrial(python);
        const first = await trial.run(SET_UP);
        expect(first.outcome).toBe('ok');
        for (const step of program) {
          await take(trial, step);
          // The set-up is what all stand on.
          if (trial.session.state.id === 0) await trial.session.redo();
        }
        const model = openTrial(python);
        for (const code of path(trial)) await model.run(code);
        expect(await trial.says(LOOK)).toBe(await model.says(LOOK));
        await Promise.all([trial.close(), model.close()]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
