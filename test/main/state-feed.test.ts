/** The window hears of each state once, and of nothing that has not changed. */

import { expect, it } from 'vitest';
import type { StatesNews } from '../../electron/contract/state-news.ts';
import type { Send } from '../../electron/main/ipc/signals.ts';
import { StateFeed } from '../../electron/main/session/state-feed.ts';
import { OLD_AND_NEW, onPythons } from '../support/pythons.ts';
import { openTrial } from '../support/session.ts';
import { until } from '../support/until.ts';

onPythons(OLD_AND_NEW, 'the chronicle', (python) => {
  it('tells what is new, where the session stands, and where undo and redo lead', async () => {
    const { news, trial, chronicle: stateFeed } = open();
    await trial.run('x = 1');
    await trial.run('x = 2');
    await until(
      () => told(news).length === 3,
      () => 'three states to be told',
    );
    await until(
      () => copies(news).join() === 'fresh,frozen,frozen',
      () => 'the copies to be told',
    );
    expect(stateFeed.position).toMatchObject({ current: 2, undo: 1, redo: null, able: true });
    await trial.session.undo(2);
    expect(stateFeed.position).toMatchObject({ current: 0, undo: null, redo: 1 });
    await trial.run('y = 1');
    await trial.session.goTo(1);
    expect(stateFeed.position).toMatchObject({ current: 1, undo: 0, redo: 2 });
    await trial.session.undo();
    // Redo goes the way that was gone last.
    expect(stateFeed.position).toMatchObject({ current: 0, redo: 1 });
    expect(news.filter(({ whole }) => whole)).toHaveLength(1);
  });

  it('tells all to a page that knows none, and then only what is new', async () => {
    const { news, trial, chronicle: stateFeed } = open();
    await trial.run('x = 1');
    await until(
      () => copies(news)[1] === 'frozen',
      () => 'the copy to be told',
    );
    const { rows, whole } = stateFeed.all();
    expect([rows.map(({ id }) => id), whole]).toEqual([[0, 1], true]);
    news.length = 0;
    await trial.session.name('clean');
    await until(
      () => told(news).length > 0,
      () => 'the name to be told',
    );
    expect(told(news).map(({ id, name }) => [id, name])).toEqual([[1, 'clean']]);
  });

  function open() {
    const news: StatesNews[] = [];
    const send = ((name: string, payload: StatesNews) => name === 'states' && news.push(payload)) as Send;
    const trial = openTrial(python);
    const stateFeed = new StateFeed(send);
    stateFeed.follow(trial.session);
    return { news, trial, chronicle: stateFeed };
  }
});

/** All rows as a page that heard the news would have them. */
function told(news: readonly StatesNews[]) {
  return [...new Map(news.flatMap(({ rows }) => rows).map((row) => [row.id, row])).values()];
}

function copies(news: readonly StatesNews[]): string[] {
  return told(news).map(({ copy }) => copy);
}
