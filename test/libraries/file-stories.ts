/** Stories of libraries' files, see `../support/story.ts`. */

type Stories = Readonly<Record<string, string>>;

const H5 = `
  import h5py, numpy as np; f = h5py.File("p.h5", "w"); f["a"] = np.arange(1000); f.flush()
  ? import h5py
`;

/** What stands in the file, for somebody else. */
const SUMS = '? (lambda f: ({name: int(f[name][()].sum()) for name in f}, f.close()))(h5py.File("p.h5"))[0]';

export const HDF5: Stories = {
  'h5py, closed in one run and opened anew in the next': `
    ${H5}
    f.close()
    ? h5py.File("p.h5", "a").close()
    = None
    f = h5py.File("p.h5", "w"); f["b"] = np.arange(10)
    f.close()
    f = h5py.File("p.h5", "a"); f["c"] = np.arange(5)
    f = None
    with h5py.File("p.h5") as g: print(sorted(g))
    = ['b', 'c']
    ${SUMS}
    = {'b': 45, 'c': 10}
  `,
  'h5py, open while something else is undone': `
    ${H5}
    n = 1
    %undo
    =
    ? h5py.File("p.h5", "a")
    ~ BlockingIOError
    %crash
    =
    ? h5py.File("p.h5", "r")
    ~ BlockingIOError
    f["b"] = np.arange(10); f["a"][0] = 5; f.close()
    ${SUMS}
    = {'a': 499505, 'b': 45}
  `,
  'h5py, a write undone': `
    ${H5}
    f["b"] = np.arange(10); f.flush()
    %undo
    ~ p\\.h5 was changed .*opens? it again
    int(f["a"][:500].sum())
    = 124750
    f["c"] = np.arange(100_000)
    ~ Error: .*Bad file descriptor
    try: f.close()
    except Exception: pass
    del f
    ${SUMS}
    = {'a': 499500, 'b': 45}
    f = h5py.File("p.h5", "a"); f["d"] = np.arange(4); f.close()
    ${SUMS}
    = {'a': 499500, 'b': 45, 'd': 6}
  `,
  'h5py, a file that another writes after it was closed in the run that is undone': `
    ${H5}
    f.close()
    ? (lambda f: (f.create_dataset("theirs", data=[7]), f.close()))(h5py.File("p.h5", "a"))[1]
    = None
    %undo
    ~ p\\.h5
    f["c"] = np.arange(100_000)
    ~ Error: .*Bad file descriptor
    try: f.close()
    except Exception: pass
    del f
    ${SUMS}
    = {'a': 499500, 'theirs': 7}
  `,
  'h5py, a file that is read': `
    ${H5}
    f.close(); f = h5py.File("p.h5"); int(f["a"][:500].sum())
    n = 1
    %undo
    =
    ? h5py.File("p.h5", "a")
    ~ BlockingIOError
    ${SUMS}
    = {'a': 499500}
    int(f["a"][500:].sum())
    = 374750
    f.close()
    ? h5py.File("p.h5", "a").close()
    = None
  `,
  'xarray, a file that is loaded, closed and written again': `
    import numpy as np, xarray as xr; xr.Dataset({"v": ("t", np.arange(5.0))}).to_netcdf("xa.nc")
    ds = xr.open_dataset("xa.nc")
    twice = (ds * 2).load()
    ds.close()
    _ = twice.to_netcdf("xa.nc")
    print(xr.open_dataset("xa.nc").v.values)
    = [0. 2. 4. 6. 8.]
  `,
  'netCDF4, open while something else is undone, and a write undone': `
    import netCDF4; d = netCDF4.Dataset("n.nc", "w"); _ = d.createDimension("t", None); v = d.createVariable("v", "i4", ("t",)); v[0:3] = [1, 2, 3]; d.sync()
    n = 1
    %undo
    =
    v[3:5] = [4, 5]; d.sync()
    v[5:7] = [6, 7]; d.sync()
    %undo
    ~ n\\.nc
    try: v[5:6] = [66]; d.sync(); print("written")
    except Exception as error: print("refused")
    = refused
    try: d.close()
    except Exception: pass
    del v, d
    ? import os; os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"; import netCDF4
    ? (lambda d: (d["v"][:].tolist(), d.close()))(netCDF4.Dataset("n.nc"))[0]
    = [1, 2, 3, 4, 5, 6, 7]
  `,
};

