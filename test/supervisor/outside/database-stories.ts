/** Stories of sqlite, see `../support/story.ts`: one connection in the session, and writers beside it. */

const MANY = '[(i, "r%d" % i * 5) for i in range(2000)]';

/** A database with rows, and an index, which shows a page that is not of its time. */
function open(mode: string, more = ''): string {
  return `
    import sqlite3; db = sqlite3.connect("d.db", timeout=0); _ = db.executescript("pragma journal_mode = ${mode}; create table t (x integer primary key, y); create index ty on t (y);"), db.executemany("insert into t values (?, ?)", ${MANY}), db.commit(); _ = None
    ${more}
  `;
}

const INSERT = (from: number, count = 300) =>
  `_ = db.executemany("insert into t values (?, ?)", [(${from} + i, "n%d" % i * 5) for i in range(${count})]) and None`;

/** Somebody else adds 1500 rows and removes 801. */
const THEIRS =
  '? query("d.db", "insert into t select x + 90000, \'k\' || y from t where x < 1500", "delete from t where x between 100 and 900", "select count(*) from t")';

/** With these, a large transaction writes to the database long before it is committed. */
const FEW_PAGES = '_ = db.execute("pragma cache_size = 5").fetchall()';
const SPILL =
  '_ = db.executemany("update t set y = ? where x = ?", [("s%d" % i * 9, i) for i in range(2000)]) and None';
const NOTHING_SPILLED = `
    ? query("d.db", "select count(*) from t where y like 's%'")
    = [(0,)]
`;

const LOCKED = '= OperationalError: database is locked';

const WHOLE = `
    ? query("d.db", "pragma integrity_check")
    = [('ok',)]
`;

function count(rows: number): string {
  return `
    ? query("d.db", "select count(*) from t")
    = [(${rows},)]
  `;
}

const REFUSES = `
    ${INSERT(20000, 100)}; db.commit()
    ~ ^sqlite3\\.(OperationalError|DatabaseError)
`;

const RECONNECTS = `
    db.close(); db = sqlite3.connect("d.db", timeout=0); _ = db.execute("insert into t values (70000, 'again')") and db.commit()
    db.execute("select y from t where x = 70000").fetchall()
    = [('again',)]
    db.close()
    ? begin("d.db", "exclusive")
    = 'free'
`;

function inEach(name: string, story: (mode: string) => string): Record<string, string> {
  return Object.fromEntries(
    (['delete', 'wal', 'persist'] as const).map((mode) => [`${name} (${mode})`, story(mode)]),
  );
}

export const KEPT = `
    ${open('delete')}
    ${INSERT(10000)}
    n = 1
    %undo
    =
    ${THEIRS}
    ${LOCKED}
    ${INSERT(20000, 100)}; db.commit()
    ${count(2400)} ${WHOLE}
    ${THEIRS}
    = [(3099,)]
    db.execute("select count(*) from t").fetchall()
    = [(3099,)]
    db.close()
    ${WHOLE}
  `;

export const UNDONE = `
    ${open('delete')}
    ${INSERT(10000)}
    db.commit()
    %undo
    ~ d\\.db was changed .*opens? it again
    ? query("d.db", "pragma integrity_check")
    = [('ok',)]
    ${REFUSES} ${RECONNECTS} ${WHOLE} ${count(2301)}
    ${THEIRS}
    = [(3000,)]
    ${WHOLE}
  `;

