"""What is around the names and belongs to them."""

from table import Row

VERSIONS = "saved with oldlib 1.5, and here is 2.0"
TOO_OLD = "it does not come back (ValueError: too old); " + VERSIONS

ROWS = [
    Row(
        "the last value",
        """
        x = [1]
        #--
        x
        """,
        "_ is x and __import__('builtins')._ == [1]",
    ),
    Row(
        "a last value of its own name",
        "_ = 5",
        "_ == 5",
    ),
    Row(
        "the state of random",
        """
        random.seed(42); random.random(); random.gauss(0, 1); twin = random.Random()
        twin.setstate(random.getstate())
        """,
        "random.random() == twin.random() and random.gauss(0, 1) == twin.gauss(0, 1)",
        imports="import random",
    ),
    Row(
        "the environment",
        r"""
        os.environ['OWN'] = 'ü\udc80'; os.environ['PATH'] += ':/own'; os.environ.pop('HOME', None)
        """,
        r"""
        os.environ['OWN'] == 'ü\udc80' and os.environ['PATH'].endswith(':/own')
        'HOME' not in os.environ and os.getenv('OWN')
        """,
        imports="import os",
    ),
    Row(
        "the working directory",
        "os.mkdir('inner'); os.chdir('inner'); here = os.getcwd()",
        "os.getcwd() == here and os.path.basename(here) == 'inner'",
        imports="import os",
    ),
    Row(
        "the path of modules, and a module from it",
        r"""
        os.mkdir('lib'); open('lib/ownmod.py', 'w').write('class A: pass\nx = 1')
        sys.path.insert(0, os.path.abspath('lib')); sys.path.append('/behind')
        #--
        import ownmod; a = ownmod.A(); A = ownmod.A
        """,
        """
        a.__class__ is ownmod.A and A is ownmod.A and sys.path[0].endswith('/lib')
        sys.path[-1] == '/behind'
        """,
        imports="import os, sys",
        how={"ownmod": "imported", "A": "imported"},
    ),
    Row(
        "a module that has gone since",
        r"""
        open('gonemod.py', 'w').write('class A: pass\ndef f(): pass'); sys.path.insert(0, os.getcwd())
        #--
        import gonemod; from gonemod import f; a = gonemod.A(); held = [a, 1]
        """,
        "held[1] == 1",
        imports="import os, sys",
        how={"gonemod": "imported", "f": "imported"},
        lost={
            "gonemod": "gonemod cannot be imported (No module named 'gonemod')",
            "f": "gonemod.f cannot be imported (No module named 'gonemod')",
            "a": "gonemod.A cannot be imported (No module named 'gonemod')",
        },
        lost_holes={"held": {"held[0]": "gonemod.A cannot be imported (No module named 'gonemod')"}},
        between="os.remove('gonemod.py'); __import__('shutil').rmtree('__pycache__', True)",
    ),
    Row(
        "a library of another version since",
        r"""
        os.mkdir('site-packages'); file = os.path.abspath('site-packages/oldlib.py')
        _ = open(file, 'w').write('__version__ = "1.5"\nclass A: pass\nclass B: pass'); del _
        sys.path.insert(0, os.path.dirname(file))
        #--
        import oldlib; a, b, held, beside = oldlib.A(), oldlib.B(), [oldlib.A(), 1], 5
        a.n = b.n = held[0].n = 1
        """,
        "beside == 5 and held[1] == 1 and b.n == 1",
        imports="import os, sys",
        how={"oldlib": "imported"},
        lost={"a": TOO_OLD},
        lost_holes={
            "b": {"b": "it cannot be shown (KeyError: 'm'); " + VERSIONS},
            "held": {"held[0]": TOO_OLD},
        },
        between=r"""
__import__('shutil').rmtree('site-packages/__pycache__', True)
open('site-packages/oldlib.py', 'w').write('\n'.join((
    '__version__ = "2.0"', 'class A:', ' def __setstate__(self, state): raise ValueError("too old")',
    'class B:', ' def __repr__(self): return vars(self)["m"]')))
""",
    ),
    Row(
        "the recursion limit and the prompts",
        "sys.setrecursionlimit(1234); sys.ps1 = 'in: '; sys.ps2 = '... '",
        "sys.getrecursionlimit() == 1234 and sys.ps1 == 'in: ' and sys.ps2 == '... '",
        imports="import sys",
    ),
    Row(
        "the decimal context",
        "decimal.getcontext().prec = 5; c = decimal.getcontext()",
        "decimal.Decimal(1) / 3 == decimal.Decimal('0.33333') and c.prec == 5",
        imports="import decimal",
    ),
    Row(
        "the filters of warnings",
        "warnings.filterwarnings('error', 'own', UserWarning)",
        """
        > try: warnings.warn('own words'); raised = False
        except UserWarning: raised = True
        raised
        """,
        imports="import warnings",
    ),
    Row(
        "what was imported from the future",
        """
        from __future__ import annotations
        #--
        def f(x: not_there): pass
        """,
        """
        > def g(x: nor_this): pass
        g.__annotations__ == {'x': 'nor_this'} and f.__annotations__ == {'x': 'not_there'}
        """,
        how={"annotations": "saved"},
        before=(3, 14),
    ),
    Row(
        "the session's own dictionary",
        "x = [1]; names = globals(); held = {'names': names}; f = lambda: names",
        "names is globals() and held['names'] is names and names['x'] is x and f() is names",
    ),
]
