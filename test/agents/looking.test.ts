import { expect, it } from 'vitest';
import { openAgent } from '../support/agent.ts';

it('names are listed with what they stand for, and what the last run did to them', async () => {
  const agent = await openAgent();
  expect((await agent.call('variables')).text).toBe('There are no names.');
  await agent.python('x = [1, 2]; y = {"k": [3]}');
  await agent.python('x.append(3)');
  const { text, data } = await agent.call('variables');
  expect(text).toMatch(/^x: list, 3 items, \d+ B = \[1, 2, 3\] \(changed\)\ny: dict, 1 item, \d+ B = /);
  expect(data).toMatchObject({
    ...{ state: 2, count: 2, whole: true, notes: [] },
    variables: [
      { name: 'x', type: 'list', length: 3, change: 'changed' },
      { name: 'y', change: null },
    ],
  });
  expect((await agent.call('variables', { state: 1 })).text).toContain('[1, 2] (added)');
});

it('many names are told in parts', async () => {
  const agent = await openAgent();
  await agent.python('for i in range(1000): globals()["n%d" % i] = i');
  const first = await agent.call('variables');
  expect(first.text).toMatch(/\n… and 951 more from 50 on$/);
  expect((await agent.call('variables', { first: 1000, count: 500 })).data.variables).toHaveLength(1);
});

it('a value is looked into part by part, and a function tells how it is called', async () => {
  const agent = await openAgent();
  await agent.python(
    'import json\nclass C:\n    def __init__(self): self.b = [7, 8]\ndata = {"a": [C(), 5]}',
  );
  const data = await agent.call('inspect', { name: 'data' });
  expect(data.data).toMatchObject({ value: { type: 'dict' }, parts: [{ name: "['a']", type: 'list' }] });
  const deep = await agent.call('inspect', { name: 'data["a"][0].b' });
  expect(deep.data).toMatchObject({ value: { name: '.b' }, parts: [{ text: '7' }, { text: '8' }] });
  const called = await agent.call('inspect', { name: 'json.loads' });
  expect(called.data).toMatchObject({
    signature: expect.stringContaining('loads(s, *'),
    summary: expect.any(String),
  });
  expect((await agent.call('inspect', { name: 'data["z"]' })).isError).toBe(true);
});

it('looking runs none of the user’s code in the session, and works while a run goes on', async () => {
  const agent = await openAgent();
  await agent.python('asked = []\nclass R:\n    def __repr__(self): asked.append(1); return "R!"\nr = R()');
  expect((await agent.call('variables')).text).toContain('R');
  expect((await agent.python('asked')).data.output).toBe('[]\n');
  await agent.python('import time\nwhile True: time.sleep(0.01)', { timeout_ms: 100 });
  expect((await agent.call('variables')).text).toContain('asked: list');
  expect((await agent.call('inspect', { name: 'r' })).data).toMatchObject({ value: { type: 'R' } });
});
