/** A writer has nothing of the session's but its memory: what the program holds open notices nothing of it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keeps, openSaved } from '../../support/checkpoints.ts';
import { ONE, onPythons } from '../../support/pythons.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A server that keeps what it is sent, and says back what it hears. */
async function openEcho() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

onPythons(ONE, 'a writer', (python) => {
  it('leaves sockets, pipes and listeners to the session', async () => {
    const port = await openEcho();
    const trial = openSaved(python);
    await keeps(
      trial,
      `
import os, socket
peer = socket.create_connection(("127.0.0.1", ${port}))
server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen(5)
reader, writer = os.pipe()
n = 1
class Talker:
    """Speaks on all that it finds as it is saved."""
    def __reduce__(self):
        for number in range(3, 200):
            try: os.write(number, b"talk")
            except OSError: pass
        os.system("echo talk; echo talk >&2"); print("talk")
        return str, ("talked",)
talker = Talker()`,
    );
    await trial.session.checkpoints.save({ name: 'it' }).done;
    expect(trial.text).not.toContain('talk');
    const address = await trial.says('print(server.getsockname()[1])');
    const client = connect(Number(address), '127.0.0.1');
    onTestFinished(() => void client.destroy());
    expect(await trial.says('peer.sendall(b"hello"); print(peer.recv(5), server.accept()[1][0], n)')).toBe(
      "b'hello' 127.0.0.1 1\n",
    );
    expect(await trial.says('_ = os.write(writer, b"x"); print(os.read(reader, 10))')).toBe("b'x'\n");
  });

  it('neither writes files that are being written, nor moves them', async () => {
    const file = join(newFolder(), 'half.txt');
    const trial = openSaved(python);
    await keeps(
      trial,
      `
half = open(${JSON.stringify(file)}, "w+"); _ = half.write("one\\n"); half.flush(); _ = half.write("two")
class Toucher:
    def __reduce__(self):
        half.write("no"); half.close()
        return int, ()
toucher = Toucher()
rest = open("/proc/self/environ", "rb"); _ = rest.read(4)`,
    );
    await trial.session.checkpoints.save({ name: 'it' }).done;
    expect(readFileSync(file, 'utf8')).toBe('one\n');
    expect(await trial.says('_ = half.write("three"); half.close(); rest.tell()')).toBe('4\n');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwothree');
  });

  it('leaves an event loop, its tasks and its timers to the session', async () => {
    const trial = openSaved(python);
    await keeps(
      trial,
      `
import asyncio
count = 0
async def tick():
    global count
    while True:
        count += 1; await asyncio.sleep(0.002)
await asyncio.sleep(0)
task = asyncio.ensure_future(tick())
await asyncio.sleep(0.01)`,
    );
    const before = Number(await trial.says('await asyncio.sleep(0.02); print(count)'));
    await trial.session.checkpoints.save({ name: 'it' }).done;
    const after = Number(await trial.says('await asyncio.sleep(0.02); print(count)'));
    expect(after).toBeGreaterThan(before);
    await trial.session.checkpoints.restore('it');
    const restored = Number(await trial.says('print(count)'));
    expect(restored).toBeGreaterThanOrEqual(before);
    expect(restored).toBeLessThanOrEqual(after);
  });
});

onPythons(ONE, 'a writer beside threads', (python) => {
  it('saves the names as they are at that moment, and the threads go on', async () => {
    const trial = openSaved(python);
    await keeps(
      trial,
      `
import threading, time, sys
sys.setswitchinterval(1e-5)
counts = [0, 0, 0, 0]
lock = threading.Lock()
def count(n):
    while True:
        with lock: counts[n] += 1
threads = [threading.Thread(target=count, args=(n,), daemon=True) for n in range(4)]
for thread in threads: thread.start()`,
    );
    const before = Number(await trial.says('time.sleep(0.05); print(sum(counts))'));
    for (let n = 0; n < 5; n += 1) await trial.session.checkpoints.save({ name: `save ${n}` }).done;
    const after = Number(await trial.says('time.sleep(0.05); print(sum(counts))'));
    expect(after).toBeGreaterThan(before);
    await trial.session.checkpoints.restore('save 4');
    const restored = Number(await trial.says('print(sum(counts))'));
    expect(restored).toBeGreaterThan(before);
    expect(restored).toBeLessThan(after);
  });
});
