/** Libraries with threads, pools or memory of their own, and how the tests use and change what is theirs. */

export interface Library {
  name: string;
  /** Imports it and makes what is changed later. */
  make: string;
  /** Uses it, in parallel where it can; an expression whose `repr` is always the same. */
  use: string;
  change: string;
  /** An expression whose `repr` tells the state before the change from the one after. */
  look: string;
}

const FRAME = '{"k": [i % 100 for i in range(200_000)], "v": list(range(200_000))}';

export const LIBRARIES: readonly Library[] = [
  {
    name: 'numpy, with BLAS threads',
    make: 'import numpy as np; a = np.ones((400, 400)); b = a[:2]; rng = np.random.default_rng(3); np.random.seed(5)',
    use: 'float((np.ones((600, 600)) @ np.ones((600, 600))).sum())',
    change: 'a *= 2; drawn = rng.random(), np.random.rand()',
    look: '(float(a.sum()), float(b.sum()), b.base is a, globals().get("drawn"), rng.bit_generator.state["state"]["state"])',
  },
  {
    name: 'pandas, a column deleted in place',
    make: `import pandas as pd; df = pd.DataFrame(${FRAME}); view = df`,
    use: 'int(df.groupby("k")["v"].sum().sum()) if "v" in df else 0',
    change: 'del df["v"]; df.insert(0, "z", 1); pd.set_option("display.max_rows", 7)',
    look: '(list(df.columns), view is df, pd.get_option("display.max_rows"))',
  },
  {
    name: 'polars',
    make: `import polars as pl; df = pl.DataFrame(${FRAME})`,
    use: 'pl.DataFrame({"k": range(100_000)}).lazy().select((pl.col("k") % 7).alias("m")).group_by("m").agg(pl.len()).sort("m").collect()["len"].to_list()',
    change: 'df = df.drop("v").with_columns(z=pl.col("k") * 2)',
    look: '(df.columns, df.height)',
  },
  {
    name: 'pyarrow',
    make: 'import pyarrow as pa, pyarrow.compute as pc; t = pa.table({"k": [i % 50 for i in range(200_000)]}); pa.set_cpu_count(2)',
    use: 'sorted(t.group_by("k", use_threads=True).aggregate([("k", "count")])["k_count"].to_pylist())[:3]',
    change: 't = t.append_column("z", pa.array(range(len(t)))); pa.set_cpu_count(1)',
    look: '(t.column_names, pa.cpu_count())',
  },
  {
    name: 'duckdb, in memory',
    make: 'import duckdb; con = duckdb.connect(); _ = con.execute("create table t as select range as x, range % 10 as k from range(200000)")',
    use: 'con.execute("select k, sum(x) from range(100000) r(x), (select 1 as k) group by k").fetchall()',
    change: '_ = con.execute("begin"); _ = con.execute("delete from t where k < 5")',
    look: 'con.execute("select count(*) from t").fetchall()',
  },
  {
    name: 'scikit-learn, OpenMP and loky',
    make: 'import numpy as np\nfrom sklearn.ensemble import HistGradientBoostingClassifier\nfrom sklearn.cluster import KMeans\nx = np.random.default_rng(0).random((4000, 5)); y = x[:, 0] > 0.5\nmodel = HistGradientBoostingClassifier(max_iter=5).fit(x, y)',
    use: '(float(HistGradientBoostingClassifier(max_iter=3, random_state=0).fit(x, y).score(x, y)) > 0.9, KMeans(3, n_init=1, random_state=0).fit(x).n_iter_ > 0)',
    change: 'model.set_params(max_iter=9); model.extra = 1; y = ~y',
    look: '(model.max_iter, hasattr(model, "extra"), int(y.sum()))',
  },
  {
    name: 'joblib’s processes',
    make: 'import joblib, math; pool = joblib.Parallel(2); done = []',
    use: 'pool(joblib.delayed(math.factorial)(i) for i in range(5))',
    change: 'done.append(1)',
    look: 'done',
  },
  {
    name: 'lightgbm',
    make: 'import lightgbm as lgb, numpy as np; x = np.random.default_rng(0).random((3000, 5)); y = x[:, 0]\nmodel = lgb.train({"verbose": -1, "num_threads": 2}, lgb.Dataset(x, y), 3)',
    use: 'lgb.train({"verbose": -1, "num_threads": 2, "seed": 1}, lgb.Dataset(x, y), 3).num_trees()',
    change: 'model.params["note"] = 1; model.set_leaf_output(0, 0, 99.0)',
    look: '(model.params.get("note"), model.get_leaf_output(0, 0) == 99.0)',
  },
  {
    name: 'numba, in parallel',
    make: 'import numba, numpy as np\n@numba.njit(parallel=True)\ndef f(n):\n    s = 0\n    for i in numba.prange(n): s += i\n    return s\nf(10); numba.set_num_threads(2)',
    use: 'f(100_000)',
    change: 'numba.set_num_threads(1)',
    look: 'numba.get_num_threads()',
  },
  {
    name: 'dask’s threads',
    make: 'import dask, dask.threaded; box = [1]',
    use: 'dask.compute(*[dask.delayed(pow)(i, 2) for i in range(20)], scheduler="threads")[-1]',
    change: 'box.append(2); dask.config.set(scheduler="threads").__enter__()',
    look: '(box, dask.config.get("scheduler", None))',
  },
  {
    name: 'matplotlib’s figures',
    make: 'import matplotlib; matplotlib.use("agg")\nimport matplotlib.pyplot as plt; fig, ax = plt.subplots(); _ = ax.plot([1, 2])',
    use: 'len(fig.canvas.buffer_rgba()) > 0 if fig.canvas.draw() is None else 0',
    change:
      '_ = ax.plot([3, 4]); _ = ax.set_title("x"); plt.rcParams["lines.linewidth"] = 9; _ = plt.figure()',
    look: '(len(ax.lines), ax.get_title(), plt.rcParams["lines.linewidth"], plt.get_fignums())',
  },
];
