"""Byte code of another Python: functions and classes come from their texts, and what needs neither is as it was.

Run with the Python that restores; the one that saves is its argument.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery

OTHER = sys.argv.pop() if len(sys.argv) > 1 else sys.executable
ANEW = "defined anew from its text"
FOREIGN = "it is byte code of another version of Python"
RUNS = [
    "import math, enum, dataclasses, functools, collections\nfrom os.path import join\nK = 10\ndata = {'a': [1], 'k': K}\nshared = data['a']",
    "def f(x, table=shared):\n    'Doc.'\n    table.append(x)\n    return x + K\nf.note = [data]",
    "class Base:\n    seen = []\n    def __init__(self, v):\n        self.v = v\n        self.seen.append(v)\n    def value(self):\n        return f(self.v)",
    "class Derived(Base):\n    limit = K\n    @property\n    def twice(self):\n        return self.v * 2\n    @classmethod\n    def make(cls):\n        return cls(9)\no = Derived(5); Base.seen.append('more'); both = [o, Derived]",
    "@dataclasses.dataclass\nclass D:\n    x: int\n    y: list = dataclasses.field(default_factory=list)\nd = D(1, [shared])",
    "class E(enum.Enum):\n    A = 1\n    B = 'b'\n    def shout(self):\n        return self.name + '!'\ne = E.B",
    "def twice(g):\n    @functools.wraps(g)\n    def wrapper(*a):\n        return g(g(*a))\n    return wrapper\n@twice\ndef add(x):\n    return x + 1",
    "@functools.lru_cache(None)\ndef cached(x):\n    return x * K\nP = collections.namedtuple('P', 'x y')\np = P(1, 2)",
    "def counter():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\ninc = counter(); square = lambda x: x * x",
    "class Old:\n    def m(self): return 'old'\nold = Old()",
    "class Old:\n    def m(self): return 'new'\nnew = Old()",
    "body = f.__code__; mixed = {'f': f, 'inc': inc, 'o': o, 'ok': 1}",
]
CHECKS = [
    "math.pi > 3 and join('a', 'b') == 'a/b' and data == {'a': [1], 'k': 10} and data['a'] is shared",
    "f(2) == 12 and shared == [1, 2] and f.__defaults__[0] is shared and f.note[0] is data and f.__doc__ == 'Doc.'",
    "> K = 20",
    "f(1) == 21 and o.value() == 25 and o.twice == 10 and type(o) is Derived and both[0] is o and both[1] is Derived",
    "Base.seen == [5, 'more'] and Derived.seen is Base.seen and Derived.make().v == 9 and isinstance(o, Base)",
    "d == D(1, [shared]) and d.y[0] is shared and type(d) is D and E.B is e and e.shout() == 'B!' and E(1) is E.A",
    "add(1) == 3 and cached(2) == 40 and cached.cache_info().currsize == 1",
    "new.m() == 'new' and type(new) is Old and mixed['f'] is f and mixed['o'] is o and mixed['ok'] == 1",
]


class AcrossTest(unittest.TestCase):
    maxDiff = None

    def test_a_session_of_another_python(self):
        writers, readers = Nursery(1, python=OTHER), Nursery(2)
        self.addCleanup(writers.close)
        self.addCleanup(readers.close)
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        saved = writers.run({"act": "save_in_runs", "folder": folder, "runs": RUNS})
        job = {"act": "load", "folder": folder, "manifest": saved["manifest"], "checks": CHECKS}
        names = {each["name"]: each for each in readers.run(job)["names"]}
        said = {name: [each["how"], each["reason"]] for name, each in names.items() if each["reason"]}
        anew = ("f", "Base", "Derived", "D", "E", "twice", "add", "cached", "counter", "Old")
        lost = ("inc", "square", "body")
        expected = {
            **{name: ["saved", ANEW] for name in anew},
            **{name: ["unsaved", FOREIGN] for name in lost},
        }
        self.assertEqual(said, expected)
        self.assertEqual(names["mixed"]["holes"], [{"path": "mixed['inc']", "reason": FOREIGN}])


if __name__ == "__main__":
    unittest.main()
