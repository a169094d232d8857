/** Stories of pandas' stores (HDFStore, by PyTables, which brings an HDF5 library of its own), see `../support/story.ts`. */

const STORE = `
  import pandas as pd, tables; s = pd.HDFStore("s.h5", "w"); s.append("t", pd.DataFrame({"x": range(1000)})); s.flush()
  ? import pandas as pd
`;

function append(from: number, count: number): string {
  return `s.append("t", pd.DataFrame({"x": range(${from}, ${from} + ${count})}))`;
}

/** How many rows somebody else finds, and how many of them are different. */
const ROWS = '? (lambda s: (len(s["t"]), s["t"].x.nunique(), s.close()))(pd.HDFStore("s.h5", "r"))[:2]';
const LOCKED = '~ ^HDF5ExtError: (?=.*[Uu]nable to lock file)';
/** What the program does with a store that is dead; what PyTables still knows of it is no matter. */
const GIVE_UP = `
  try: s.close()
  except Exception: pass
  del s
`;

export const PANDAS: Readonly<Record<string, string>> = {
  'a store, closed in one run and opened anew in the next, here or elsewhere': `
    ${STORE}
    s.close()
    ? pd.HDFStore("s.h5", "a").close()
    = None
    s = pd.HDFStore("s.h5", "w"); s["a"] = pd.Series([1, 2])
    s.close()
    s = pd.HDFStore("s.h5", "a"); s["b"] = pd.Series([3])
    s.close(); del s
    ? (lambda s: (s.append("c", pd.Series([4])), s.close()))(pd.HDFStore("s.h5", "a"))[1]
    = None
    with pd.HDFStore("s.h5", "r") as t: print(t.keys())
    = ['/a', '/b', '/c']
    pd.Series([5]).to_hdf("s.h5", key="d", mode="w")
    print(pd.read_hdf("s.h5", "d").tolist())
    = [5]
  `,
  'a store, open while something else is undone, crashes or is stopped': `
    ${STORE}
    n = 1
    %undo
    =
    ? pd.HDFStore("s.h5", "a")
    ${LOCKED}
    %crash
    =
    ? pd.HDFStore("s.h5", "r")
    ${LOCKED}
    %kill
    =
    ${append(1000, 500)}; s.close()
    ${ROWS}
    = (1500, 1500)
  `,
  'a store, an append undone': `
    ${STORE}
    ${append(1000, 500)}; s.flush()
    %undo
    ~ s\\.h5 was changed .*opens? it again
    print(len(s["t"]), s["t"].x.max())
    = 1000 999
    ${append(5000, 10)}
    = tables.exceptions.FileModeError: the file is not writable
    print(len(s["t"]))
    = 1000
    ${GIVE_UP}
    ${ROWS}
    = (1500, 1500)
    s = pd.HDFStore("s.h5", "a"); ${append(2000, 10)}; s.close()
    ${ROWS}
    = (1510, 1510)
  `,
  'a store that another appends to after it was closed in the run that is undone': `
    ${STORE}
    s.close()
    ? (lambda s: (s.append("t", pd.DataFrame({"x": range(7000, 7007)})), s.close()))(pd.HDFStore("s.h5", "a"))[1]
    = None
    %undo
    ~ s\\.h5
    ${append(5000, 10)}
    = tables.exceptions.FileModeError: the file is not writable
    print(len(s["t"]))
    = 1000
    ${GIVE_UP}
    ${ROWS}
    = (1007, 1007)
  `,
  'a store and a file of h5py side by side, each undone once': `
    ${STORE}
    import h5py, numpy as np; f = h5py.File("p.h5", "w"); f["a"] = np.arange(10); f.flush()
    ${append(1000, 10)}; s.flush()
    %undo
    ~ s\\.h5(?!.*p\\.h5)
    f["b"] = np.arange(4); f.close()
    f = h5py.File("p.h5", "a"); f["c"] = np.arange(3); f.flush()
    ${GIVE_UP}
    s = pd.HDFStore("s.h5", "a"); ${append(2000, 10)}; s.flush()
    f["d"] = np.arange(2); f.flush()
    %undo
    ~ p\\.h5(?!.*s\\.h5)
    ${append(3000, 10)}; s.close()
    ${ROWS}
    = (1030, 1030)
    try: f.close()
    except Exception: pass
    del f
    ? (lambda f: (sorted(f), f.close()))(__import__("h5py").File("p.h5"))[0]
    = ['a', 'b', 'c', 'd']
  `,
};