const DUCK = `
  import duckdb; con = duckdb.connect("e.duckdb"); _ = con.execute("create table t (x bigint primary key, y varchar)"), con.execute("insert into t select range, 'a' from range(1000)")
  ? import duckdb
`;

function ducks(from: number, count: number): string {
  return `_ = con.execute("insert into t select range + ${from}, 'n' from range(${count})")`;
}

const COUNT = 'con.execute("select count(*) from t").fetchall()[0][0]';
/** A process that opens the file, counts and goes; another of the same kind would otherwise be shared. */
const THEIR_COUNT =
  '? (lambda c: (c.execute("select count(*), count(distinct x) from t").fetchall(), c.close()))(duckdb.connect("e.duckdb"))[0]';
const REFUSED = '~ ^IOException: .*Could not set lock';

export const DUCKDB: Stories = {
  'closed in one run, opened by another process, and again': `
    ${DUCK}
    con.close()
    ${THEIR_COUNT}
    = [(1000, 1000)]
    con = duckdb.connect("e.duckdb"); ${ducks(1000, 1)}; con.close()
    ${THEIR_COUNT}
    = [(1001, 1001)]
  `,
  'open while something else is undone, or crashes': `
    ${DUCK}
    n = 1
    %undo
    =
    ${THEIR_COUNT}
    ${REFUSED}
    ${ducks(1000, 5)}
    %crash
    =
    ${THEIR_COUNT}
    ${REFUSED}
    %kill
    =
    ${ducks(2000, 5)}; ${COUNT}
    = 1010
    con.close()
    ${THEIR_COUNT}
    = [(1010, 1010)]
  `,
  'an undone insert': `
    ${DUCK}
    ${ducks(1000, 10)}
    %undo
    ~ e\\.duckdb.* was changed .*opens? it again
    ${THEIR_COUNT}
    ${REFUSED}
    ${ducks(2000, 5)}
    ~ ^_?duckdb\\.\\w+(Exception|Error)
    try: con.close()
    except duckdb.Error: pass
    ${THEIR_COUNT}
    = [(1010, 1010)]
    con = duckdb.connect("e.duckdb"); ${ducks(3000, 1)}; con.close()
    ${THEIR_COUNT}
    = [(1011, 1011)]
  `,
  'an undone insert, and what a log tells after a power cut': `
    ${DUCK}
    ${ducks(1000, 10)}
    %undo
    try: ${ducks(2000, 10).slice(4)}; con.execute("delete from t where x = 2003")
    except duckdb.Error: pass
    ? import shutil; [shutil.copy(name, "cut" + name[1:]) for name in ("e.duckdb", "e.duckdb.wal")]
    ? (lambda c: (c.execute("select count(*) from t where x = 2003").fetchall(), c.execute("select count(*) from t where x between 2000 and 2009").fetchone()[0] in (0, 9), c.close()))(duckdb.connect("cut.duckdb"))[:2]
    = ([(0,)], True)
  `,
  'an undone checkpoint': `
    ${DUCK}
    ${ducks(1000, 10)}
    _ = con.execute("checkpoint")
    %undo
    ~ e\\.duckdb.* was changed .*opens? it again
    ${THEIR_COUNT}
    ${REFUSED}
    ${ducks(2000, 5)}
    ~ ^_?duckdb\\.\\w+(Exception|Error)
    try: con.close()
    except duckdb.Error: pass
    ${THEIR_COUNT}
    = [(1010, 1010)]
  `,
  'closed in the run that is undone, and written to by another': `
    ${DUCK}
    con.close()
    ? (lambda c: (c.execute("insert into t select range + 5000, 'theirs' from range(7)"), c.execute("checkpoint"), c.close()))(duckdb.connect("e.duckdb"))[2]
    = None
    %undo
    ~ e\\.duckdb
    ${ducks(2000, 5)}
    ~ ^_?duckdb\\.\\w+(Exception|Error)
    try: con.close()
    except duckdb.Error: pass
    ${THEIR_COUNT}
    = [(1007, 1007)]
  `,
  'an open transaction, gone on with': `
    ${DUCK}
    _ = con.begin(); ${ducks(1000, 5)}
    n = 1
    %undo
    =
    %crash
    =
    ${ducks(2000, 5)}; _ = con.commit(); con.close()
    ${THEIR_COUNT}
    = [(1010, 1010)]
  `,
};

