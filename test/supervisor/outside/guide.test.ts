/** The guide's tables of what is open tell the truth: each of their rows is played, and none is without a story. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PYTHONS } from '../../support/pythons.ts';
import { playStory } from '../../support/story.ts';

const GUIDE = join(import.meta.dirname, '..', '..', '..', 'docs', 'guide.md');
const FILES = '| what was open | after an undo | where it has changed meanwhile |';
const CONNECTIONS = '| what was open before the run | after an undo of the run | after a crash |';

/** What is open is `f`; the run that is undone leaves it as it is, or changes it. */
interface Story {
  open: string;
  change: string;
  /** What to look at after the undo, and what that says where the cell is true. */
  look: (isChanged: boolean) => string;
  /** The cells that this proves. */
  cells: [string, string];
}

const WRITE_NEW = 'f.write("new"); f.flush(); print(open("d").read())';
const COMMIT =
  'f.execute("insert into t values (3)") and None; f.commit(); print(f.execute("select max(x) from t").fetchone()[0])';
const IN_DATABASE =
  'import sqlite3; f = sqlite3.connect("d", timeout=0); f.execute("create table t(x)") and None; f.commit()';

const STORIES: Record<string, Story> = {
  'a file that is read': {
    open: 'import os; f = open("d", "w").write("0123456789") and os.open("d", os.O_RDONLY); os.read(f, 4) and None',
    change: 'os.read(f, 4) and None; open("d", "a").write("more") and None',
    look: () => "print(os.read(f, 3))\n= b'456'",
    cells: ['goes on where it stood', 'goes on where it stood'],
  },
  'a file that is written from its begin to its end': {
    open: 'f = open("d", "w"); f.write("begin") and None; f.flush()',
    change: 'f.write("undone") and None; f.flush()',
    look: (isChanged) => `${WRITE_NEW}\n= begin${isChanged ? 'undone' : ''}new`,
    cells: ['goes on where it stood', 'goes on at its end'],
  },
  'a file that is appended to': {
    open: 'f = open("d", "a"); f.write("begin") and None; f.flush()',
    change: 'f.write("undone") and None; f.flush()',
    look: (isChanged) => `${WRITE_NEW}\n= begin${isChanged ? 'undone' : ''}new`,
    cells: ['goes on at its end', 'goes on at its end'],
  },
  'a file that is read and written': {
    open: 'import os; f = os.open("d", os.O_RDWR | os.O_CREAT); os.write(f, b"begin") and None',
    change: 'os.write(f, b"undone") and None',
    look: (isChanged) =>
      isChanged
        ? 'os.write(f, b"new")\n= OSError: [Errno 9] Bad file descriptor\nprint(os.pread(f, 5, 0))\n= b\'begin\''
        : 'os.write(f, b"new") and None; print(open("d").read())\n= beginnew',
    cells: ['goes on where it stood', 'can only be read'],
  },
  'an SQLite database outside of a transaction': {
    open: IN_DATABASE,
    change: 'f.execute("insert into t values (2)") and None; f.commit()',
    look: () => `${COMMIT}\n= 3`,
    cells: ['goes on', 'goes on'],
  },
  'an SQLite database in a transaction': {
    open: `${IN_DATABASE}; f.execute("insert into t values (1)") and None`,
    change: 'f.commit()',
    look: (isChanged) =>
      isChanged
        ? `${COMMIT}\n~ disk I/O error|readonly`
        : '? import sqlite3; sqlite3.connect("d", timeout=0).execute("begin immediate")\n~ locked\nf.commit(); print(f.execute("select count(*) from t").fetchone()[0])\n= 1',
    cells: ['goes on, still locked', 'can only be read; its own error says so'],
  },
  'a lock of a file': {
    open: 'import fcntl; f = open("d", "w+"); fcntl.lockf(f, fcntl.LOCK_EX)',
    change:
      'fcntl.lockf(f, fcntl.LOCK_UN)\n? import fcntl; theirs = open("d", "r+"); fcntl.lockf(theirs, fcntl.LOCK_EX | fcntl.LOCK_NB)\n= None',
    look: (isChanged) =>
      isChanged
        ? 'f.write("x") and None; f.flush()\n= OSError: [Errno 9] Bad file descriptor'
        : '? import fcntl; theirs = open("d", "r+"); fcntl.lockf(theirs, fcntl.LOCK_EX | fcntl.LOCK_NB)\n~ BlockingIOError',
    cells: ['is held again', 'if somebody else has it by now, the file can only be read'],
  },
};

/** Somebody else listens; where is in a file. */
const SERVER = `
  n = 0
  ? import socket; server = socket.create_server(("127.0.0.1", 0)); open("port", "w").write(str(server.getsockname()[1])) and None
  = None
  import socket; f = socket.create_connection(("127.0.0.1", int(open("port").read())))
  ? peer = server.accept()[0]; peer.settimeout(10)
  = None`;
