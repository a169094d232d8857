/** Every kind of lock that a session can hold on a file, and how somebody else sees whether it is held. */

export interface LockKind {
  name: string;
  /** Makes the file where it is not there, opens it and takes the lock; run again it does not change the file. */
  take: string;
  /** Closes all that `take` opened. */
  close: string;
  /** What somebody else asks: `held` or `free`. */
  probe: string;
  /** The file. */
  path: string;
  /** Closing removes a file that the program would go on with: what it then believes is not true again. */
  isRemoved?: true;
  /** What must be there for it. */
  needs?: 'gdbm';
}

const IMPORTS = 'import fcntl, os, struct, mmap, sqlite3, mailbox, ctypes';
const TABLE =
  'create table if not exists t (x integer primary key, y); insert or ignore into t values (1, 1), (2, 2); commit;';

/** `struct flock` with a lock for writing on the whole file. */
const RECORD = 'struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)';

const GDBM =
  'gdbm = ctypes.CDLL("libgdbm.so.6"); gdbm.gdbm_open.restype = ctypes.c_void_p; gdbm.gdbm_close.argtypes = [ctypes.c_void_p]';

const KINDS: readonly LockKind[] = [
  {
    name: 'flock',
    take: 'f = open("f", "w"); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)',
    close: 'f.close()',
    probe: 'flock("f")',
    path: 'f',
  },
  {
    name: 'flock, shared, of a file for reading',
    take: 'open("f", "a").close(); f = open("f"); fcntl.flock(f, fcntl.LOCK_SH | fcntl.LOCK_NB)',
    close: 'f.close()',
    probe: 'flock("f")',
    path: 'f',
  },
  {
    name: 'flock of a folder',
    take: 'os.makedirs("d", exist_ok=True); f = os.open("d", os.O_RDONLY); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)',
    close: 'os.close(f)',
    probe: 'flock("d")',
    path: 'd',
  },
  {
    name: 'flock of a file that is mapped too',
    take: 'f = os.fdopen(os.open("f", os.O_RDWR | os.O_CREAT), "r+b"); _ = os.path.getsize("f") or f.truncate(4096); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); m = mmap.mmap(f.fileno(), 4096)',
    close: 'm.close(); f.close()',
    probe: 'flock("f")',
    path: 'f',
  },
  {
    name: 'flock by way of a duplicate, the first closed',
    take: 'a = os.open("f", os.O_RDWR | os.O_CREAT); fcntl.flock(a, fcntl.LOCK_EX | fcntl.LOCK_NB); f = os.dup(a); os.close(a)',
    close: 'os.close(f)',
    probe: 'flock("f")',
    path: 'f',
  },
  {
    name: 'lockf',
    take: 'f = open("f", "w"); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)',
    close: 'f.close()',
    probe: 'lockf("f")',
    path: 'f',
  },
  {
    name: 'lockf, shared',
    take: 'open("f", "a").close(); f = open("f"); fcntl.lockf(f, fcntl.LOCK_SH | fcntl.LOCK_NB)',
    close: 'f.close()',
    probe: 'lockf("f")',
    path: 'f',
  },
  {
    name: 'lockf of two ranges',
    take: 'f = open("f", "w"); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 0); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 20)',
    close: 'f.close()',
    probe:
      '"/".join(sorted({lockf("f", 9, 1), lockf("f", 20, 1)} | ({"wrong"} if "held" in lockf("f", 10, 10) + lockf("f", 30, 5) else set())))',
    path: 'f',
  },
  {
    name: 'lockf of a far range',
    take: 'f = open("f", "w"); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)',
    close: 'f.close()',
    probe: 'lockf("f", 0x40000100, 1)',
    path: 'f',
  },
  {
    name: 'a lock of an open file description',
    take: `f = open("f", "w"); _ = fcntl.fcntl(f, 37, ${RECORD})`,
    close: 'f.close()',
    probe: 'ofd("f")',
    path: 'f',
  },
  {
    name: 'flock and lockf of one file',
    take: 'f = open("f", "r+" if os.path.exists("f") else "w"); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)',
    close: 'f.close()',
    probe: '"/".join(sorted({flock("f"), lockf("f")}))',
    path: 'f',
  },
  {
    name: 'a mailbox',
    take: 'f = mailbox.mbox("m"); f.lock()',
    close: 'f.close()',
    probe: 'lockf("m")',
    path: 'm',
  },
  {
    name: 'sqlite, a transaction',
    take: `f = sqlite3.connect("s.db", timeout=0, isolation_level=None); _ = f.executescript("begin;${TABLE} begin; update t set y = 3;") and None`,
    close: 'f.close()',
    probe: 'begin("s.db")',
    path: 's.db',
  },
  {
    name: 'sqlite, an exclusive transaction',
    take: `f = sqlite3.connect("s.db", timeout=0, isolation_level=None); _ = f.executescript("begin;${TABLE} begin exclusive;") and None`,
    close: 'f.close()',
    probe: 'begin("s.db", "exclusive")',
    path: 's.db',
  },
  {
    name: 'sqlite, a reader half-way',
    take: `f = sqlite3.connect("s.db", timeout=0, isolation_level=None); _ = f.executescript("begin;${TABLE}") and None; c = f.execute("select x from t"); _ = next(c)`,
    close: 'c.close(); f.close()',
    probe: 'begin("s.db", "exclusive")',
    path: 's.db',
  },
  {
    name: 'sqlite that keeps its locks',
    take: `f = sqlite3.connect("s.db", timeout=0, isolation_level=None); _ = f.executescript("pragma locking_mode = exclusive; begin;${TABLE}") and None`,
    close: 'f.close()',
    probe: 'begin("s.db")',
    path: 's.db',
  },
  {
    name: 'sqlite with a write-ahead log, a transaction',
    take: `f = sqlite3.connect("w.db", timeout=0, isolation_level=None); _ = f.executescript("pragma journal_mode = wal; begin;${TABLE} begin; update t set y = 3;") and None`,
    close: 'f.close()',
    probe: 'begin("w.db")',
    path: 'w.db',
    isRemoved: true,
  },
  {
    name: 'gdbm',
    take: `${GDBM}; f = gdbm.gdbm_open(b"g.db", 0, 2, 0o600, None)`,
    close: 'gdbm.gdbm_close(f)',
    probe: 'flock("g.db")',
    path: 'g.db',
    needs: 'gdbm',
  },
];

export const LOCK_KINDS = KINDS.map((kind) => ({ ...kind, take: `${IMPORTS}; ${kind.take}` }));
