"""Lists, dictionaries and their kin: what they share, and how deep they go."""

from table import Row

COLLECTIONS = "import collections, types, array, queue, heapq"

ROWS = [
    Row(
        "lists, tuples, sets, dictionaries",
        "l, t, s, f, d = [1, [2]], (1, (2,)), {1, 'a'}, frozenset('ab'), {1: 'a', (1, 2): {3}}",
        """
        l == [1, [2]] and t == (1, (2,)) and s == {1, 'a'} and f == frozenset('ab')
        d == {1: 'a', (1, 2): {3}} and list(d) == [1, (1, 2)]
        """,
    ),
    Row(
        "names for one object",
        "a = [1]; b = a; c = {'a': a}; d = (a,); e = [[]]; f = e[0]",
        """
        a is b and c['a'] is a and d[0] is a and e[0] is f
        > b.append(2)
        c == {'a': [1, 2]} and d == ([1, 2],)
        """,
    ),
    Row(
        "large texts that names share",
        "t = 'x' * 5000; u = [t]; v = {'t': t}",
        "u[0] is t and v['t'] is t",
    ),
    Row(
        "what holds itself",
        "l = [1]; l.append(l); d = {}; d['d'] = d; t = ([],); t[0].append(t)",
        "l[1] is l and d['d'] is d and t[0][0] is t",
    ),
    Row(
        "what holds each other",
        "a = {'name': 'a'}; b = {'other': a}; a['other'] = b; c = [a, b]",
        "a['other'] is b and b['other'] is a and c[0] is a and c[1] is b",
    ),
    Row(
        "lists nested deeply",
        """
        deep = []
        for _ in range(60_000): deep = [deep]
        """,
        """
        > count = 0
        > while deep:
            deep, count = deep[0], count + 1
        count == 60_000
        """,
    ),
    Row(
        "instances linked deeply",
        """
        class Node:
            def __init__(self, next): self.next = next
        head = None
        for _ in range(20_000): head = Node(head)
        del _
        """,
        """
        > count = 0
        > while head is not None:
            head, count = head.next, count + 1
        count == 20_000
        """,
    ),
    Row(
        "the collections",
        """
        d = collections.defaultdict(list, a=[1]); o = collections.OrderedDict([('z', 1), ('a', 2)])
        q = collections.deque([1, 2, 3], maxlen=3); c = collections.Counter('banana')
        q2 = collections.deque([q])
        m = collections.ChainMap({'a': 1}, o); u = collections.UserDict(a=1)
        n = types.SimpleNamespace(x=[1], y=d)
        """,
        """
        d['new'] == [] and d['a'] == [1] and list(o) == ['z', 'a'] and q.maxlen == 3
        > q.append(4)
        list(q) == [2, 3, 4] and q2[0] is q and c.most_common(1) == [('a', 3)]
        m['z'] == 1 and m.maps[1] is o and u == {'a': 1} and n.x == [1] and n.y is d
        """,
        imports=COLLECTIONS,
    ),
    Row(
        "a dictionary with a factory of the session's",
        """
        K = 3
        #--
        d = collections.defaultdict(lambda: K); d['a']
        """,
        """
        > K = 4
        d['b'] == 4 and d['a'] == 3
        """,
        imports=COLLECTIONS,
    ),
    Row(
        "named tuples",
        "P = collections.namedtuple('P', 'x y', defaults=[2]); p = P(1)",
        "type(p) is P and p == (1, 2) and p._replace(y=5) == P(1, 5) and P._fields == ('x', 'y')",
        imports=COLLECTIONS,
    ),
    Row(
        "arrays and queues of Python's own",
        """
        a = array.array('d', [1.5, 2]); q = queue.Queue(3); q.put([1]); p = queue.PriorityQueue(); p.put(2)
        p.put(1)
        """,
        """
        a == array.array('d', [1.5, 2]) and q.get(timeout=1) == [1] and q.maxsize == 3
        p.get(timeout=1) == 1
        """,
        imports=COLLECTIONS,
    ),
    Row(
        "views of dictionaries",
        """
        d = {'a': 1}
        keys, values, items, proxy = d.keys(), d.values(), d.items(), types.MappingProxyType(d)
        """,
        """
        > d['b'] = 2
        list(keys) == ['a', 'b'] and list(values) == [1, 2] and len(items) == 2 and proxy['b'] == 2
        """,
        imports=COLLECTIONS,
    ),
    Row(
        "views of memory",
        """
        data = bytearray(b'abcdef'); view = memoryview(data); part = view[1:3]
        fixed = memoryview(b'xyz').cast('B', [3])
        """,
        """
        > view[0] = 65
        data == b'Abcdef' and bytes(part) == b'bc' and bytes(fixed) == b'xyz' and fixed.readonly
        """,
    ),
    Row(
        "iterators that stand in the middle",
        """
        i = iter([1, 2, 3]); next(i); e = enumerate('abc'); next(e); r = reversed([1, 2])
        z = zip('ab', [1, 2]); m = map(str, [1])
        """,
        """
        list(i) == [2, 3] and next(e) == (1, 'b') and list(r) == [2, 1]
        list(z) == [('a', 1), ('b', 2)] and list(m) == ['1']
        """,
    ),
    Row(
        "iterators of itertools",
        """
        import itertools
        c = itertools.count(5); next(c); y = itertools.cycle('ab'); next(y); h = itertools.chain([1], [2])
        """,
        "next(c) == 6 and next(y) == 'b' and list(h) == [1, 2]",
        how={"itertools": "imported"},
        before=(3, 14),
    ),
    Row(
        "containers that the session derives",
        """
        class L(list):
            def __init__(self, owner): self.owner = owner
        class D(dict):
            def __init__(self, needed): self.needed = needed
        class S(set): pass
        class T(tuple):
            def __new__(cls, *items): return super().__new__(cls, items)
        l = L('me'); l += [1, 2]; d = D(5); d['k'] = l; s = S('ab'); s.extra = 1; t = T(1, 2)
        """,
        """
        type(l) is L and l == [1, 2] and l.owner == 'me' and d.needed == 5 and d['k'] is l
        type(s) is S and s == {'a', 'b'} and s.extra == 1 and type(t) is T and t == (1, 2)
        """,
    ),
    Row(
        "a dictionary with attributes for keys",
        """
        class Bunch(dict):
            __getattr__ = dict.__getitem__
            __setattr__ = dict.__setitem__
        b = Bunch(x=1); b.y = [2]; c = [b]
        """,
        "type(b) is Bunch and b.x == 1 and b.y == [2] and c[0] is b",
    ),
    Row(
        "containers that count what is put into them",
        """
        class Counting(dict):
            count = 0
            def __setitem__(self, key, value): self.log.append(key); super().__setitem__(key, value)
            def __init__(self): self.log = []
        class Picky(list):
            def append(self, value): raise RuntimeError('use add')
            def extend(self, values): raise RuntimeError('use add')
            def add(self, value): list.append(self, value)
        c = Counting(); c['a'] = 1; p = Picky(); p.add(1); p.add(2)
        """,
        "c == {'a': 1} and c.log == ['a'] and p == [1, 2]",
    ),
    Row(
        "sets of objects that hash by what is in them",
        """
        class Key:
            def __init__(self, v): self.v = v
            def __eq__(self, other): return self.v == other.v
            def __hash__(self): return hash(self.v)
        k = Key('a'); s = {k, Key('b')}; d = {k: 1}
        """,
        "Key('a') in s and d[Key('a')] == 1 and k in s and Key('c') not in s",
    ),
]
