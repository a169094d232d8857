"""Values that would rather not be saved, and what their code may do when they are."""

from table import Row

ROWS = [
    Row(
        "objects that refuse to be pickled",
        """
        class A:
            def __reduce__(self): raise RuntimeError('nope')
        class B:
            def __getstate__(self): raise ValueError
        class C:
            def __reduce_ex__(self, p): return 5
        class D:
            def __reduce__(self): return (D, 'no tuple')
        class E:
            def __reduce__(self): return 'nowhere'
        a, b, c, d, e = A(), B(), C(), D(), E(); held = [1, a, {'b': b}]
        """,
        "held[0] == 1 and type(held) is list and type(e) is E",
        reasons={
            "a": "A, which fails to be pickled (RuntimeError: nope)",
            "b": "B, which fails to be pickled (ValueError)",
            "c": "C, whose __reduce__ returns what pickle cannot use",
            "d": "D, whose __reduce__ returns what pickle cannot use",
        },
        holes={
            "held": {
                "held[1]": "A, which fails to be pickled (RuntimeError: nope)",
                "held[2]['b']": "B, which fails to be pickled (ValueError)",
            }
        },
    ),
    Row(
        "objects that end the program, print, and ask",
        """
        class Exit:
            def __reduce__(self): import sys; sys.exit(3)
        class Print:
            def __getstate__(self): print('saved'); return {'x': 1}
        class Ask:
            def __reduce__(self): return int, (int(input('how many? ')),)
        class Stop:
            def __setstate__(self, state): raise SystemExit(4)
            def __init__(self): self.x = 1
        x, p, a, s = Exit(), Print(), Ask(), Stop(); all = [x, s, 'rest']
        """,
        "p.x == 1 and all[2] == 'rest'",
        reasons={
            "x": "Exit, which fails to be pickled (SystemExit: 3)",
            "a": "Ask, which fails to be pickled (EOFError: EOF when reading a line)",
            "s": "it does not come back (SystemExit: 4)",
        },
        holes={
            "all": {
                "all[0]": "Exit, which fails to be pickled (SystemExit: 3)",
                "all[1]": "it does not come back (SystemExit: 4)",
            }
        },
    ),
    Row(
        "objects that fail to come back",
        """
        class A:
            def __init__(self): self.x = 1
            def __setstate__(self, state): raise ValueError('no')
        class B:
            def __new__(cls, needed): return super().__new__(cls)
        class C:
            def __reduce__(self): return open, ('/does/not/exist',)
        class D(dict):
            def __reduce__(self): return D, (), None, None, iter([('a', 1), 5])
        a, b, c, d = A(), B(1), C(), D(a=1); held = [1, a, (b, c), 2]
        """,
        "held[0] == 1 and held[3] == 2 and type(b) is B and held[2][0] is b",
        holes={
            "held": {
                "held[1]": "it does not come back (ValueError: no)",
                "held[2][1]": "it does not come back (FileNotFoundError: [Errno 2] No such file or directory: '/does/not/exist')",
            }
        },
        reasons={
            "a": "it does not come back (ValueError: no)",
            "c": "it does not come back (FileNotFoundError: [Errno 2] No such file or directory: '/does/not/exist')",
            "d": "items that are no pairs",
        },
    ),
    Row(
        "objects that would come back otherwise",
        """
        class L(list):
            def __reduce__(self): return L, ()
        class O:
            def __init__(self): self.x = 1
            def __reduce__(self): return O.__new__, (O,)
        class S:
            def __reduce__(self): return str, ('other',)
        class F(list):
            def __reduce__(self): return F, ([1, 5],)
        l, s, f, fine = L([1, 2]), S(), F([1, 2]), [1]; held = {'l': l, 'fine': fine}
        """,
        "fine == [1]",
        reasons={
            "l": "it would come back otherwise: L of 2 became one of 0",
            "s": "it would come back otherwise: S became str",
            "f": "it would come back otherwise: a value became another (int)",
            "held": "it would come back otherwise: L of 2 became one of 0",
        },
    ),
    Row(
        "exceptions whose words fail",
        """
        class Bad(Exception):
            def __str__(self): raise RuntimeError
        class A:
            def __reduce__(self): raise Bad('x')
        a = A(); b = Bad(1)
        """,
        "type(b) is Bad and b.args == (1,)",
        reasons={"a": "A, which fails to be pickled (Bad)"},
    ),
    Row(
        "objects that come to no end",
        """
        class A:
            def __reduce__(self): return self.__reduce__()
        class B:
            def __getstate__(self): return self.__getstate__()
        a, b = A(), B(); c = [a, 1]
        """,
        "c[1] == 1",
        reasons={
            "a": "A, whose __reduce__ comes to no end",
            "b": "B, whose __reduce__ comes to no end",
        },
        holes={"c": {"c[0]": "A, whose __reduce__ comes to no end"}},
    ),
    Row(
        "objects that would write a file when they come back",
        """
        class Log:
            def __init__(self):
                self.path = 'log'
                self.file = open('log', 'w')
                self.file.write('first')
                self.file.flush()
            def __getstate__(self): return {'path': self.path}
            def __setstate__(self, state): self.path = state['path']; self.file = open(self.path, 'w')
        log = Log(); held = [log]
        """,
        "held[0] is log and log.file.mode == 'w'",
        between="assert open('log').read() == 'first'",
    ),
    Row(
        "objects that act when they go",
        """
        class Handle:
            def __init__(self): open('handle', 'w').close(); self.items = [1]
            def __del__(self):
                import os
                os.remove('handle')
        h = Handle(); held = [h]
        """,
        """
        held[0] is h and h.items == [1]
        > import os; there = os.path.exists('handle'); del h, held
        there and not os.path.exists('handle')
        """,
    ),
    Row(
        "an object whose items fail halfway",
        """
        class B(list):
            def __reduce__(self):
                def items():
                    yield 1
                    raise ValueError('half')
                return B, (), None, items()
        b = B([1, 2]); c = {'b': b, 'x': 1}
        """,
        "c['x'] == 1",
        reasons={"b": "B, which fails to be pickled (ValueError: half)"},
        holes={"c": {"c['b']": "B, which fails to be pickled (ValueError: half)"}},
    ),
]
