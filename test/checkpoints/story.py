"""Make up a session: runs that define, change and use things, and further runs that print what became of them."""

from __future__ import annotations

import random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

OPENING = """
import collections, dataclasses, datetime, decimal, enum, functools, itertools, math, random, re, traceback, weakref
random.seed(7)
log = []
K = 3
"""
LIBRARIES = """
import numpy as np, pandas as pd
np.random.seed(5)
rng = np.random.default_rng(11)
"""


class Story:
    """A session as it goes on: what its names stand for decides what can be done with them."""

    def __init__(self, seed: int, has_libraries: bool) -> None:
        self._random = random.Random(seed)
        self._has_libraries = has_libraries
        self._names: dict[str, list[str]] = {}
        self._count = 0

    def runs(self, count: int) -> list[str]:
        found = [OPENING] + ([LIBRARIES] if self._has_libraries else [])
        while len(found) < count:
            found.append(self._pick(self._steps())())
        return found

    def endings(self, count: int) -> list[str]:
        """Return runs that look at everything, and go on with it."""
        looks = [self._look(kind, name) for kind, names in self._names.items() for name in names]
        self._random.shuffle(looks)
        size = -(-len(looks) // (count - len(LAST)))
        parts = ["\n".join(looks[start : start + size]) for start in range(0, len(looks), size)]
        return [*parts, *LAST]

    def _pick(self, items: list) -> Any:
        return self._random.choice(items)

    def _new(self, kind: str, letter: str) -> str:
        self._count += 1
        name = "%s%d" % (letter, self._count)
        self._names.setdefault(kind, []).append(name)
        return name

    def _known(self, kind: str) -> str | None:
        names = self._names.get(kind)
        return self._random.choice(names) if names else None

    def _steps(self) -> list[Callable[[], str]]:
        steps = [
            *(self._data, self._alias, self._change, self._function, self._closure, self._call, self._class),
            *(self._instance, self._again, self._collection, self._draw, self._dataclass, self._enumeration),
            *(self._cached, self._trouble, self._hole, self._exact, self._last, self._weak),
        ]
        return steps + ([self._array, self._view, self._write, self._frame] if self._has_libraries else [])

    def _data(self) -> str:
        size = self._random.randrange(1, 40)
        made = "[{'n': i, 't': 'text %%d' %% i, 'l': [i] * 3} for i in range(%d)]" % size
        return "%s = %s" % (self._new("list", "d"), made)

    def _alias(self) -> str:
        other = self._known("list")
        if other is None:
            return self._data()
        return "%s = {'same': %s, 'part': %s[0]}" % (self._new("pair", "p"), other, other)

    def _change(self) -> str:
        name = self._known("list")
        if name is None:
            return self._data()
        change = self._pick(
            ["%s.append({'n': K})", "%s[0]['n'] = len(log)", "%s.insert(0, {'n': -1})", "log.append(%s[-1])"]
        )
        return change % name

    def _function(self) -> str:
        name, other = self._new("function", "f"), self._known("function")
        inner = "%s(x - 1) if x > 90 else x" % other if other and other != name else "x"
        return "def %s(x, *, y=%d):\n    'Doc.'\n    return (%s) + y + K" % (name, self._count, inner)

    def _closure(self) -> str:
        inc, get = self._new("counter", "inc"), self._new("getter", "get")
        return (
            "def make(n):\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n"
            "    def get():\n        return n\n    return inc, get\n%s, %s = make(%d)"
            % (inc, get, self._count)
        )

    def _call(self) -> str:
        name = self._known("counter")
        return self._closure() if name is None else "log.append(%s())" % name

    def _class(self) -> str:
        base, name = self._known("class"), self._new("class", "C")
        head = "class %s(%s):" % (name, base) if base else "class %s:" % name
        return (
            "%s\n    made = []\n    def __init__(self, v):\n        self.v = v\n        self.made.append(v)\n"
            "    def value(self):\n        return %r, self.v, K\n    @property\n    def twice(self):\n"
            "        return self.v * 2" % (head, name)
        )

    def _instance(self) -> str:
        kind = self._known("class")
        if kind is None:
            return self._class()
        return "%s = %s(%d)" % (self._new("instance", "o"), kind, self._count)

    def _again(self) -> str:
        """Define something of a known name anew, while what was made with the old one lives."""
        kind = self._known("class")
        if kind is None:
            return self._class()
        return (
            "class %s:\n    made = []\n    def __init__(self, v):\n        self.v = v\n"
            "    def value(self):\n        return 'again', self.v\n    twice = %d" % (kind, self._count)
        )

    def _collection(self) -> str:
        name = self._new("collection", "c")
        return self._pick(
            [
                "%s = collections.Counter('abracadabra')",
                "%s = collections.deque(range(9), maxlen=5)",
                "%s = collections.OrderedDict(b=1, a=[2])",
                "%s = collections.defaultdict(list, a=[K])",
                "%s = {frozenset((1, 2)): (3, [4])}",
            ]
        ) % (name)

    def _draw(self) -> str:
        return "log.append(random.random())\n%s = random.choices(range(100), k=5)" % self._new("list of", "r")

    def _dataclass(self) -> str:
        name = self._new("data class", "D")
        made = self._new("data", "v")
        return (
            "@dataclasses.dataclass(order=True)\nclass %s:\n    x: int\n"
            "    y: list = dataclasses.field(default_factory=list)\n%s = %s(%d)"
            % (name, made, name, self._count)
        )

    def _enumeration(self) -> str:
        name = self._new("enumeration", "E")
        return "class %s(enum.Enum):\n    A = %d\n    B = 'b'\n%s = %s.B" % (
            *(name, self._count, self._new("member", "m"), name),
        )

    def _cached(self) -> str:
        name = self._new("function", "g")
        return "@functools.lru_cache(None)\ndef %s(x, y=1):\n    return x + y + K" % name

    def _trouble(self) -> str:
        name = self._new("error", "e")
        return "try:\n    int('x%d')\nexcept ValueError as error:\n    %s = error" % (self._count, name)

    def _hole(self) -> str:
        return "%s = (i for i in range(3))\nheld%d = {'gen': %s, 'n': %d}" % (
            *(self._new("generator", "n"), self._count, "n%d" % self._count, self._count),
        )

    def _exact(self) -> str:
        name = self._new("value", "w")
        return self._pick(
            [
                "%s = decimal.Decimal('1.10') / 3",
                "%s = datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc)",
                "%s = re.compile('t(e)xt', re.I)",
                "%s = 2 ** 200 + 1j",
                "%s = 'é' * 2000",
            ]
        ) % (name)

    def _last(self) -> str:
        return "K + len(log)"

    def _weak(self) -> str:
        name = self._known("instance")
        return self._instance() if name is None else "%s = weakref.ref(%s)" % (self._new("weak", "k"), name)

    def _array(self) -> str:
        return "%s = np.arange(%d.0).reshape(-1, 2)" % (
            self._new("array", "a"),
            2 * self._random.randrange(2, 50),
        )

    def _view(self) -> str:
        name = self._known("array")
        return self._array() if name is None else "%s = %s[1:]" % (self._new("array", "a"), name)

    def _write(self) -> str:
        name = self._known("array")
        return self._array() if name is None else "%s[-1] = rng.random(); log.append(np.random.rand())" % name

    def _frame(self) -> str:
        return "%s = pd.DataFrame({'i': range(5), 's': list('abcde'), 'f': rng.random(5)})" % self._new(
            "frame", "t"
        )

    def _look(self, kind: str, name: str) -> str:
        return LOOKS.get(kind, "print({name!r}, {name})").format(name=name)


LOOKS = {
    "function": "print({name!r}, {name}(95), {name}(1, y=2), {name}.__doc__, {name}.__name__)",
    "counter": "print({name!r}, {name}(), {name}())",
    "getter": "print({name!r}, {name}())",
    "class": "print({name!r}, {name}.made, {name}(1).value(), {name}.__mro__[1:-1] and {name}.__mro__[1].__name__)",
    "instance": "print({name!r}, {name}.value(), {name}.twice, type({name}).__name__, {name}.made)",
    "data class": "print({name!r}, {name}(1) < {name}(2), dataclasses.fields({name})[1].name)",
    "pair": "print({name!r}, {name}['same'][-1], [x is {name}['part'] for x in {name}['same']].count(True))",
    "weak": "print({name!r}, {name}().value())",
    "error": "print({name!r}, repr({name}), {name}.args)",
    "generator": "print({name!r}, 'is not asked about')",
    "enumeration": "print({name!r}, list({name}), {name}('b') is {name}.B)",
    "array": "print({name!r}, {name}.tolist()); {name} += 1",
}
LAST = [
    "print(_, len(log), log)",
    "print(random.random(), random.gauss(0, 1), random.sample(range(50), 5))",
    "K = 100\nprint([f(1) for name, f in sorted(globals().items()) if re.match(r'[fg]\\d+$', name)])",
    "for name in sorted(globals()):\n    if re.match(r'held\\d', name): print(name, globals()[name]['n'])",
    "def broken(): return undefined_name\ntry: broken()\nexcept NameError: print(traceback.format_exc())",
    "import inspect\nprint([inspect.getsource(f) for n, f in sorted(globals().items()) if re.match(r'f\\d+$', n)])",
]
