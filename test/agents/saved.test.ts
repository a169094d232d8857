import { expect, it } from 'vitest';
import { openStore } from '../../electron/supervisor/store/store.ts';
import { openAgent, ownFolder } from '../support/agent.ts';

it('a session outlives its server: the next one tells of it, and goes on with it when asked', async () => {
  const [home, folder] = [ownFolder(), ownFolder()];
  const first = await openAgent({ home, folder });
  await first.python('x = [1, 2]\ngen = (n for n in x)');
  await first.close();
  const second = await openAgent({ home, folder });
  const told = await second.python('"x" in globals()');
  expect(told.text).toMatch(/An earlier session main was saved just now with 1 name\..*restore/);
  expect(told.text).toContain('Would not come back: gen (a generator');
  expect(told.data).toMatchObject({ output: 'False\n', notes: [expect.any(String), expect.any(String)] });
  expect((await second.python('1')).data.notes).toEqual([]);
  const restored = await second.call('restore');
  expect(restored).toMatchObject({ isError: false, data: { names: 1 } });
  expect((await second.python('x')).data.output).toBe('[1, 2]\n');
});

it('with --resume it is gone on with by itself', async () => {
  const [home, folder] = [ownFolder(), ownFolder()];
  const first = await openAgent({ home, folder });
  await first.python('x = 1', { session: 'work' });
  await first.close();
  const second = await openAgent({ home, folder, words: ['--resume'] });
  const { data } = await second.python('x', { session: 'work' });
  expect(data).toMatchObject({ output: '1\n', notes: [expect.stringMatching(/^restored /)] });
  expect((await second.python('x')).isError).toBe(true);
});

it('one that was saved and whose server was killed is there, too', async () => {
  const [home, folder] = [ownFolder(), ownFolder()];
  const first = await openAgent({ home, folder });
  await first.python('x = 1');
  await first.call('save');
  process.kill(first.pid, 'SIGKILL');
  await first.close();
  const second = await openAgent({ home, folder });
  await second.call('restore');
  expect((await second.python('x')).data.output).toBe('1\n');
});

it('neither another folder, nor a person, is offered an agent’s session', async () => {
  const home = ownFolder();
  const first = await openAgent({ home });
  await first.python('x = 1');
  await first.close();
  const second = await openAgent({ home });
  expect((await second.python('1')).data.notes).toEqual([]);
  expect(await openStore({ home, budget: 1e9, foreign: 'ask' }).offers()).toEqual([]);
});

it('it is saved by name, listed and restored by that', async () => {
  const agent = await openAgent();
  await agent.python('x = 1\nimport threading; lock = threading.Lock()\ngen = (n for n in [])');
  const saved = await agent.call('save', { name: 'before' });
  expect(saved.data).toMatchObject({
    name: 'before',
    unsaved: [expect.stringContaining('gen (a generator')],
  });
  expect((await agent.call('checkpoints')).data).toMatchObject({
    checkpoints: [{ id: saved.data.checkpoint, name: 'before', folder: agent.folder }],
    more: 0,
  });
  await agent.python('x = 2');
  await agent.call('restore', { checkpoint: 'before' });
  expect((await agent.python('x')).data.output).toBe('1\n');
  await agent.call('undo', { steps: 2 });
  expect((await agent.python('x')).data.output).toBe('2\n');
});