export const DATABASES: Readonly<Record<string, string>> = {
  'an open transaction, gone on with after an undo': KEPT,
  'an undone commit, and another writer': UNDONE,
  ...inEach('an open transaction, a crash and a kill', (mode) =>
    [
      open(mode),
      INSERT(10000),
      '%crash\n=',
      THEIRS,
      LOCKED,
      '%kill\n=',
      THEIRS,
      LOCKED,
      `${INSERT(20000, 100)}; db.commit()`,
      count(2400),
      WHOLE,
      THEIRS,
      '= [(3099,)]',
      'db.execute("select count(*) from t").fetchall()\n= [(3099,)]',
      'db.close()',
      WHOLE,
    ].join('\n'),
  ),
  ...inEach('an undone commit of a transaction that was open', (mode) =>
    [
      open(mode),
      INSERT(10000),
      'db.commit()',
      '%undo',
      '~ d\\.db was changed .*opens? it again',
      REFUSES,
      RECONNECTS,
      WHOLE,
      count(2301),
    ].join('\n'),
  ),
  ...inEach('another writer before the undo of a commit', (mode) =>
    [
      open(mode),
      INSERT(10000),
      'db.commit()',
      THEIRS,
      '= [(2999,)]',
      '%undo',
      '~ d\\.db was changed .*opens? it again',
      REFUSES,
      RECONNECTS,
      WHOLE,
      count(3000),
    ].join('\n'),
  ),
  ...inEach('no transaction open, a commit undone, and another writer', (mode) =>
    [
      open(mode),
      `${INSERT(10000)}; db.commit()`,
      '%undo',
      THEIRS,
      '= [(2999,)]',
      'db.execute("select count(*) from t").fetchall()\n= [(2999,)]',
      `${INSERT(20000, 100)}; db.commit()`,
      '%crash',
      'db.execute("select count(*) from t").fetchall()\n= [(3099,)]',
      'db.close()',
      count(3099),
      WHOLE,
    ].join('\n'),
  ),
  ...inEach('a transaction that spills to the disk and is undone', (mode) =>
    [
      open(mode, FEW_PAGES),
      SPILL,
      '%undo',
      NOTHING_SPILLED,
      WHOLE,
      `${INSERT(20000, 100)}; db.commit()`,
      'db.close()',
      count(2100),
      WHOLE,
    ].join('\n'),
  ),
  ...inEach('a transaction that spills to the disk and crashes', (mode) =>
    [
      open(mode, FEW_PAGES),
      `${SPILL}; import os; os.kill(os.getpid(), 11)`,
      '~ died',
      NOTHING_SPILLED,
      WHOLE,
      `${INSERT(20000, 100)}; db.commit()`,
      'db.close()',
      count(2100),
      WHOLE,
    ].join('\n'),
  ),
  ...inEach('more of an open transaction spilled, and undone', (mode) =>
    [
      open(mode, FEW_PAGES),
      '_ = db.execute("update t set y = \'first\' where x = 1")',
      SPILL,
      '%undo',
      'try: db.rollback()',
      'except sqlite3.Error: pass',
      'db.close()',
      WHOLE,
      NOTHING_SPILLED,
      '? begin("d.db", "exclusive")',
      "= 'free'",
    ].join('\n'),
  ),
  ...inEach('a transaction that has spilled, gone on with after an undo and a crash', (mode) =>
    [
      open(mode, FEW_PAGES),
      SPILL,
      'n = 1',
      '%undo\n=',
      '%crash\n=',
      '? begin("d.db")',
      "= 'held'",
      '_ = db.execute("delete from t where x >= 1000"); db.rollback()',
      WHOLE,
      NOTHING_SPILLED,
      SPILL,
      '%kill\n=',
      'db.commit(); db.close()',
      WHOLE,
      `? query("d.db", "select count(*) from t where y like 's%'")`,
      '= [(2000,)]',
    ].join('\n'),
  ),
  'a mapped database, an undone commit, and another writer': `
    ${open('delete', '_ = db.execute("pragma mmap_size = 100000000").fetchall(), db.execute("select count(y) from t").fetchall()')}
    ${INSERT(10000)}
    db.commit()
    %undo
    ~ d\\.db was changed .*opens? it again
    ? query("d.db", "insert into t values (80000, 'theirs')", "select count(*) from t")
    ~ ^(\\[\\(2301,\\)\\]|OperationalError: database is locked)$
    ${REFUSES} ${RECONNECTS} ${WHOLE}
  `,
  'a write-ahead log that is checkpointed by another writer, after a crash': `
    ${open('wal')}
    ${INSERT(10000)}; db.commit()
    %crash
    ? query("d.db", "insert into t select x + 90000, y from t where x < 400", "pragma wal_checkpoint(truncate)")
    = [(0, 0, 0)]
    db.execute("select count(*) from t").fetchall()
    = [(2700,)]
    ${INSERT(20000, 100)}; db.commit()
    db.close()
    ${count(2800)} ${WHOLE}
  `,
  'a savepoint, rolled back after an undo': `
    ${open('delete')}
    _ = db.execute("savepoint a"), db.execute("insert into t values (30000, 'a')")
    _ = db.execute("insert into t values (30001, 'b')")
    %undo
    =
    _ = db.execute("rollback to a"), db.execute("release a"), db.commit()
    ${INSERT(20000, 1)}; db.commit()
    ${count(2001)} ${WHOLE}
  `,
  'two connections of one session': `
    ${open('delete', 'other = sqlite3.connect("d.db", timeout=0)')}
    ${INSERT(10000)}
    n = 1
    %undo
    other.execute("insert into t values (1000000, 1)")
    ~ database is locked
    db.commit()
    _ = other.execute("insert into t values (1000000, 1)"), other.commit(), db.close(), other.close()
    ${count(2301)} ${WHOLE}
  `,
  'a database that is closed while copies sleep': `
    ${open('wal')}
    ${INSERT(10000)}; db.commit()
    n = 1
    db.close()
    ? opened("d.db"), __import__("os").listdir(".")
    = ('closed', ['d.db'])
    import os; os.remove("d.db")
    ${open('delete')}
    ${count(2000)} ${WHOLE}
  `,
  'the module dbm, where it is on sqlite': `
    import dbm; has = hasattr(dbm, "whichdb") and __import__("importlib.util").util.find_spec("dbm.sqlite3") is not None
    d = __import__("dbm.sqlite3").sqlite3.open("n.db", "c") if has else {}; d["a"] = b"1"
    d["b"] = b"2"
    %undo
    d["c"] = b"3"; print(bytes(d["a"]), bytes(d["c"]))
    = b'1' b'3'
    _ = d.close() if has else None
  `,
};
