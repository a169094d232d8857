/** What is said to be lost is lost, and no more. */

import { expect, it } from 'vitest';
import { lossByKill, lossByRestart } from '../../electron/main/session/restart-warning.ts';
import { NOT_KEPT } from '../../electron/supervisor/states/states.ts';
import { ONE, onPythons } from '../support/pythons.ts';
import { openTrial } from '../support/session.ts';

onPythons(ONE, 'what is lost', (python) => {
  it('is nothing where each state has a copy', async () => {
    const trial = openTrial(python);
    await trial.run('x = 1');
    void trial.run('input()');
    await trial.asks();
    expect(lossByKill(trial.session)).toBe(null);
    expect(lossByRestart(trial.session)).toBe(
      'A run goes on: it is ended, and what it did is lost. The states before it stay in the timeline.',
    );
    await trial.answers('');
    await trial.becomes('idle');
    expect(lossByRestart(trial.session)).toBe(null);
  });

  it('is all that ran since the last copy', async () => {
    const trial = openTrial(python, { states: { keep: 'when asked' } });
    await trial.run('a = 1');
    expect(lossByKill(trial.session)).toBe(`run 1 is lost, as ${NOT_KEPT}`);
    await trial.run('b = 2');
    expect(lossByKill(trial.session)).toBe(`all names are lost, as ${NOT_KEPT}`);
    await trial.session.keep();
    expect(lossByKill(trial.session)).toBe(null);
    await trial.run('c = 3');
    expect(lossByKill(trial.session)).toBe(`run 3 is lost, as ${NOT_KEPT}`);
    await trial.run('d = 4');
    expect(lossByKill(trial.session)).toBe(`runs 3 to 4 are lost, as ${NOT_KEPT}`);
    expect(lossByRestart(trial.session)).toBe(null);
  });
});
