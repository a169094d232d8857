"""Functions and classes of the session that it has given to Python to be called."""

from table import Row

ROWS = [
    Row(
        "what shows values, errors and warnings",
        """
        shown = []
        def display(value): value is None or shown.append(value)
        def fail(kind, error, trace): shown.append(error)
        def warn(*args, **kw): shown.append(str(args[0]))
        sys.displayhook, sys.excepthook, sys.unraisablehook = display, fail, shown.append
        sys.breakpointhook = lambda: 'broken'; warnings.showwarning = warn; threading.excepthook = shown.append
        """,
        """
        sys.displayhook is display and sys.excepthook is fail and warnings.showwarning is warn
        > 5
        > warnings.warn('this')
        shown == [5, 'this'] and breakpoint() == 'broken'
        sys.unraisablehook.__self__ is shown and threading.excepthook.__self__ is shown
        """,
        imports="import sys, warnings, threading",
    ),
    Row(
        "names in builtins",
        """
        import builtins
        builtins.answer = 42; builtins.shout = lambda text: print(text.upper()); builtins.hex = lambda of: 'patched'
        """,
        "answer == 42 and hex(1) == 'patched' and builtins.shout.__name__ == '<lambda>'",
        how={"builtins": "imported"},
    ),
    Row(
        "classes registered with abstract ones",
        """
        class Own:
            def __len__(self): return 3
        numbers.Number.register(Own); collections.abc.Sequence.register(Own)
        """,
        "isinstance(Own(), numbers.Number) and issubclass(Own, collections.abc.Sequence)",
        imports="import numbers, collections.abc",
    ),
    Row(
        "error handlers and codecs",
        """
        codecs.register_error('own', lambda error: ('?!', error.end))
        codecs.register(lambda name: codecs.lookup('utf-8') if name == 'ownish' else None)
        """,
        r"'a\xe9'.encode('ascii', 'own') == b'a?!' and 'é'.encode('ownish') == 'é'.encode()",
        imports="import codecs",
    ),
    Row(
        "a stream in the place of standard output",
        """
        class Tee:
            def __init__(self, file): self.file, self.kept = file, []
            def write(self, text): self.kept.append(text); return self.file.write(text)
            def flush(self): self.file.flush()
        tee = sys.stdout = Tee(sys.stdout); sys.stderr = log = open('log', 'w')
        """,
        """
        sys.stdout is tee and tee.file is sys.__stdout__ and sys.stderr is log and log.name.endswith('log')
        """,
        imports="import sys",
        how={"log": "reopened"},
    ),
    Row(
        "the words and annotations of the session",
        """
        __doc__ = 'What this is for.'
        #--
        x: int = 5
        y: 'str'
        """,
        "__doc__ == 'What this is for.' and __annotations__ == {'x': int, 'y': 'str'} and x == 5",
        before=(3, 14),
    ),
    Row(
        "objects that modules have to be told from all others",
        r"""
        open('ownlib.py', 'w').write('''MISSING = object()
        class Box:
            NONE = object()
            def __init__(self, of=MISSING, other=NONE): self.of, self.other = of, other
            def is_empty(self): return self.of is MISSING and self.other is Box.NONE
        '''); sys.path.insert(0, os.getcwd())
        #--
        import ownlib
        b, m, held, own = ownlib.Box(), ownlib.MISSING, [ownlib.MISSING], object(); also = [own]
        """,
        """
        b.is_empty() and m is ownlib.MISSING and held[0] is ownlib.MISSING
        type(own) is object and also[0] is own
        """,
        imports="import sys, os",
        how={"ownlib": "imported"},
    ),
]