const IS_GONE = `
  f.send(b"y")
  ~ ^ConnectionResetError
  ? peer.recv(9)`;
const CONNECT = '? socket.create_connection(("127.0.0.1", int(open("port").read())), 10).close()';
const SEND =
  '? socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", int(open("port").read())))';

/** A story for each row of connections, with the cells that it proves. */
const CONVERSATIONS: Record<string, { story: string; cells: [string, string] }> = {
  'a TCP connection that the run has not used': {
    story: `${SERVER}
      n = 1
      %undo
      =
      f.send(b"x") and None
      ? peer.recv(9)
      = b'x'
      %crash
      ~ is closed
      ${IS_GONE}
      = b''`,
    cells: ['goes on', 'closed'],
  },
  'a TCP connection that the run has used': {
    story: `${SERVER}
      f.send(b"x") and None
      %undo
      ~ has gone on without this state, and is closed
      ${IS_GONE}
      = b'x'
      ? peer.recv(9)
      = b''`,
    cells: ['closed', 'closed'],
  },
  'a local connection to a process that the session started (`Manager`, `Pipe`)': {
    story: `
      import multiprocessing; m = multiprocessing.get_context("fork").Manager(); f = m.list(); f.append(1)
      n = 1
      %undo
      =
      f.append(2); print(len(f))
      = 2
      %crash
      ~ is closed
      f.append(3)
      ~ ^(ConnectionResetError|BrokenPipeError)`,
    cells: ['goes on', 'closed'],
  },
  "a local connection to anybody else's (a database by its socket file)": {
    story: `
      n = 0
      ? import socket; server = socket.socket(socket.AF_UNIX); server.bind("s"); server.listen()
      = None
      import socket; f = socket.socket(socket.AF_UNIX); f.connect("s")
      ? peer = server.accept()[0]; peer.settimeout(10)
      = None
      n = 1
      %undo
      ~ and is closed
      ? peer.recv(9)
      = b''`,
    cells: ['closed: nothing tells whether it was used', 'closed'],
  },
  'a server': {
    story: `
      import socket; f = socket.create_server(("127.0.0.1", 0)); f.settimeout(10); open("port", "w").write(str(f.getsockname()[1])) and None
      ? import socket
      = None
      ${CONNECT}
      = None
      n = 1
      %undo
      =
      print(f.accept()[0].recv(9))
      = b''
      %crash
      =
      ${CONNECT}
      = None
      print(f.accept()[0].recv(9))
      = b''`,
    cells: ['goes on, with clients that wait', 'listens again, if nobody else does'],
  },
  UDP: {
    story: `
      import socket; f = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); f.bind(("127.0.0.1", 0)); f.settimeout(10); open("port", "w").write(str(f.getsockname()[1])) and None
      ? import socket
      = None
      n = 1
      %undo
      =
      ${SEND}
      = 1
      print(f.recv(9))
      = b'x'
      %crash
      =
      ${SEND}
      = 1
      print(f.recv(9))
      = b'x'`,
    cells: ['goes on', 'opened again'],
  },
};

const python = PYTHONS.find(({ version }) => version === '3.11') ?? PYTHONS[0];

describe.runIf(process.platform === 'linux' && python)('what is open, as the guide tells it', () => {
  it('has a story for each row, and a row for each story', () => {
    expect(rowsOfGuide(FILES)).toEqual(
      Object.fromEntries(Object.entries(STORIES).map(([name, { cells }]) => [name, cells])),
    );
  });

  it.each(Object.entries(STORIES))('%s', async (_, { open, change, look }) => {
    if (!python) throw new Error('There is no Python');
    await playStory(python, `${open}\nn = 1\n%undo\n${look(false)}`);
    await playStory(python, `${open}\n${change}\n%undo\n${look(true)}`);
  });

  it('has a story for each row of connections, and a row for each story', () => {
    const told = Object.entries(CONVERSATIONS).map(([name, { cells }]) => [name, cells]);
    expect(rowsOfGuide(CONNECTIONS)).toEqual(Object.fromEntries(told));
  });

  it.each(Object.entries(CONVERSATIONS))('%s', async (_, { story }) => {
    if (!python) throw new Error('There is no Python');
    await playStory(python, story);
  });
});

function rowsOfGuide(title: string): Record<string, string[]> {
  const lines = readFileSync(GUIDE, 'utf8').split('\n');
  const begin = lines.indexOf(title) + 2;
  const rows = lines
    .slice(begin, lines.indexOf('', begin))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return Object.fromEntries(rows.map(([, name = '', ...cells]) => [name, cells.slice(0, 2)]));
}
