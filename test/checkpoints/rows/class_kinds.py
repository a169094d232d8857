"""Classes that libraries help to make: data classes, enumerations, named tuples, generics."""

from table import Row

TYPING = "import abc, enum, dataclasses, typing, functools, collections, weakref"

ROWS = [
    Row(
        "instances that cannot be changed",
        """
        class Point:
            __slots__ = ('x', 'y')
            def __init__(self, x, y): object.__setattr__(self, 'x', x); object.__setattr__(self, 'y', y)
            def __setattr__(self, name, value): raise AttributeError('fixed')
        @dataclasses.dataclass(frozen=True)
        class D:
            x: int
            y: list = dataclasses.field(default_factory=list)
        p = Point(1, 2); d = D(1); s = {d.x: d}
        """,
        """
        (p.x, p.y) == (1, 2) and d == D(1, []) and s[1] is d
        > try: d.x = 2
        except dataclasses.FrozenInstanceError: refused = True
        refused
        """,
        imports=TYPING,
    ),
    Row(
        "data classes",
        """
        @dataclasses.dataclass(order=True)
        class D:
            x: int
            y: list = dataclasses.field(default_factory=list, compare=False)
            z: typing.ClassVar[int] = 5
            w: dataclasses.InitVar[int] = 7
            def __post_init__(self, w): self.sum = self.x + w
        d = D(1); e = D(2, [d])
        """,
        """
        d == D(1) and d < e and e.y[0] is d and d.sum == 8 and D.z == 5
        dataclasses.asdict(d) == {'x': 1, 'y': []} and dataclasses.replace(d, x=3, w=1).sum == 4
        > class E(D):
            v: int = 0
        dataclasses.dataclass(E)(1, v=2).v == 2
        [f.name for f in dataclasses.fields(D)] == ['x', 'y']
        """,
        imports=TYPING,
    ),
    Row(
        "data classes with slots",
        """
        @dataclasses.dataclass(slots=True, kw_only=True, frozen=True)
        class D:
            x: int
            y: int = 2
        d = D(x=1)
        """,
        "d == D(x=1, y=2) and not hasattr(d, '__dict__') and D.__match_args__ == ()",
        imports=TYPING,
        since=(3, 10),
    ),
    Row(
        "enumerations",
        """
        class Color(enum.Enum):
            RED = 1
            BLUE = 2
            CRIMSON = 1
            def hot(self): return self is Color.RED
        class Level(enum.IntEnum):
            LOW = enum.auto()
            HIGH = enum.auto()
        class Perm(enum.Flag):
            R = 4
            W = 2
        class Word(str, enum.Enum):
            A = 'a'
        c, l, p, w, d = Color.BLUE, Level.HIGH, Perm.R | Perm.W, Word.A, {Color.RED: 1}
        """,
        """
        c is Color.BLUE and Color(1) is Color.RED and Color['CRIMSON'] is Color.RED
        Color.RED.hot()
        l is Level.HIGH and l == 2 and l > Level.LOW and p == Perm.R | Perm.W
        p & Perm.R is Perm.R and w == 'a'
        d[Color.RED] == 1 and list(Color) == [Color.RED, Color.BLUE] and isinstance(Word.A, str)
        repr(c) == '<Color.BLUE: 2>'
        type(c) is Color and Color.__members__['BLUE'] is c
        """,
        imports=TYPING,
    ),
    Row(
        "enumerations that make their own values",
        """
        class Planet(enum.Enum):
            EARTH = (5.9, 6.3)
            def __init__(self, mass, radius): self.mass = mass
            @property
            def weight(self): return self.mass * 2
        class Next(enum.Enum):
            def _generate_next_value_(name, start, count, last): return name.lower()
            UP = enum.auto()
            @classmethod
            def _missing_(cls, value): return cls.UP
        p, n = Planet.EARTH, Next.UP
        """,
        """
        p is Planet.EARTH and p.mass == 5.9 and p.weight == 11.8 and n.value == 'up'
        Next('?') is Next.UP and Planet((5.9, 6.3)) is p
        """,
        imports=TYPING,
    ),
    Row(
        "tuples and dictionaries with types",
        """
        class P(typing.NamedTuple):
            x: int
            y: int = 2
            def sum(self): return self.x + self.y
        class M(typing.TypedDict):
            title: str
        p = P(1); m = M(title='a')
        """,
        """
        type(p) is P and p.sum() == 3 and p == (1, 2) and m == {'title': 'a'}
        M.__annotations__.keys() == {'title'} and M(title='b')['title'] == 'b'
        """,
        imports=TYPING,
    ),
    Row(
        "generic classes",
        """
        T = typing.TypeVar('T', bound=int); U = typing.TypeVar('U')
        class Box(typing.Generic[T]):
            def __init__(self, x: T): self.x = x
        class Pair(Box[T], typing.Generic[T, U]): pass
        class Runs(typing.Protocol):
            def run(self) -> int: ...
        b = Box[int](3); alias = Box[int]; p = Pair(4); hint = typing.Dict[str, typing.List[T]]
        New = typing.NewType('New', int); n = New(5)
        """,
        """
        b.x == 3 and type(b) is Box and alias.__origin__ is Box and hint.__parameters__ == (T,)
        T.__bound__ is int
        Box.__parameters__ == (T,) and Pair.__parameters__ == (T, U) and Box[int] == alias
        p.x == 4 and New(6) == 6 and n == 5
        issubclass(Pair, Box) and Runs._is_protocol
        """,
        imports=TYPING,
    ),
    Row(
        "parameters of types",
        "P = typing.ParamSpec('P'); C = typing.Callable[P, int]; U = int | str",
        "C.__parameters__ == (P,) and P.__name__ == 'P' and U == (int | str)",
        imports=TYPING,
        since=(3, 10),
    ),
    Row(
        "descriptors",
        """
        class Positive:
            def __set_name__(self, owner, name): self.name = '_' + name; self.owner = owner
            def __get__(self, o, kind): return self if o is None else getattr(o, self.name)
            def __set__(self, o, v):
                if v < 0: raise ValueError(v)
                setattr(o, self.name, v)
        class A:
            n = Positive()
        a = A(); a.n = 3
        """,
        """
        a.n == 3 and A.n.owner is A
        > try: a.n = -1
        except ValueError: refused = True
        refused
        """,
    ),
    Row(
        "classes derived from Python's own",
        """
        class Text(str):
            def shout(self): return self.upper() + '!'
        class Num(int): pass
        class When(__import__('datetime').date): pass
        class F(float):
            __slots__ = ()
        t, n, w, f = Text('hi'), Num(5), When(2024, 2, 29), F(1.5); t.note = [n]
        """,
        """
        t.shout() == 'HI!' and t.note[0] is n and type(n) is Num and n == 5 and type(w) is When
        w.day == 29 and type(f) is F and f == 1.5
        """,
    ),
    Row(
        "classes made by calls",
        """
        A = type('A', (), {'x': 1, 'm': lambda self: self.x}); a = A()
        B = dataclasses.make_dataclass('B', ['x']); b = B(1); E = enum.Enum('E', 'X Y'); e = E.X
        """,
        "a.m() == 1 and type(a) is A and b == B(1) and e is E.X and E(2) is E.Y",
        imports=TYPING,
    ),
]
