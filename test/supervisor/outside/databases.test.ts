/** PostgreSQL and Redis, where they are installed, and a session that goes back in the middle of a conversation. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ONE } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

const POSTGRES = '/usr/lib/postgresql';
const hasRedis = spawnSync('which', ['redis-server']).status === 0;
const postgres = folderOf(POSTGRES);

/** The programs of the newest version. */
function folderOf(folder: string): string | null {
  try {
    return join(folder, readdirSync(folder).sort().at(-1) ?? '', 'bin');
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function ends(child: ChildProcess): void {
  onTestFinished(async () => {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
  });
}

async function startRedis(): Promise<number> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', `${port}`, '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  ends(child);
  await until(
    () => spawnSync('redis-cli', ['-p', `${port}`, 'ping']).stdout.toString() === 'PONG\n',
    () => 'Redis to answer',
  );
  return port;
}

/** As root it will not run: then it runs as its own user. */
async function startPostgres(
  bin: string,
): Promise<{ port: number; folder: string; psql: (query: string) => string }> {
  const port = await freePort();
  const folder = mkdtempSync('/tmp/pg-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const number = (flag: string) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString());
  const who = process.getuid?.() === 0 ? { uid: number('-u'), gid: number('-g') } : {};
  if (who.uid) chownSync(folder, who.uid, who.gid);
  const data = join(folder, 'data');
  spawnSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'tester', '--no-sync'], {
    ...who,
    cwd: folder,
  });
  const options = ['-D', data, '-p', `${port}`, '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-F'];
  ends(spawn(join(bin, 'postgres'), options, { ...who, cwd: folder, stdio: 'ignore' }));
  const psql = (query: string) =>
    spawnSync('psql', ['-h', folder, '-p', `${port}`, '-U', 'tester', '-d', 'postgres', '-Atc', query])
      .stdout.toString()
      .trim();
  await until(
    () => psql('select 1') === '1',
    () => 'PostgreSQL to answer',
  );
  return { port, folder, psql };
}

/** The little of its protocol that is needed: each query returns the tags of what was done. */
const SPEAK = `
import socket, struct
def connect(address, family=socket.AF_INET):
    end = socket.socket(family)
    end.settimeout(10)
    end.connect(address)
    words = struct.pack(">i", 196608) + b"user\\0tester\\0database\\0postgres\\0\\0"
    end.sendall(struct.pack(">i", len(words) + 4) + words)
    read(end)
    return end
def read(end):
    tags = []
    with_buffer = end.makefile("rb", buffering=0)
    def exactly(size):
        data = b""
        while len(data) < size:
            more = with_buffer.read(size - len(data))
            if not more:
                raise ConnectionResetError
            data += more
        return data
    while True:
        kind, size = struct.unpack(">ci", exactly(5))
        body = exactly(size - 4)
        if kind == b"C":
            tags.append(body[:-1].decode())
        elif kind == b"Z":
            return tags
def query(end, text):
    body = text.encode() + b"\\0"
    end.sendall(b"Q" + struct.pack(">i", len(body) + 4) + body)
    return read(end)
def attempt(*arguments):
    try:
        return query(*arguments)
    except ConnectionError as error:
        return type(error).__name__
`;

describe.runIf(postgres).each(ONE)('PostgreSQL, Python $version', (python) => {
  it('keeps a transaction that nothing was said in, and drops one that an undone run went on with', async () => {
    const { port, psql } = await startPostgres(postgres as string);
    psql('create table t (n int)');
    const trial = openTrial(python);
    await trial.says(
      `${SPEAK}\nc = connect(("127.0.0.1", ${port})); query(c, "begin"); query(c, "insert into t values (1)")`,
    );
    await trial.says('n = 1');
    expect((await trial.session.undo()).notes).toEqual([]);
    expect(await trial.says('query(c, "insert into t values (2)")')).toBe("['INSERT 0 1']\n");
    await trial.says('query(c, "commit")');
    expect((await trial.session.undo()).notes).toEqual([
      `the connection to 127.0.0.1:${port} has gone on without this state, and is closed`,
    ]);
    expect(await trial.says('attempt(c, "commit")')).toBe("'ConnectionResetError'\n");
    const others =
      "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid != pg_backend_pid()";
    await until(
      () => psql(others) === '0',
      () => 'the server to see the end',
    );
    expect(psql('select string_agg(n::text, $$,$$) from t')).toBe('1,2');
  });

  it('ends a conversation by its socket file, which does not tell whether it has gone on', async () => {
    const { port, folder } = await startPostgres(postgres as string);
    const trial = openTrial(python);
    const path = `${folder}/.s.PGSQL.${port}`;
    await trial.says(`${SPEAK}\nc = connect("${path}", socket.AF_UNIX); query(c, "begin")`);
    await trial.says('n = 1');
    expect((await trial.session.undo()).notes).toEqual([
      `the connection to ${path} may have gone on without this state, and is closed`,
    ]);
    expect(await trial.says('attempt(c, "commit")')).toMatch(/'(ConnectionResetError|BrokenPipeError)'/);
  });
});

describe.runIf(hasRedis).each(ONE)('Redis, Python $version', (python) => {
  it('keeps a transaction that nothing was said in, and drops one that an undone run went on with', async () => {
    const port = await startRedis();
    const trial = openTrial(python);
    await trial.says(`
import socket
c = socket.create_connection(("127.0.0.1", ${port}), 10)
def ask(text):
    c.sendall(text.encode() + b"\\r\\n")
    return c.recv(1000).decode().split("\\r\\n")[0]
ask("MULTI")`);
    await trial.says('n = 1');
    await trial.session.undo();
    expect(await trial.says('ask("SET k 1")')).toBe("'+QUEUED'\n");
    await trial.says('ask("EXEC")');
    await trial.session.undo();
    expect((await trial.run('ask("EXEC")')).failure?.type).toBe('ConnectionResetError');
    expect(spawnSync('redis-cli', ['-p', `${port}`, 'get', 'k']).stdout.toString()).toBe('1\n');
  });
});
