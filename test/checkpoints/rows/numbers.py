"""NumPy's arrays, and what belongs to NumPy."""

from table import Row

NUMPY = "import numpy as np"

ROWS = [
    Row(
        "arrays of all shapes and orders",
        """
        a = np.arange(24.0).reshape(2, 3, 4)
        zero = np.array(5.5)
        empty = np.empty((0, 3), dtype='i2')
        fortran = np.asfortranarray(np.arange(6).reshape(2, 3))
        strided = np.arange(20)[::3]
        backward = np.arange(5)[::-1]
        turned = np.arange(6).reshape(2, 3).T
        fixed = np.arange(3)
        fixed.flags.writeable = False
        large = np.arange(200_000, dtype='f4')
        """,
        """
        (a == np.arange(24.0).reshape(2, 3, 4)).all() and a.flags.c_contiguous and a.flags.owndata
        a.flags.writeable
        zero.shape == () and zero == 5.5 and empty.shape == (0, 3) and empty.dtype == np.int16
        fortran.flags.f_contiguous and not fortran.flags.c_contiguous and fortran[1, 2] == 5
        strided.tolist() == list(range(0, 20, 3)) and backward.tolist() == [4, 3, 2, 1, 0]
        turned[2, 1] == 5
        not fixed.flags.writeable and (large == np.arange(200_000)).all()
        large.dtype == np.float32
        """,
        imports=NUMPY,
    ),
    Row(
        "arrays of all types",
        """
        point = np.dtype([('x', 'f8'), ('name', 'U5'), ('more', 'i4', (2,))], align=True)
        records = np.array([(1.5, 'ab', [1, 2]), (2.5, 'é', [3, 4])], dtype=point)
        dates = np.array(['2024-01-01', 'NaT'], dtype='M8[ns]')
        spans = np.array([1, 2], dtype='m8[h]')
        words = np.array(['one', 'twenty'])
        data = np.array([b'a', b'bcd'])
        truths = np.array([True, False])
        complexes = np.array([1 + 2j])
        swapped = np.arange(3, dtype='>i4')
        halves = np.array([1.5], dtype='f2')
        nothing = np.zeros(3, dtype='V0')
        """,
        """
        records['name'].tolist() == ['ab', 'é'] and records['more'][1].tolist() == [3, 4]
        records.dtype == point
        str(dates[0]) == '2024-01-01T00:00:00.000000000' and np.isnat(dates[1])
        spans[1] == np.timedelta64(2, 'h')
        words.tolist() == ['one', 'twenty'] and data[1] == b'bcd'
        truths.tolist() == [True, False]
        complexes[0] == 1 + 2j and swapped.dtype.byteorder == '>' and swapped[2] == 2
        halves.dtype == np.float16
        nothing.shape == (3,)
        """,
        imports=NUMPY,
    ),
    Row(
        "arrays of objects",
        """
        shared = [1]
        o = np.array([shared, None, 'text', {'a': shared}], dtype=object)
        loop = np.empty(2, dtype=object)
        loop[0] = loop
        grid = np.array([[shared, 2], [3, shared]], dtype=object)
        """,
        """
        o[0] is shared and o[3]['a'] is shared and o[2] == 'text' and loop[0] is loop
        grid[1, 1] is shared
        """,
        imports=NUMPY,
    ),
    Row(
        "views share their memory",
        """
        a = np.arange(10)
        part = a[2:6]
        rows = a.reshape(2, 5)
        every = a[::2]
        back = a[::-1]
        same = a
        fixed = a[:3]
        fixed.flags.writeable = False
        as_bytes = a.view('u1')
        o = np.array([[1], [2], [3]], dtype=object)[:, 0]
        p = o[1:]
        """,
        """
        > a[2] = 100
        part[0] == 100 and rows[0, 2] == 100 and every[1] == 100 and back[7] == 100 and same is a
        part.base is a
        > part[1] = 200
        a[3] == 200 and np.shares_memory(a, rows) and not fixed.flags.writeable
        as_bytes[16] == 100
        > o[1] = 'new'
        p[0] == 'new' and p.tolist() == ['new', 3]
        """,
        imports=NUMPY,
    ),
    Row(
        "views of an array that nobody holds",
        """
        whole = np.arange(12)
        one, other, apart = whole[:8], whole[4:], whole[0:2]
        del whole
        left, right = np.split(np.arange(10), 2)
        """,
        """
        > one[5] = 50
        other[1] == 50 and one.tolist() == [0, 1, 2, 3, 4, 50, 6, 7]
        left.tolist() == [0, 1, 2, 3, 4] and right[0] == 5
        """,
        imports=NUMPY,
    ),
    Row(
        "numbers and types of NumPy's",
        """
        f, i, t, d = np.float32(1.5), np.int8(-3), np.bool_(True), np.dtype('f4')
        kinds = {'k': np.float64, 'd': d}
        """,
        """
        type(f) is np.float32 and f == 1.5 and type(i) is np.int8 and t == True and d == np.float32
        kinds['k'] is np.float64 and type(t) is np.bool_
        """,
        imports=NUMPY,
    ),
    Row(
        "masked arrays, matrices and records",
        """
        m = np.ma.array([1, 2, 3], mask=[False, True, False], fill_value=9)
        plain = np.ma.array([1, 2])
        x = np.matrix([[1, 2], [3, 4]])
        r = np.rec.array([(1, 'a')], names='n,s')
        class Own(np.ndarray):
            def __array_finalize__(self, other): self.note = getattr(other, 'note', 'new')
        own = np.arange(3).view(Own)
        """,
        """
        m.mask.tolist() == [False, True, False] and m.sum() == 4
        m.filled().tolist() == [1, 9, 3]
        not plain.mask.any() and type(x) is np.matrix and (x * x)[0, 0] == 7 and r.s[0] == 'a'
        type(r) is np.recarray
        type(own) is Own and own.tolist() == [0, 1, 2]
        """,
        imports=NUMPY,
    ),
    Row(
        "a memory-mapped file",
        """
        m = np.memmap('f', dtype='i4', mode='w+', shape=(5,))
        m[:] = range(5)
        part = m[2:4]
        m.flush()
        r = np.memmap('f', dtype='i4', mode='r', offset=4)
        c = np.memmap('f', dtype='i4', mode='c')
        c[0] = 99
        copy = m + 1
        """,
        """
        m.tolist() == [0, 1, 2, 3, 4] and part.tolist() == [2, 3] and r.tolist() == [1, 2, 3, 4]
        not r.flags.writeable
        > m[2] = 20
        part[0] == 20 and r[1] == 20 and c[0] == 99 and c[1] == 1 and type(c) is np.memmap
        copy.tolist() == [1, 2, 3, 4, 5]
        """,
        imports=NUMPY,
        how={"m": "reopened", "part": "reopened", "r": "reopened"},
        details={"m": "WORK/f (r+, memory-mapped)", "r": "WORK/f (r, memory-mapped)"},
    ),
    Row(
        "a memory-mapped file that is shorter since",
        "m = np.memmap('f', dtype='i4', mode='w+', shape=(5,)); m.flush()",
        "__import__('os').stat('f').st_size == 4",
        imports=NUMPY,
        how={"m": "reopened"},
        lost={"m": "the file WORK/f is shorter than it was"},
        between="os.truncate('f', 4)",
    ),
    Row(
        "generators of random numbers, NumPy's",
        """
        np.random.seed(7)
        np.random.rand()
        rng = np.random.default_rng(5)
        rng.random()
        old = np.random.RandomState(3)
        old.rand()
        from numpy.random import rand, seed
        expected = np.random.RandomState(7)
        expected.rand()
        """,
        """
        np.random.rand() == expected.rand() and rand() == expected.rand()
        > again = np.random.default_rng(5); again.random()
        rng.random() == again.random()
        old.rand() == (lambda r: (r.rand(), r.rand()))(np.random.RandomState(3))[1]
        > seed(1)
        rand() == np.random.RandomState(1).rand()
        """,
        imports=NUMPY,
    ),
    Row(
        "functions and settings of NumPy's",
        """
        from numpy import sin, array, linalg
        np.set_printoptions(precision=2, suppress=True)
        old = np.seterr(divide='raise')
        poly = np.polynomial.Polynomial([1, 2])
        vec = np.vectorize(lambda x: x + 1)
        own = np.frompyfunc(lambda a, b: a + b, 2, 1)
        """,
        """
        sin is np.sin and array is np.array and linalg is np.linalg and poly(2) == 5
        vec([1, 2]).tolist() == [2, 3]
        str(np.array([1 / 3])) == '[0.33]'
        np.geterr()['divide'] == 'raise'
        """,
        imports=NUMPY,
        how={"sin": "imported", "array": "imported", "linalg": "imported"},
        reasons={"own": "a numpy.ufunc, which cannot be pickled"},
    ),
    Row(
        "an array in functions, classes and containers",
        """
        a = np.arange(5)
        def f(x, table=a): return table[x]
        class Model:
            weights = a
            def __init__(self): self.w = a[1:]
        m = Model()
        held = {'a': a, 'deep': [(a,)]}
        """,
        """
        f.__defaults__[0] is a and Model.weights is a and held['a'] is a and held['deep'][0][0] is a
        > a[1] = 50
        m.w[0] == 50 and f(1) == 50
        """,
        imports=NUMPY,
    ),
]
