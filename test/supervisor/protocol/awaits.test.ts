/** Await at the top level. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

onPythons(OLD_AND_NEW, 'awaits', (python) => {
  it('awaits at the top level, and shows the value', async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio\nasync def f(x):\n    await asyncio.sleep(0)\n    return x\n');
    expect(await trial.says('await f(1)')).toBe('1\n');
    expect(await trial.says('x = await f(2)\nx + await f(3)')).toBe('5\n');
    expect(await trial.says('async with asyncio.Lock() as lock:\n    print(lock)\n')).toBe('None\n');
    expect(await trial.says('[await f(i) for i in range(3)]')).toBe('[0, 1, 2]\n');
    expect(await trial.says('_')).toBe('[0, 1, 2]\n');
  });

  it('uses one loop for all runs', async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio\nasync def f(): return asyncio.get_running_loop()\nloop = await f()');
    expect(await trial.says('loop is await f()')).toBe('True\n');
    expect(await trial.says('queue = asyncio.Queue()\nawait queue.put(1)\nawait queue.get()')).toBe('1\n');
  });

  it('lets tasks go on while the prompt waits', async () => {
    const trial = openTrial(python);
    await trial.says(`
import asyncio
async def tick():
    for number in range(3):
        await asyncio.sleep(0.02)
        print("tick", number)
    print("beginning", end="")
async def start():
    return asyncio.ensure_future(tick())
task = await start()
`);
    await trial.shows('tick 0\ntick 1\ntick 2\nbeginning');
    expect(await trial.says('task.done()')).toContain('True\n');
  });

  it('sets context variables for what follows, as without an await', async () => {
    const trial = openTrial(python);
    await trial.says(`
import asyncio, contextvars, decimal
name = contextvars.ContextVar("name", default="unset")
async def give(value):
    await asyncio.sleep(0)
    return value
async def set(value):
    await asyncio.sleep(0)
    name.set(value)
`);
    await trial.says('token = name.set(await give("one"))\ndecimal.getcontext().prec = await give(5)');
    expect(await trial.says('name.get(), decimal.Decimal(1) / 3')).toBe("('one', Decimal('0.33333'))\n");
    await trial.says('await set("inner")');
    expect(await trial.says('name.get()')).toBe("'inner'\n");
    // A task of the user's has a copy of its own, as everywhere.
    await trial.says('await asyncio.create_task(set("task"))');
    expect(await trial.says('name.get()')).toBe("'inner'\n");
    await trial.says('name.reset(token)');
    expect(await trial.says('await give(name.get())')).toBe("'unset'\n");
    expect((await trial.run('await set("after"); raise ValueError')).outcome).toBe('raised');
    expect(await trial.says('name.get()')).toBe("'after'\n");
  });

  it('leaves `asyncio.run` as it is', async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio\nasync def f(): return 7\n');
    expect(await trial.says('asyncio.run(f())')).toBe('7\n');
    expect(await trial.says('await f()')).toBe('7\n');
    expect(await trial.says('asyncio.run(f())')).toBe('7\n');
    expect(await trial.says('await f()')).toBe('7\n');
  });

  it('cancels an await wholly at an interrupt', async () => {
    const trial = openTrial(python);
    await trial.says(`
import asyncio
async def wait():
    try:
        print("on")
        await asyncio.sleep(100)
    finally:
        await asyncio.sleep(0.01)
        print("tidied")
`);
    const running = trial.run('await asyncio.gather(wait(), wait())');
    await trial.shows('on\non\n');
    trial.session.interrupt();
    const { outcome, output, failure } = await running;
    expect([outcome, failure?.type]).toEqual(['interrupted', 'KeyboardInterrupt']);
    expect(output.replaceAll('\n', ' ')).toContain('tidied tidied');
    expect(output).not.toContain('pyrepl3/');
    expect(output).not.toContain('asyncio/');
    expect(await trial.says('len(asyncio.all_tasks(asyncio.get_event_loop()))')).toBe('0\n');
  });

  it('stops a task that swallows its cancellation at a second interrupt', async () => {
    const trial = openTrial(python);
    // Printed by a thread: the interrupt must find the loop waiting.
    await trial.says(`
import asyncio, threading
async def deaf():
    while True:
        try:
            threading.Timer(0.1, print, ("on",)).start()
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            print("deaf")
            while True: pass
`);
    const running = trial.run('await deaf()');
    await trial.shows('on\n');
    trial.session.interrupt();
    await trial.shows('deaf\n');
    trial.session.interrupt();
    expect((await running).outcome).toBe('interrupted');
    expect(await trial.says('1')).toBe('1\n');
  });

  it('shows errors of coroutines without a frame of ours or of the loop', async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 1 / 0\n');
    const { outcome, output, failure } = await trial.run('await f()');
    expect([outcome, failure?.type]).toEqual(['raised', 'ZeroDivisionError']);
    expect(output.match(/File/g)).toHaveLength(2);
    expect(output).not.toContain('asyncio/');
  });

  it('ends the session at `sys.exit` in a coroutine', async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio, sys\nasync def f():\n    await asyncio.sleep(0)\n    sys.exit(5)\n');
    expect(await trial.run('await f()')).toMatchObject({ outcome: 'exiting', end: { status: 5 } });
  });

  it('answers questions and runs while tasks go on', async () => {
    const trial = openTrial(python);
    await trial.says(`
import asyncio
async def spin():
    while True: await asyncio.sleep(0)
async def start(): return asyncio.ensure_future(spin())
task = await start()
`);
    for (let turn = 0; turn < 50; turn += 1) {
      expect(await trial.says(`${turn}`)).toBe(`${turn}\n`);
    }
    expect((await trial.session.complete('asynci', 6)).matches.map(({ text }) => text)).toContain('asyncio');
    const asked = trial.run('input("? ")');
    await trial.answers('a');
    expect((await asked).output).toBe("? 'a'\n");
  });

  it('is no harm to what a task raises while the prompt waits', async () => {
    const trial = openTrial(python);
    await trial.says(`
import asyncio
async def fail():
    await asyncio.sleep(0.02)
    print("failing")
    1/0
async def start(): return asyncio.ensure_future(fail())
task = await start()
`);
    await trial.shows('failing\n');
    expect(await trial.says('task.exception()')).toContain('ZeroDivisionError');
  });
});
