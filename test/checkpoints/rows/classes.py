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
