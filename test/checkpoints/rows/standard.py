"""What the standard library has values of."""

from table import Row

LIBRARY = "import datetime, decimal, fractions, pathlib, re, uuid, random, weakref, contextvars, logging, string, struct"

ROWS = [
    Row(
        "dates and times",
        """
        d = datetime.datetime(2024, 2, 29, 12, 30, 15, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=2), 'X'))
        day, time, delta, utc = d.date(), d.timetz(), datetime.timedelta(days=-1, microseconds=3), datetime.timezone.utc
        fold = datetime.datetime(2024, 10, 27, 2, 30, fold=1)
        """,
        """
        d.isoformat() == '2024-02-29T12:30:15.000005+02:00' and d.tzname() == 'X'
        day == datetime.date(2024, 2, 29)
        time.tzinfo == d.tzinfo and delta == datetime.timedelta(-1, 0, 3)
        utc is datetime.timezone.utc and fold.fold == 1
        """,
        imports=LIBRARY,
    ),
    Row(
        "zones",
        "z = zoneinfo.ZoneInfo('Europe/Berlin'); d = datetime.datetime(2024, 7, 1, tzinfo=z)",
        """
        z is zoneinfo.ZoneInfo('Europe/Berlin') and d.tzinfo is z
        d.utcoffset() == datetime.timedelta(hours=2)
        """,
        imports="import zoneinfo, datetime",
        since=(3, 9),
    ),
    Row(
        "exact numbers",
        """
        d, f, n = decimal.Decimal('1.10'), fractions.Fraction(1, 3), decimal.Decimal('NaN')
        c = decimal.Context(prec=5)
        """,
        "str(d) == '1.10' and f == fractions.Fraction(1, 3) and n.is_nan() and c.prec == 5",
        imports=LIBRARY,
    ),
    Row(
        "paths",
        "p, w = pathlib.Path('a/b.txt'), pathlib.PureWindowsPath('C:/x')",
        r"p == pathlib.Path('a/b.txt') and p.suffix == '.txt' and str(w) == 'C:\\x'",
        imports=LIBRARY,
    ),
    Row(
        "patterns",
        "r = re.compile('(?P<x>a+)', re.I); b = re.compile(b'x'); m = r.match('AA')",
        "r.match('AAb')['x'] == 'AA' and r.flags & re.I and b.match(b'x')",
        imports=LIBRARY,
        reasons={"m": "a re.Match, which cannot be pickled"},
    ),
    Row(
        "identifiers, addresses and formats",
        """
        u = uuid.UUID(int=5); a = ipaddress.ip_network('10.0.0.0/8'); s = struct.Struct('<I')
        t = string.Template('$x')
        """,
        r"""
        u.int == 5 and a.num_addresses == 2**24 and s.pack(1) == b'\1\0\0\0'
        t.substitute(x=1) == '1'
        """,
        imports=LIBRARY + ", ipaddress",
    ),
    Row(
        "generators of random numbers",
        """
        r = random.Random(5); r.random(); r.gauss(0, 1); twin = random.Random(5); twin.random()
        twin.gauss(0, 1)
        """,
        "r.random() == twin.random() and r.gauss(0, 1) == twin.gauss(0, 1)",
        imports=LIBRARY,
    ),
    Row(
        "functions of the one random generator",
        """
        from random import random as draw, randint, seed
        seed(3); draw()
        expected = random.Random(3); expected.random()
        """,
        """
        draw() == expected.random() and randint(0, 10**9) == expected.randint(0, 10**9)
        > seed(4)
        draw() == random.Random(4).random() and draw.__self__ is random._inst
        """,
        imports=LIBRARY,
    ),
    Row(
        "weak references",
        """
        class A:
            def m(self): return 1
        a = A(); r = weakref.ref(a); p = weakref.proxy(a); m = weakref.WeakMethod(a.m)
        s = weakref.WeakSet([a]); v = weakref.WeakValueDictionary(a=a)
        k = weakref.WeakKeyDictionary({a: [1]})
        gone = weakref.ref(A())
        """,
        """
        r() is a and p.m() == 1 and m()() == 1 and a in s and v['a'] is a and k[a] == [1]
        gone() is None
        > del a, p
        r() is None and len(s) == 0 and len(v) == 0 and len(k) == 0
        """,
        imports=LIBRARY,
    ),
    Row(
        "a finaliser",
        """
        class A: pass
        a = A(); f = weakref.finalize(a, print); keep = {'a': a, 'f': f}
        """,
        "keep['a'] is a",
        imports=LIBRARY,
        reasons={"f": "a finaliser"},
        holes={"keep": {"keep['f']": "a finaliser"}},
    ),
    Row(
        "context variables",
        """
        v = contextvars.ContextVar('v', default=[0]); w = contextvars.ContextVar('w'); v.set([5])
        u = contextvars.ContextVar('u', default=1)
        """,
        """
        v.get() == [5] and v.name == 'v' and u.get() == 1
        > try: w.get()
        except LookupError: unset = True
        unset
        """,
        imports=LIBRARY,
    ),
    Row(
        "a context and its token",
        "v = contextvars.ContextVar('v'); t = v.set(1); c = contextvars.copy_context()",
        "v.get() == 1",
        imports=LIBRARY,
        reasons={"t": "a token, which sets a context variable back", "c": "a context"},
    ),
    Row(
        "loggers",
        "log = logging.getLogger('mine'); root = logging.getLogger(); h = {'log': log}",
        "log is logging.getLogger('mine') and root is logging.root and h['log'] is log",
        imports=LIBRARY,
    ),
    Row(
        "exceptions",
        """
        class E(Exception):
            def __init__(self, code, *, note): super().__init__('failed'); self.code, self.note = code, note
        class O(OSError):
            def __init__(self, path): super().__init__(2, 'gone', path); self.more = [1]
        e, o, k, u, f = E(3, note=[1]), O('/x'), KeyError('k'), UnicodeDecodeError('ascii', b'x', 0, 1, 'why'), FileNotFoundError(2, 'no', 'f')
        try:
            try: 1 / 0
            except ZeroDivisionError as error: raise ValueError('outer') from error
        except ValueError as error: chained = error
        """,
        """
        type(e) is E and e.code == 3 and e.note == [1] and e.args == ('failed',) and type(o) is O
        o.errno == 2 and o.filename == '/x' and o.more == [1]
        k.args == ('k',) and u.reason == 'why' and f.filename == 'f' and f.errno == 2
        type(chained.__cause__) is ZeroDivisionError and str(chained) == 'outer'
        chained.__suppress_context__
        """,
        details={"chained": "without its traceback"},
    ),
    Row(
        "groups of exceptions, and notes on them",
        """
        g = ExceptionGroup('all', [ValueError(1), KeyError('k')]); n = ValueError(2); n.add_note('why')
        """,
        "type(g) is ExceptionGroup and g.exceptions[0].args == (1,) and n.__notes__ == ['why']",
        since=(3, 11),
    ),
    Row(
        "exceptions that know what was missing",
        """
        import subprocess
        p = subprocess.CalledProcessError(1, ['x'], 'out'); s = StopIteration(5)
        i = ImportError('no', name='n', path='p'); x = SystemExit(3)
        y = SyntaxError('bad', ('f', 1, 2, 'text'))
        """,
        """
        p.returncode == 1 and p.cmd == ['x'] and p.output == 'out' and s.value == 5
        i.name == 'n' and x.code == 3 and y.lineno == 1 and y.msg == 'bad'
        """,
        how={"subprocess": "imported"},
    ),
]
