"""Values that behave in ways of their own, and come back."""

from table import Row

ROWS = [
    Row(
        "objects that answer to everything",
        """
        class Yes:
            def __getattr__(self, name): return lambda *a, **k: Yes()
        class Proxy:
            def __init__(self, it): self._it = it
            def __getattr__(self, name): return getattr(self._it, name)
        class Loop:
            def __getattr__(self, name): return self.missing
        y, p, l = Yes(), Proxy([1]), Loop(); y.x = 1; l.x = 2; p2 = Proxy(p)
        """,
        """
        type(y) is Yes and y.x == 1 and p._it == [1] and p.count(1) == 1 and l.x == 2
        p2._it is p
        """,
    ),
    Row(
        "objects that answer to nothing",
        """
        class No:
            def __getattribute__(self, name): raise RuntimeError(name)
            def __setattr__(self, name, value): raise RuntimeError(name)
        n = No(); object.__setattr__(n, 'x', 1)
        """,
        "type(n) is No and object.__getattribute__(n, 'x') == 1",
    ),
    Row(
        "objects that compare, hash, count and test in ways of their own",
        """
        class Odd:
            def __init__(self): self.me = [1]
            def __eq__(self, other): raise RuntimeError('eq')
            def __hash__(self): raise RuntimeError('hash')
            def __bool__(self): raise RuntimeError('bool')
            def __len__(self): raise SystemExit
            def __repr__(self): raise RuntimeError('repr')
            def __str__(self): raise RuntimeError('str')
            def __iter__(self): raise RuntimeError('iter')
            def __contains__(self, x): raise RuntimeError('in')
            def __del__(self): raise RuntimeError('del')
        class Many:
            def __eq__(self, other): return [True, False]
        o, m = Odd(), Many(); held = [o, m, {'o': o}]
        """,
        "o.me == [1] and held[0] is o and held[1] is m and held[2]['o'] is o",
    ),
    Row(
        "objects that lie about their class",
        """
        class Liar:
            __class__ = dict
            def __init__(self): self.x = 1
        class Raiser:
            @property
            def __class__(self): raise RuntimeError('class')
            def __init__(self): self.x = 2
        l, r = Liar(), Raiser(); held = [l, r]
        """,
        "type(l) is Liar and l.x == 1 and type(r) is Raiser and r.x == 2 and held[0] is l",
    ),
    Row(
        "pickles with state setters and items of their own",
        """
        def setter(o, state): o.__dict__.update(state); o.set = True
        class A:
            def __reduce__(self): return A, (), {'x': 1}, None, None, setter
        class B(list):
            def __reduce__(self): return B, (), None, (i for i in [1, 2])
        a, b = A(), B([1, 2])
        """,
        "a.x == 1 and a.set and b == [1, 2] and type(b) is B",
    ),
    Row(
        "a reducer that was registered",
        """
        class A:
            def __init__(self, x): self.x = x; self.work = (i for i in 'ab')
        copyreg.pickle(A, lambda a: (A, (a.x,)))
        a = A(1)
        """,
        "a.x == 1 and list(a.work) == ['a', 'b']",
        imports="import copyreg",
    ),
    Row(
        "an object that is not the same each time",
        """
        import os
        class A:
            def __getstate__(self): return {'noise': os.urandom(100)}
        a = A()
        """,
        "len(a.noise) == 100",
        how={"os": "imported"},
    ),
]
