"""Functions that are wrapped, bound, or have names of their own."""

from table import Row

TOOLS = "import functools, operator, types, inspect"

ROWS = [
    Row(
        "decorated functions",
        """
        def twice(f):
            @functools.wraps(f)
            def wrapper(*args): return f(f(*args))
            return wrapper
        @twice
        def add(x):
            'Add one.'
            return x + 1
        """,
        """
        add(1) == 3 and add.__name__ == 'add' and add.__doc__ == 'Add one.'
        add.__wrapped__(1) == 2
        """,
        imports=TOOLS,
    ),
    Row(
        "functions with a cache",
        """
        K = 2
        @functools.lru_cache(maxsize=5)
        def f(x): return x * K
        f(3); f.note = 1
        class C:
            @functools.lru_cache(None)
            def m(self): return K
            @functools.cached_property
            def p(self): return [K]
        c = C(); c.p
        """,
        """
        f.cache_info().currsize == 0 and f.cache_info().maxsize == 5 and f(3) == 6 and f.note == 1
        > K = 3
        f(5) == 15 and c.m() == 3 and c.p == [2] and f.__wrapped__(1) == 3
        """,
        imports=TOOLS,
    ),
    Row(
        "functions that choose by a type",
        """
        @functools.singledispatch
        def f(x): return 'any'
        @f.register(int)
        def _(x): return 'int'
        del _
        class C:
            @functools.singledispatchmethod
            def m(self, x): return 'any'
            @m.register(list)
            def _(self, x): return 'list'
        c = C()
        """,
        """
        f(1) == 'int' and f('') == 'any' and c.m([]) == 'list' and c.m(1) == 'any'
        > f.register(str, lambda x: 'str')
        f('') == 'str' and str in f.registry
        """,
        imports=TOOLS,
    ),
    Row(
        "partial functions and operators",
        """
        def f(a, b, c=3): return a, b, c
        p = functools.partial(f, 1, c=5); i = operator.itemgetter('x', 'y'); a = operator.attrgetter('a.b')
        m = operator.methodcaller('upper')
        class C:
            def m(self, x, y): return x, y
            half = functools.partialmethod(m, 1)
        """,
        """
        p(2) == (1, 2, 5) and p.func is f and i({'x': 1, 'y': 2}) == (1, 2) and m('a') == 'A'
        C().half(2) == (1, 2)
        """,
        imports=TOOLS,
    ),
    Row(
        "methods that are bound",
        """
        class C:
            def __init__(self): self.n = 0
            def m(self): self.n += 1; return self.n
            @classmethod
            def c(cls): return cls
            @staticmethod
            def s(): return 's'
        o = C(); m, c, s, append, upper = o.m, C.c, C.s, [].append, 'abc'.upper
        l = [1]; push = l.append
        """,
        """
        m() == 1 and o.n == 1 and m.__self__ is o and c() is C and s() == 's' and upper() == 'ABC'
        > push(2)
        l == [1, 2]
        """,
    ),
    Row(
        "functions with names of their own",
        r"""
        space = {}
        exec('n = 1\ndef get(): return n\ndef put(v):\n    global n\n    n = v', space)
        get, put = space['get'], space['put']
        """,
        """
        get() == 1
        > put(5)
        get() == 5 and space['n'] == 5 and get.__globals__ is space
        """,
    ),
    Row(
        "functions whose own names nobody else has",
        r"""
        def make():
            space = {'unused': (i for i in ''), 'K': [1]}
            exec('def f():\n    K.append(1)\n    return len(K)\ndef g(): return f()', space)
            return space['f'], space['g']
        f, g = make()
        """,
        "f() == 2 and g() == 3 and f.__globals__ is g.__globals__",
    ),
    Row(
        "code objects",
        "code = compile('a = 1 + b', 'file', 'exec'); body = (lambda x: x + 1).__code__",
        """
        > b = 2
        > exec(code)
        a == 3 and types.FunctionType(body, {})(1) == 2 and code.co_filename == 'file'
        """,
        imports=TOOLS,
    ),
]
