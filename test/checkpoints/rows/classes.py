"""Classes of the session, and their instances."""

from table import Row

TYPING = "import abc, enum, dataclasses, typing, functools, collections, weakref"

ROWS = [
    Row(
        "classes and instances",
        """
        K = 1
        class Base:
            'A base.'
            kind = ['base']
            def __init__(self, v): self.v = v
            def value(self): return self.v, K
        class A(Base):
            def value(self): return 'A', super().value()
            @property
            def twice(self): return self.v * 2
            @twice.setter
            def twice(self, v): self.v = v // 2
            @classmethod
            def make(cls): return cls(9)
            @staticmethod
            def s(): return K
        a = A(5); b = Base(a); both = [a, b, A]
        """,
        """
        a.value() == ('A', (5, 1)) and b.v is a and type(a) is A and both[2] is A
        isinstance(a, Base)
        > a.twice = 8
        a.v == 4 and A.make().v == 9 and A.s() == 1 and Base.__doc__ == 'A base.'
        A.kind is Base.kind
        > K = 2
        a.value() == ('A', (4, 2)) and A.__mro__ == (A, Base, object) and A.__qualname__ == 'A'
        """,
    ),
    Row(
        "a class that was redefined while instances live",
        """
        class A:
            def m(self): return 'old'
        old = A(); Old = [A]
        #--
        class A:
            def m(self): return 'new'
        new = A()
        """,
        """
        old.m() == 'old' and new.m() == 'new' and type(new) is A and type(old) is Old[0]
        type(old) is not A
        """,
    ),
    Row(
        "classes that know their instances and each other",
        """
        class Registry:
            all = []
            def __init__(self): Registry.all.append(self)
        class Node:
            registry = Registry
            other = None
        Node.other = Node
        r = Registry(); n = Node()
        """,
        """
        Registry.all == [r] and Node.other is Node and n.registry is Registry
        Registry() in Registry.all and len(Registry.all) == 2
        """,
    ),
    Row(
        "abstract classes",
        """
        class Shape(abc.ABC):
            @abc.abstractmethod
            def area(self): ...
            @property
            @abc.abstractmethod
            def name(self): ...
        class Square(Shape):
            name = 'square'
            def area(self): return 4
        @Shape.register
        class Odd: pass
        s = Square(); o = Odd()
        """,
        """
        s.area() == 4 and isinstance(s, Shape) and isinstance(o, Shape)
        Shape.__abstractmethods__ == {'area', 'name'}
        > try: Shape()
        except TypeError: refused = True
        refused and issubclass(Odd, Shape) and not issubclass(int, Shape)
        """,
        imports=TYPING,
    ),
    Row(
        "slots",
        """
        class S:
            __slots__ = ('q', '__private')
            def __init__(self): self.q = [1]; self.__private = 2
            def get(self): return self.__private
        class Sub(S):
            __slots__ = 'more'
        class Loose(S): pass
        class Weak:
            __slots__ = ('x', '__weakref__', '__dict__')
        s = S(); sub = Sub(); sub.more = s.q; loose = Loose(); loose.any = 1; weak = Weak(); weak.x = 1
        weak.y = 2
        r = weakref.ref(weak)
        """,
        """
        s.q == [1] and s.get() == 2 and sub.more is s.q and loose.any == 1 and weak.y == 2
        r() is weak
        hasattr(loose, '__dict__') and not hasattr(s, '__dict__') and not hasattr(sub, '__dict__')
        S.__slots__ == ('q', '__private') and Sub.__slots__ == 'more'
        > try: s.new = 1
        except AttributeError: refused = True
        refused
        """,
        imports=TYPING,
    ),
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
        "metaclasses",
        """
        made = []
        class Meta(type):
            def __new__(mcls, name, bases, body, **kw):
                body['tag'] = name.lower()
                return super().__new__(mcls, name, bases, body)
            def __init__(cls, name, bases, body, **kw): made.append(cls)
            def __call__(cls, *a): o = super().__call__(*a); o.by = cls.tag; return o
            def __len__(cls): return 7
            def __setattr__(cls, name, value): raise AttributeError('closed')
        class A(metaclass=Meta): pass
        class B(A, key=1): pass
        a = A()
        """,
        """
        made == [A, B] and A.tag == 'a' and a.by == 'a' and len(A) == 7 and type(B) is Meta
        B().by == 'b'
        """,
    ),
    Row(
        "metaclasses that compare and hash in ways of their own",
        """
        class Meta(type):
            def __eq__(cls, other): raise RuntimeError('no')
            __hash__ = None
            def __getattribute__(cls, name):
                if name == 'secret': raise RuntimeError('no')
                return type.__getattribute__(cls, name)
        class A(metaclass=Meta):
            x = 1
        a = A(); a.v = [a]
        """,
        "a.v[0] is a and type(a) is A and A.x == 1",
    ),
    Row(
        "registries of derived classes",
        """
        class Plugin:
            known = {}
            def __init_subclass__(cls, key, **kw):
                super().__init_subclass__(**kw)
                Plugin.known[key] = cls
                cls.key = key
        class A(Plugin, key='a'): pass
        class B(A, key='b'): pass
        """,
        """
        list(Plugin.known) == ['a', 'b'] and Plugin.known['b'] is B and B.key == 'b'
        > class C(A, key='c'): pass
        Plugin.known['c'] is C
        """,
    ),
    Row(
        "classes in classes and in functions",
        """
        class Outer:
            class Inner:
                def __init__(self, v): self.v = v
            def make(self): return self.Inner(1)
        def factory(base):
            class Made(base):
                def who(self): return base, __class__
            return Made
        i = Outer().make(); M = factory(Outer.Inner); m = M(2)
        """,
        """
        type(i) is Outer.Inner and i.v == 1 and m.who() == (Outer.Inner, M)
        Outer.Inner.__qualname__ == 'Outer.Inner'
        """,
    ),
    Row(
        "how instances save themselves",
        """
        class A:
            def __init__(self): self.data, self.cache = [1], object()
            def __getstate__(self): return {'data': self.data}
            def __setstate__(self, state): self.__dict__.update(state); self.cache = 'made anew'
        class B:
            def __new__(cls, x): o = super().__new__(cls); o.x = x; return o
            def __getnewargs__(self): return (self.x,)
        class C:
            def __init__(self, n): self.n = n
            def __reduce__(self): return C, (self.n + 1,)
        a, b, c = A(), B([1]), C(1)
        """,
        "a.data == [1] and a.cache == 'made anew' and b.x == [1] and c.n == 2",
    ),
    Row(
        "an object that says by which name it is known",
        """
        class Sentinel:
            def __reduce__(self): return 'MISSING'
        MISSING = Sentinel(); used = [MISSING]
        """,
        "used[0] is MISSING and type(MISSING) is Sentinel",
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
        "a class with a name of another module",
        """
        class A:
            __module__ = 'elsewhere'
            def m(self): return K
        K = 3; a = A()
        """,
        "a.m() == 3 and type(a) is A and A.__module__ == 'elsewhere'",
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
    Row(
        "classes that use one another before they are made",
        """
        class A:
            def other(self): return B
            def make(self): return B(self)
        class B:
            def __init__(self, a): self.a = a
            A = A
        a = A(); b = a.make()
        A.friend = B
        """,
        "b.a is a and A.friend is B and B.A is A and a.other() is B and type(a.make()) is B",
    ),
    Row(
        "operators of the user's",
        """
        class V:
            def __init__(self, *c): self.c = c
            def __add__(self, o): return V(*(x + y for x, y in zip(self.c, o.c)))
            def __eq__(self, o): return self.c == o.c
            def __iter__(self): return iter(self.c)
            def __len__(self): return len(self.c)
            def __enter__(self): return self
            def __exit__(self, *a): return True
            def __call__(self, x): return x
            def __class_getitem__(cls, x): return (cls, x)
        v = V(1, 2)
        """,
        """
        v + V(1, 1) == V(2, 3) and list(v) == [1, 2] and v('x') == 'x' and V[int] == (V, int)
        V.__hash__ is None
        """,
    ),
]
