"""Tables: pandas, polars, pyarrow, duckdb."""

from table import Row

PANDAS = "import pandas as pd, numpy as np"

ROWS = [
    Row(
        "frames of all types",
        """
        df = pd.DataFrame({
            'i': [1, 2, 3],
            'f': [1.5, None, 3],
            's': ['a', None, 'é'],
            'o': [[1], {'a': 2}, None],
            'b': [True, False, True],
            't': pd.to_datetime(['2024-01-01', None, '2024-03-01']),
            'z': pd.date_range('2024', periods=3, tz='Europe/Berlin'),
            'd': pd.to_timedelta([1, 2, 3], unit='h'),
            'c': pd.Categorical(['x', 'y', 'x'], categories=['y', 'x'], ordered=True),
            'p': pd.period_range('2024-01', periods=3, freq='M'),
            'v': pd.arrays.IntervalArray.from_breaks([0, 1, 2, 3]),
            'n': pd.array([1, None, 3], dtype='Int64'),
            'N': pd.array([True, None, False], dtype='boolean'),
            'x': pd.arrays.SparseArray([0, 0, 1]),
        })
        copy = df.copy()
        types = df.dtypes
        """,
        """
        > pd.testing.assert_frame_equal(df, copy)
        df.dtypes.equals(types) and df['c'].cat.ordered
        list(df['c'].cat.categories) == ['y', 'x']
        df['z'].iloc[0].isoformat() == '2024-01-01T00:00:00+01:00' and df['n'].isna()[1]
        df['o'][1] == {'a': 2}
        df.groupby('s')['i'].sum()['é'] == 3 and df['x'].dtype == pd.SparseDtype('int64')
        """,
        imports=PANDAS,
    ),
    Row(
        "indexes of several levels, and columns of them",
        """
        index = pd.MultiIndex.from_product([['a', 'b'], [1, 2]], names=['k', 'n'])
        df = pd.DataFrame(np.arange(8).reshape(4, 2), index=index, columns=pd.MultiIndex.from_tuples([('x', 'u'), ('x', 'v')]))
        df.attrs['note'] = [1]
        s = df['x', 'u']
        r = pd.Series(range(3), index=pd.RangeIndex(5, 8), name='r')
        empty = pd.DataFrame()
        """,
        """
        df.loc[('b', 1), ('x', 'v')] == 5 and df.index.names == ['k', 'n']
        df.attrs == {'note': [1]}
        s.name == ('x', 'u') and s.tolist() == [0, 2, 4, 6] and type(r.index) is pd.RangeIndex
        r[6] == 1 and empty.empty
        """,
        imports=PANDAS,
    ),
    Row(
        "a frame that shares an array with a name",
        """
        a = np.arange(6.0).reshape(3, 2)
        df = pd.DataFrame(a, columns=['x', 'y'], copy=False)
        same = df
        part = df['x']
        shares = np.shares_memory(df.to_numpy(), a)
        """,
        """
        same is df and df['y'].tolist() == [1, 3, 5] and part.tolist() == [0, 2, 4]
        np.shares_memory(df.to_numpy(), a) == shares and (df.to_numpy() == a).all()
        """,
        imports=PANDAS,
    ),
    Row(
        "what belongs to a frame",
        """
        df = pd.DataFrame({'k': list('aab'), 'v': [1, 2, 3]})
        groups = df.groupby('k')
        roll = df['v'].rolling(2)
        stamp, span, na, nat = pd.Timestamp('2024-01-01', tz='UTC'), pd.Timedelta('1h'), pd.NA, pd.NaT
        offset = pd.offsets.BusinessDay(2)
        names = df.columns
        it = df.itertuples()
        """,
        """
        groups['v'].sum().to_dict() == {'a': 3, 'b': 3} and roll.sum().iloc[1] == 3 and na is pd.NA
        nat is pd.NaT
        stamp + span == pd.Timestamp('2024-01-01 01:00', tz='UTC')
        stamp + offset == pd.Timestamp('2024-01-03', tz='UTC')
        names.equals(df.columns)
        """,
        imports=PANDAS,
        reasons={"it": "it cannot do without a generator, which stands in the middle of its code"},
    ),
    Row(
        "options of pandas'",
        "pd.set_option('display.max_rows', 7); pd.options.display.precision = 2",
        "pd.get_option('display.max_rows') == 7 and pd.get_option('display.precision') == 2",
        imports=PANDAS,
    ),
    Row(
        "a class derived from a frame's",
        """
        class Own(pd.DataFrame):
            _metadata = ['unit']
            @property
            def _constructor(self): return Own
        o = Own({'x': [1, 2]})
        o.unit = 'm'
        part = o[o.x > 1]
        """,
        """
        type(o) is Own and o.unit == 'm' and type(part) is Own and part.x.tolist() == [2]
        type(o.head()) is Own
        """,
        imports=PANDAS,
    ),
    Row(
        "frames of polars'",
        """
        df = pl.DataFrame({'a': [1, 2, None], 'b': ['x', None, 'é'], 'l': [[1], [], [2, 3]], 's': [{'u': 1}] * 3})
        s, lazy, expr = df['a'], df.lazy().filter(pl.col('a') > 1), pl.col('a').sum().alias('t')
        dtype = df.schema
        c = pl.Series('c', ['x', 'y'], dtype=pl.Categorical)
        """,
        """
        df.equals(pl.DataFrame({'a': [1, 2, None], 'b': ['x', None, 'é'], 'l': [[1], [], [2, 3]], 's': [{'u': 1}] * 3}))
        s.to_list() == [1, 2, None] and lazy.collect()['a'].to_list() == [2]
        df.select(expr)['t'].item() == 3
        dtype == df.schema and c.to_list() == ['x', 'y'] and c.dtype == pl.Categorical
        """,
        imports="import polars as pl",
    ),
    Row(
        "tables of pyarrow's",
        """
        t = pa.table({'a': [1, 2, None], 'b': ['x', 'y', 'é']})
        a = pa.array([1, 2, 3])
        part = a.slice(1)
        schema = t.schema
        c = pa.chunked_array([[1], [2, 3]])
        d = pa.array(['x', 'y', 'x']).dictionary_encode()
        buffer = pa.py_buffer(b'abc')
        """,
        """
        t.to_pydict() == {'a': [1, 2, None], 'b': ['x', 'y', 'é']} and a.to_pylist() == [1, 2, 3]
        part.to_pylist() == [2, 3]
        schema.equals(t.schema) and c.num_chunks == 2 and d.to_pylist() == ['x', 'y', 'x']
        buffer.to_pybytes() == b'abc'
        """,
        imports="import pyarrow as pa",
    ),
    Row(
        "databases of duckdb's",
        """
        con = duckdb.connect()
        con.execute('create table t as select 1 as x')
        rel = con.sql('select * from t')
        rows = rel.fetchall()
        """,
        "rows == [(1,)]",
        imports="import duckdb",
        reasons={"con": "a _duckdb.DuckDBPyConnection, which cannot be pickled"},
        holes={
            "rel": {
                "rel._con": "a _duckdb.DuckDBPyConnection, which cannot be pickled",
                "rel._schema[1][0]": "a _duckdb._sqltypes.DuckDBPyType, which cannot be pickled",
            }
        },
    ),
]