const OPEN = "lmdb.open('l.mdb', map_size=1 << 26)";

/** A database of 5000 entries, and somebody else who puts and drops some. */
function lm(open = OPEN): string {
  const put = 't.put(b"%08d" % (i * 7919 % 100_000), bytes(60)) for i in range(start, start + count)';
  const drop = 't.delete(b"%08d" % (i * 7919 % 100_000)) for i in range(start, start + count)';
  const write = (what: string) =>
    `lambda start, count: (lambda t: ([${what}], t.commit())[1])(env.begin(write=True))`;
  return `
    import lmdb, itertools; env = ${open}; put = ${write(put)}; put(0, 5000)
    ? import lmdb; env = ${open}; put = ${write(put)}; drop = ${write(drop)}
  `;
}

/** The same in a process of its own, as a database is opened once in a process. */
function elsewhere(code: string): string {
  const program = `import lmdb; env = ${OPEN}; ${code}`;
  return `__import__("subprocess").run([__import__("sys").executable, "-c", ${JSON.stringify(program)}], capture_output=True, text=True, timeout=10).stdout`;
}

/** Entries as the tree's head counts them, and as a cursor finds them. */
const ENTRIES = elsewhere("print(env.stat()['entries'], sum(1 for _ in env.begin().cursor()))");

function whole(entries: number): string {
  return `
    ? ${ENTRIES}
    = '${entries} ${entries}\\n'
  `;
}

const WHOLE = `
    ? len(set(${ENTRIES}.split()))
    = 1
`;

const MINE = 't = env.begin(write=True); _ = [t.put(b"mine%06d" % i, bytes(40)) for i in range(500)]';
/** Starts a writer that may have to wait for its turn. */
const START_THEIRS = `? import subprocess, sys; theirs = subprocess.Popen([sys.executable, "-c", ${JSON.stringify(
  `import lmdb; t = ${OPEN}.begin(write=True); [t.put(b'theirs%06d' % i, bytes(40)) for i in range(700)]; t.commit()`,
)}])`;
const TRY_COMMIT = `
    try: t.commit()
    except lmdb.Error: pass
`;
const THEIRS_ENDS = `
    ? theirs.wait(timeout=10)
    = 0
`;
const NOBODY_WAITS = `
    t = None; env.close()
    ? put(20_000, 10)
    = None
`;

