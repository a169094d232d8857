"""Functions: the names that they see, what they close over, and what wraps them."""

from table import Row

TOOLS = "import functools, operator, types, inspect"

ROWS = [
    Row(
        "functions see the session's names",
        """
        K = 10
        def f(x, *, y=2):
            'Add.'
            return x + K + y
        g = lambda a: f(a) * K
        """,
        """
        f(1) == 13 and g(1) == 130 and f.__doc__ == 'Add.' and f.__kwdefaults__ == {'y': 2}
        > K = 20
        f(1) == 23 and g(1) == 23 * 20 and f.__globals__ is globals() and f.__module__ == '__main__'
        """,
    ),
    Row(
        "functions that call each other and themselves",
        """
        def even(n): return n == 0 or odd(n - 1)
        def odd(n): return n != 0 and even(n - 1)
        def fact(n): return 1 if n < 2 else n * fact(n - 1)
        """,
        "even(10) and not odd(10) and fact(10) == 3628800",
    ),
    Row(
        "closures that share a cell",
        """
        def counter():
            n = 0
            def inc():
                nonlocal n
                n += 1
                return n
            def get(): return n
            return inc, get
        inc, get = counter(); inc()
        """,
        "inc() == 2 and get() == 2 and inc.__closure__[0] is get.__closure__[0]",
    ),
    Row(
        "closures that call themselves and each other",
        """
        def outer():
            def rec(n): return 1 if n < 2 else n * rec(n - 1)
            return rec
        def pair():
            def ping(n): return 'ping' if n == 0 else pong(n - 1)
            def pong(n): return 'pong' if n == 0 else ping(n - 1)
            return ping, pong
        rec = outer(); ping, pong = pair()
        """,
        "rec(5) == 120 and ping(3) == 'pong' and pong(3) == 'ping'",
    ),
    Row(
        "a closure over what a name stands for",
        """
        data = [1]
        def make(items):
            def add(x): items.append(x); return len(items)
            return add
        add = make(data)
        """,
        "add(2) == 2 and data == [1, 2]",
    ),
    Row(
        "an empty cell",
        """
        def make():
            def f(): return later
            g = f
            if False: later = 1
            return g
        f = make()
        """,
        """
        > try: f()
        except NameError: seen = True
        seen
        """,
    ),
    Row(
        "defaults and attributes that are shared",
        """
        shared = []
        def f(x, into=shared): into.append(x); return into
        f.calls = shared; f.note = {'of': f}
        """,
        "f(1) is shared and shared == [1] and f.calls is shared and f.note['of'] is f",
    ),
    Row(
        "functions with annotations",
        """
        class A: pass
        def f(x: A, y: 'B' = None) -> Optional[A]: return x
        """,
        """
        f.__annotations__['x'] is A and f.__annotations__['y'] == 'B'
        f.__annotations__['return'] == Optional[A]
        """,
        imports="from typing import Optional",
    ),
    Row(
        "generator functions and coroutine functions",
        """
        def g(n):
            for i in range(n): yield i
        async def c(): return 1
        async def a():
            yield 1
        """,
        """
        list(g(3)) == [0, 1, 2] and inspect.iscoroutinefunction(c) and inspect.isasyncgenfunction(a)
        """,
        imports=TOOLS,
    ),
    Row(
        "the text of functions",
        """
        def f(x):
            # a comment
            return x
        #--
        class C:
            def m(self):
                return 1
        """,
        r"""
        inspect.getsource(f) == 'def f(x):\n    # a comment\n    return x\n'
        inspect.getsource(C.m) == '    def m(self):\n        return 1\n'
        """,
        imports=TOOLS,
    ),
    Row(
        "functions of modules",
        """
        from os.path import join
        from math import sin as sine
        l = [join, sine, len]
        """,
        "join is __import__('os').path.join and l[1] is __import__('math').sin and l[2] is len",
        how={"join": "imported", "sine": "imported"},
        details={"sine": "math.sin", "join": "posixpath.join"},
    ),
    Row(
        "a function that was redefined while others hold it",
        """
        def f(): return 'old'
        #--
        kept = [f]
        #--
        def f(): return 'new'
        """,
        "kept[0]() == 'old' and f() == 'new'",
    ),
    Row(
        "generic functions and aliases",
        """
        def first[T](items: list[T]) -> T: return items[0]
        type Pair[T] = tuple[T, T]
        class Box[T]:
            def __init__(self, x: T): self.x = x
        b = Box[int](3)
        """,
        """
        first([1, 2]) == 1 and first.__type_params__[0].__name__ == 'T' and b.x == 3
        type(b) is Box and Pair[int].__origin__ is Pair
        """,
        since=(3, 12),
    ),
    Row(
        "a function with a hole",
        """
        def make(gen):
            def f(): return gen
            return f
        f = make(i for i in 'ab'); g = [f, 1]
        """,
        """
        g[0] is f and g[1] == 1
        repr(f()) == '<not restored: a generator, which stands in the middle of its code>'
        """,
        holes={
            "f": {"f (a part of the function)": "a generator, which stands in the middle of its code"},
            "g": {"g[0] (a part of the function)": "a generator, which stands in the middle of its code"},
        },
    ),
]
