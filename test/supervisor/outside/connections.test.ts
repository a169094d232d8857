/** Connections of a session that goes back, is stopped or dies, with servers that are real and elsewhere. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

interface Server {
  port: number;
  /** The connections that it has now. */
  open: Set<Socket>;
}

/** A server in this process that keeps connections for the next request. */
async function serve(): Promise<Server> {
  const open = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.end(`${request.url}`);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, open };
}

function client(port: number): string {
  return `
import http.client
c = http.client.HTTPConnection("127.0.0.1", ${port}, timeout=10)
def ask(path):
    c.request("GET", path)
    return c.getresponse().read().decode()
ask("/first")`;
}

onPythons(ONE, 'a kept connection', (python) => {
  it('goes on after an undo of something else, and after a redo', async () => {
    const { port, open } = await serve();
    const trial = openTrial(python);
    await trial.says(client(port));
    const [socket] = open;
    await trial.says('n = 1');
    expect((await trial.session.undo()).notes).toEqual([]);
    expect((await trial.session.redo()).notes).toEqual([]);
    expect(await trial.says('ask("/second")')).toBe("'/second'\n");
    expect([...open]).toEqual([socket]);
  });

  it('is closed by the undo of a request, which says so, and the next is answered by a new one', async () => {
    const { port, open } = await serve();
    const trial = openTrial(python);
    await trial.says(client(port));
    const [socket] = open;
    await trial.says('ask("/second")');
    expect((await trial.session.undo()).notes).toEqual([
      `the connection to 127.0.0.1:${port} has gone on without this state, and is closed`,
    ]);
    await until(
      () => open.size === 0,
      () => 'the server to see the end',
    );
    await trial.run('ask("/third")');
    expect(await trial.says('c.close(); ask("/fourth")')).toBe("'/fourth'\n");
    expect(open.has(socket as Socket)).toBe(false);
  });

  it('goes on where a run that did not use it was stopped', async () => {
    const { port, open } = await serve();
    const trial = openTrial(python);
    await trial.says(client(port));
    const [socket] = open;
    const running = trial.run('print("on")\nwhile True: pass');
    await trial.shows('on\n');
    trial.session.kill();
    expect((await running).outcome).toBe('died');
    expect(await trial.says('ask("/second")')).toBe("'/second'\n");
    expect([...open]).toEqual([socket]);
  });

  it('is dead after a death', async () => {
    const { port } = await serve();
    const trial = openTrial(python);
    let notes: readonly string[] = [];
    trial.session.on('death', (death) => {
      notes = death.notes;
    });
    await trial.says(client(port));
    expect((await trial.run('import os; os.abort()')).outcome).toBe('died');
    expect(notes).toEqual([`the connection to 127.0.0.1:${port} is closed`]);
    const failed = 'try: c.sock.send(b"x")\nexcept ConnectionResetError: print("reset")';
    expect(await trial.says(failed)).toBe('reset\n');
  });

  it('that was closed after it had gone on does no harm to the states after it', async () => {
    const { port } = await serve();
    const trial = openTrial(python);
    await trial.says(client(port));
    await trial.says('n = 1');
    await trial.session.undo();
    await trial.says('c.close()');
    // Its number is somebody else's now.
    await trial.says('n = 2');
    for (let time = 0; time < 2; time += 1) {
      expect((await trial.run('import os; os.abort()')).outcome).toBe('died');
      expect(await trial.says('n')).toBe('2\n');
    }
    await trial.session.undo();
    expect(trial.session.states.filter(({ copy }) => copy === 'gone')).toEqual([]);
  });

  it.each(['AF_INET', 'AF_UNIX'])('of %s that is dead stays so, and is told of once', async (family) => {
    const trial = openTrial(python);
    const deaths: (readonly string[])[] = [];
    trial.session.on('death', ({ notes }) => deaths.push(notes));
    await trial.says(`
import os, socket
server = socket.socket(socket.${family}); server.bind(("127.0.0.1", 0) if "${family}" == "AF_INET" else chr(0) + "pyrepl3-%d" % os.getpid())
server.listen(); c = socket.socket(socket.${family}); c.connect(server.getsockname()); c.settimeout(10)
server.close()`);
    await trial.says('n = 1');
    await trial.session.undo();
    await trial.run('os.abort()');
    await trial.says('n = 2');
    expect((await trial.session.undo()).notes).toEqual([]);
    await trial.run('os.abort()');
    await trial.says('n = 3');
    await trial.run('os.abort()');
    expect(deaths.slice(1)).toEqual([[], []]);
    expect(await trial.says('try: c.recv(1)\nexcept ConnectionResetError: print("reset")')).toBe('reset\n');
  });

  it('of a manager goes on with undo and stop, unless an answer is awaited', async () => {
    const trial = openTrial(python);
    await trial.says(`
import multiprocessing, os
m = multiprocessing.get_context("fork").Manager()
d, e = m.dict(a=1), m.Event()
def attempt(ask):
    try:
        return ask()
    except ConnectionError:
        return "reset"
len(d), e.is_set()`);
    await trial.says('n = 1');
    await trial.session.undo();
    expect(await trial.says('d["a"]')).toBe('1\n');
    await stop(trial, 'while True: pass');
    expect(await trial.says('attempt(lambda: d["a"])')).toBe('1\n');
    await stop(trial, 'e.wait()', READING);
    expect(await trial.says('attempt(e.is_set)')).toBe("'reset'\n");
  });
});

/** How the kernel tells of a process that waits in `read`: its number on x86-64 and on aarch64. */
const READING = /^(0|63) /;

/** Stop a run for good, once its main thread is where it should be. */
async function stop(trial: Trial, code: string, where = /./): Promise<void> {
  const pid = Number(await trial.says('print(os.getpid())'));
  trial.forget();
  const running = trial.run(`print("on")\n${code}`);
  await trial.shows('on\n');
  await until(
    () => where.test(readFileSync(`/proc/${pid}/syscall`, 'utf8')),
    () => 'the run to wait',
  );
  trial.session.kill();
  expect((await running).outcome).toBe('died');
}
