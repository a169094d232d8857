import { describe, expect, it } from 'vitest';
import { newHome, openIn, save, storeIn } from '../support/store.ts';
import { leftBehind, SavedTrial } from './checkpoints-trial.ts';

const CHOICE = '· press 1 to bring it back; any other key starts clean';

/** A console that offers what was left behind in this home. */
async function welcomed(home: string): Promise<SavedTrial> {
  const trial = new SavedTrial({ home });
  const console = new SavedTrial({ home, offers: trial.store.offers() });
  await console.becomes(
    () => console.screen.at(-1) === '>>>' && console.screen.includes(CHOICE),
    () => 'the offer',
  );
  return console;
}

describe('a session that is offered at the start', () => {
  it('is told in a line, and comes back with one key', async () => {
    const trial = await welcomed(await leftBehind('one', 'x = [1]', 'print("hi")'));
    expect(trial.said.slice(-2)).toEqual([
      expect.stringMatching(/^· 1 {2}quit just now in .* \(one\): 1 name, [\d.]+ k?B/),
      CHOICE,
    ]);
    trial.type('1');
    await trial.says('· restored one: 1 name');
    trial.type('x\r');
    await trial.endsIn('>>> x', '[1]', '>>>');
    // Somebody goes on with it now.
    expect(await trial.store.offers()).toEqual([]);
  });

  it('is in nobody’s way: any other key is typed, and a run settles it', async () => {
    const trial = await welcomed(await leftBehind('one', 'x = [1]'));
    trial.type('2');
    await trial.endsWith('>>> 2');
    trial.type('+1\r');
    await trial.endsIn('3', '>>>');
    trial.type('1\r');
    await trial.endsIn('>>> 1', '1', '>>>');
    await expect.poll(() => trial.store.offers()).toEqual([]);
    trial.type('%restore one\r', 'x\r');
    await trial.endsIn('>>> x', '[1]', '>>>');
  });

  it('is offered again to whoever has run nothing', async () => {
    const home = await leftBehind('one', 'x = [1]');
    const trial = await welcomed(home);
    trial.type('half');
    await trial.endsWith('>>> half');
    await trial.leave();
    expect(await trial.store.offers()).toHaveLength(1);
  });

  it('is not settled before it was shown', async () => {
    const home = newHome();
    for (const name of ['first', 'second', 'third', 'fourth']) {
      const session = await openIn(storeIn(home));
      await save(session, { x: 'one' }, name);
      await session.close('quit');
    }
    const trial = new SavedTrial({ home });
    const console = new SavedTrial({ home, offers: trial.store.offers() });
    await console.endsIn('· press 1 to 3 to bring one back; any other key starts clean', '>>>');
    console.type('2 + 2\r');
    await console.endsIn('>>> 2 + 2', '4', '>>>');
    const left = async () => (await trial.store.offers()).map(({ checkpoint }) => checkpoint.name);
    await expect.poll(left).toEqual(['first']);
  });

  it('has no key where something was typed before', async () => {
    const home = await leftBehind('one', 'x = [1]');
    const { store } = new SavedTrial({ home });
    const trial = new SavedTrial({ home, offers: store.offers() });
    trial.type('1');
    await trial.endsWith('>>> 1');
    expect(trial.said.at(-1)).toBe('· %checkpoints lists them, %restore brings one back');
  });

  it('is no reason not to begin where the list cannot be read', async () => {
    const trial = new SavedTrial({ offers: Promise.reject(new Error('It cannot be read.')) });
    await trial.shows('· It cannot be read.', '>>>');
  });
});