export const LMDB: Stories = {
  'an undone commit': `
    ${lm()}
    put(5000, 1000)
    %undo
    put(6000, 500)
    ${whole(6500)}
    env.stat()["entries"]
    = 6500
    %crash
    put(7000, 500)
    ${whole(7000)}
    env.close()
  `,
  'an undone commit, and another writer': `
    ${lm()}
    put(5000, 1000)
    %undo
    ? put(10_000, 2000)
    = None
    ? drop(0, 1500)
    = None
    put(7000, 500)
    ${whole(7000)}
    %crash
    ? drop(1500, 500)
    = None
    put(8000, 100)
    ${whole(6600)}
    ? put(20_000, 10)
    = None
    env.stat()["entries"]
    = 6610
    env.close()
  `,
  'an open transaction, gone on with': `
    ${lm()}
    ${MINE}
    n = 1
    %undo
    ${TRY_COMMIT} ${WHOLE} ${NOBODY_WAITS} ${WHOLE}
  `,
  'an open transaction, and another writer after an undo': `
    ${lm()}
    ${MINE}
    n = 1
    %undo
    ${START_THEIRS}
    import select; _ = select.select([], [], [], 0.3)
    ${TRY_COMMIT} ${THEIRS_ENDS} ${WHOLE} ${NOBODY_WAITS} ${WHOLE}
  `,
  'an open transaction, its commit undone, and another writer': `
    ${lm()}
    ${MINE}
    t.commit()
    %undo
    ${START_THEIRS} ${THEIRS_ENDS}
    ${TRY_COMMIT} ${WHOLE} ${NOBODY_WAITS} ${WHOLE}
  `,
  'written through the mapping: an open transaction, its commit undone, and another writer': `
    ${lm(OPEN.replace(')', ', writemap=True)'))}
    ${MINE}
    t.commit()
    %undo
    ${START_THEIRS} ${THEIRS_ENDS}
    ${TRY_COMMIT} ${WHOLE} ${NOBODY_WAITS} ${WHOLE}
  `,
  'a reader whose view stays while another writes': `
    ${lm()}
    r = env.begin(); c = iter(r.cursor()); first = sum(1 for _ in itertools.islice(c, 1000))
    rest = sum(1 for _ in c)
    %undo
    ? [put(30_000 + 500 * i, 500) for i in range(4)], [drop(500 * i, 500) for i in range(4)], env.reader_check()
    = ([None, None, None, None], [None, None, None, None], 0)
    first + sum(1 for _ in c)
    = 5000
    del c; r.abort(); env.close()
    ${whole(5000)}
  `,
  'closed in one run': `
    ${lm()}
    env.close()
    ? env.close(), lockf("l.mdb/lock.mdb")
    = (None, 'free')
    env = ${OPEN}; put(5000, 10)
    ${whole(5010)}
  `,
};

export const OTHERS: Stories = {
  'filelock, released in one run, taken by another process': `
    from filelock import FileLock; lock = FileLock("x.lock"); _ = lock.acquire()
    ? from filelock import FileLock
    ? FileLock("x.lock").acquire(timeout=0.05)
    ~ ^Timeout
    n = 1
    ? FileLock("x.lock").acquire(timeout=0.05)
    ~ ^Timeout
    %undo
    ? FileLock("x.lock").acquire(timeout=0.05)
    ~ ^Timeout
    lock.is_locked
    = True
    lock.release()
    ? theirs = FileLock("x.lock").acquire(timeout=5); theirs.lock.release()
    = None
    _ = lock.acquire(timeout=5); lock.release()
  `,
  'filelock that is a file alone': `
    from filelock import SoftFileLock; lock = SoftFileLock("y.lock"); _ = lock.acquire()
    n = 1
    %undo
    ~ only names and plain values
    ? from filelock import SoftFileLock
    ? SoftFileLock("y.lock").acquire(timeout=0.2)
    ~ ^Timeout
    lock.release()
    ? SoftFileLock("y.lock").acquire(timeout=5).lock.release()
    = None
  `,
  'zarr, a write undone': `
    import zarr, numpy as np; z = zarr.create_array("z.zarr", shape=(1000,), chunks=(100,), dtype="i4"); z[:500] = 1
    z[500:] = 7
    %undo
    z[500:600] = 2
    ? import zarr; z = zarr.open_array("z.zarr", mode="a"); z[600:] = 3
    int(z[:].sum())
    = 1900
  `,
  'a writer of Parquet, whose long piece is undone': `
    import pyarrow as pa, pyarrow.parquet as pq, random; w = pq.ParquetWriter("p.parquet", pa.schema([("x", pa.int64())])); w.write_table(pa.table({"x": range(1000)}))
    w.write_table(pa.table({"x": [random.getrandbits(60) for _ in range(100_000)]}))
    %undo
    try: w.write_table(pa.table({"x": range(1000, 1010)})); w.close(); print(pq.read_table("p.parquet")["x"].to_pylist() == list(range(1010)))
    except OSError as error: print("Bad file descriptor" in str(error))
    = True
  `,
  'a compressed file, whose long piece is undone': `
    import gzip, os; g = gzip.open("x.gz", "wb"); _ = g.write(b"one "), g.flush()
    _ = g.write(os.urandom(300_000)), g.flush()
    %undo
    try: _ = g.write(b"two"); g.close(); print(gzip.open("x.gz").read() == b"one two")
    except OSError as error: print("Bad file descriptor" in str(error))
    = True
  `,
};
