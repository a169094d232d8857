/** Kinds of objects and changes: what an undo must bring back. */

export interface Kind {
  name: string;
  /** Makes the object; imports what it takes. */
  make: string;
  change: string;
  /** An expression whose `repr` tells the object before the change from the one after. */
  look: string;
  /** The earliest minor version of Python 3 that has it. */
  since?: number;
}

function kind(name: string, make: string, change: string, look: string, since = 8): Kind {
  return { name, make, change, look, since };
}

const NAMES: Kind[] = [
  kind('a new name', 'pass', 'fresh = 1', '"fresh" in globals()'),
  kind('a rebound name', 'a = 1', 'a = 2', 'a'),
  kind('a deleted name', 'a = 1', 'del a', 'globals().get("a")'),
  kind('several names at once', 'a, b = 1, 2', 'a, b = b, a', '(a, b)'),
  kind('an alias', 'a = b = []', 'a.append(1)', '(a is b, b)'),
  kind(
    'identity across containers',
    'a = object(); b = {"a": a}; c = [a]',
    'c[0] = object()',
    '(b["a"] is a, c[0] is a)',
  ),
];

const CONTAINERS: Kind[] = [
  kind('a list, appended', 'a = [1]', 'a.append(2)', 'a'),
  kind('a list, sorted in place', 'a = [3, 1, 2]', 'a.sort()', 'a'),
  kind('a list in itself', 'a = [1]; a.append(a)', 'a.insert(0, 0)', 'a'),
  kind('a slice', 'a = list(range(9))', 'a[2:5] = []', 'a'),
  kind('a dict', 'a = {"x": 1}', 'a.update(x=2, y=3)', 'a'),
  kind('a dict, its order', 'a = dict(x=1, y=2)', 'a["x"] = a.pop("x")', 'list(a)'),
  kind('a nested dict', 'a = {"x": {"y": [1]}}', 'a["x"]["y"].append(2)', 'a'),
  kind('a set', 'a = {1}', 'a.add(2)', 'sorted(a)'),
  kind('a bytearray', 'a = bytearray(b"x")', 'a += b"y"', 'bytes(a)'),
  kind('a memoryview', 'a = bytearray(4); m = memoryview(a)', 'm[1] = 7', 'bytes(a)'),
  kind('an array', 'from array import array; a = array("i", [1])', 'a.append(2)', 'list(a)'),
  kind('a deque', 'from collections import deque; a = deque([1, 2])', 'a.rotate(1)', 'list(a)'),
  kind(
    'a Counter',
    'from collections import Counter; a = Counter("aab")',
    'a.subtract("a")',
    'sorted(a.items())',
  ),
  kind('a defaultdict', 'from collections import defaultdict; a = defaultdict(list)', 'a["x"]', 'dict(a)'),
  kind(
    'an OrderedDict',
    'from collections import OrderedDict; a = OrderedDict(x=1, y=2)',
    'a.move_to_end("x")',
    'list(a)',
  ),
  kind(
    'a ChainMap',
    'from collections import ChainMap; a = ChainMap({}, {"x": 1})',
    'a["x"] = 2',
    '(a["x"], a.maps)',
  ),
  kind('a heap', 'import heapq; a = [3, 1, 2]; heapq.heapify(a)', 'heapq.heappop(a)', 'a'),
  kind('a large list', 'a = list(range(300_000))', 'a[150_000] = None', 'hash(tuple(a))'),
];

const CLASSES: Kind[] = [
  kind('an instance', 'class C: pass\na = C(); a.x = 1', 'a.x = 2; a.y = 3', 'vars(a)'),
  kind('a class attribute', 'class C: x = 1', 'C.x = 2', 'C.x'),
  kind('a method put in', 'class C:\n    def f(self): return 1\na = C()', 'C.f = lambda self: 2', 'a.f()'),
  kind('a redefined class', 'class C: v = 1\na = C()', 'class C: v = 2', '(C.v, a.v, isinstance(a, C))'),
  kind(
    'an instance of another class',
    'class C: pass\nclass D: pass\na = C()',
    'a.__class__ = D',
    'type(a).__name__',
  ),
  kind('slots', 'class C: __slots__ = ("x",)\na = C(); a.x = 1', 'a.x = 2', 'a.x'),
  kind('a slot emptied', 'class C: __slots__ = ("x",)\na = C(); a.x = 1', 'del a.x', 'hasattr(a, "x")'),
  kind(
    'a dataclass',
    'from dataclasses import dataclass\n@dataclass\nclass C:\n    x: int\na = C(1)',
    'a.x = 2',
    'a',
  ),
  kind(
    'an enum',
    'import enum\nclass C(enum.Enum): X = 1',
    'C.X.note = 1',
    '(C.X is C(1), hasattr(C.X, "note"))',
  ),
  kind(
    'a property',
    'class C:\n    _x = 1\n    @property\n    def x(self): return self._x\na = C()',
    'a._x = 2',
    'a.x',
  ),
  kind(
    'a property replaced',
    'class C:\n    x = property(lambda self: 1)\na = C()',
    'C.x = property(lambda self: 2)',
    'a.x',
  ),
  kind(
    'a metaclass',
    'class M(type):\n    made = []\n    def __new__(m, n, b, d):\n        m.made.append(n); return super().__new__(m, n, b, d)',
    'class X(metaclass=M): pass',
    'M.made',
  ),
  kind(
    'a descriptor',
    'class D:\n    def __set_name__(s, o, n): s.n = {}\n    def __get__(s, i, o): return s.n.get(id(i))\n    def __set__(s, i, v): s.n[id(i)] = v\nclass C: x = D()\na = C(); a.x = 1',
    'a.x = 2',
    'a.x',
  ),
  kind(
    'an abstract class registered',
    'import abc\nclass A(abc.ABC): pass\nclass C: pass',
    'A.register(C)',
    'issubclass(C, A)',
  ),
  kind(
    'a subclass of list',
    'class L(list): pass\na = L([1]); a.note = 1',
    'a.append(2); a.note = 2',
    '(a, a.note)',
  ),
  kind(
    'a namedtuple',
    'from collections import namedtuple; P = namedtuple("P", "x y"); a = P(1, [2])',
    'a.y.append(3)',
    'a',
  ),
  kind('bases', 'class A: v = 1\nclass B: v = 2\nclass C(A): pass', 'C.__bases__ = (B,)', 'C.v'),
];

const FUNCTIONS: Kind[] = [
  kind(
    'a closure’s cell',
    'def make():\n    n = 0\n    def f():\n        nonlocal n; n += 1; return n\n    return f\nf = make()',
    'f()',
    'f.__closure__[0].cell_contents',
  ),
  kind(
    'two functions on one cell',
    'def make():\n    n = 0\n    def f():\n        nonlocal n; n += 1\n    return f, lambda: n\nf, g = make()',
    'f()',
    'g()',
  ),
  kind('defaults', 'def f(x=1): return x', 'f.__defaults__ = (2,)', 'f()'),
  kind(
    'a mutable default',
    'def f(x, seen=[]): seen.append(x); return list(seen)\nf(1)',
    'f(2)',
    'f.__defaults__',
  ),
  kind('a function’s code', 'def f(): return 1\ndef g(): return 2', 'f.__code__ = g.__code__', 'f()'),
  kind('a function’s attribute', 'def f(): pass\nf.calls = 0', 'f.calls += 1', 'f.calls'),
  kind(
    'lru_cache',
    'import functools\n@functools.lru_cache(None)\ndef f(x): return object()\nfirst = f(1)',
    '_ = f(1), f(2)',
    'f.cache_info()',
  ),
  kind(
    'a partial',
    'import functools; a = functools.partial(int, base=2)',
    'a.keywords["base"] = 8',
    'a("10")',
  ),
  kind(
    'a generator half-way',
    'def g():\n    x = 0\n    while True: x += 1; yield x\na = g(); next(a)',
    '[next(a) for _ in range(5)]',
    'a.gi_frame.f_locals["x"]',
  ),
  kind('a generator that ended', 'a = (x for x in [1, 2])', 'list(a)', 'a.gi_frame is None'),
  kind(
    'a coroutine half-way',
    'class W:\n    def __await__(s): yield 1; yield 2\nasync def c(): await W()\na = c(); a.send(None)',
    'a.send(None)',
    'a.cr_await.gi_frame.f_lasti if hasattr(a.cr_await, "gi_frame") else None',
  ),
  kind('a list’s iterator', 'a = iter([1, 2, 3]); next(a)', 'next(a)', 'a.__length_hint__()'),
  kind('itertools', 'import itertools, copy; a = itertools.count(5)', 'next(a); next(a)', 'repr(a)'),
  kind(
    'tee',
    'import itertools; a, b = itertools.tee(iter(range(9)))',
    'next(a)',
    '[next(x) for x in [__import__("copy").copy(a)]]',
  ),
  kind(
    'an exception with a traceback',
    'try: 1 / 0\nexcept Exception as error: a = error',
    'a.__traceback__ = None; a.args = ("x",)',
    '(a.args, a.__traceback__ is None)',
  ),
];

const INTERPRETER: Kind[] = [
  kind('a module’s global', 'import string', 'string.digits = "x"', 'string.digits'),
  kind('sys.modules', 'import sys', 'import colorsys', '"colorsys" in sys.modules'),
  kind(
    'a module taken out',
    'import sys, colorsys',
    'del sys.modules["colorsys"]',
    '"colorsys" in sys.modules',
  ),
  kind('sys.path', 'import sys', 'sys.path.insert(0, "/nowhere")', 'sys.path[0]'),
  kind('builtins', 'import builtins', 'builtins.shout = print', 'hasattr(builtins, "shout")'),
  kind(
    'os.environ',
    'import os; os.environ["A_B"] = "1"',
    'os.environ["A_B"] = "2"; os.environ["C_D"] = "3"',
    '(os.environ["A_B"], os.environ.get("C_D"), os.popen("echo $A_B").read())',
  ),
  kind('the working directory', 'import os; os.chdir("/")', 'os.chdir("/tmp")', 'os.getcwd()'),
  kind(
    'the umask',
    'import os; _ = os.umask(0o022)',
    '_ = os.umask(0o077)',
    'oct([mask for mask in [os.umask(0)] if os.umask(mask) is not None][0])',
  ),
  kind(
    'random',
    'import random; random.seed(1)',
    '[random.random() for _ in range(9)]',
    'hash(random.getstate())',
  ),
  kind(
    'C’s rand',
    'import ctypes; c = ctypes.CDLL(None); c.srand(1); buffer = ctypes.create_string_buffer(128)',
    'c.rand(); drawn = c.rand()',
    'globals().get("drawn")',
  ),
  kind(
    'the recursion limit',
    'import sys; sys.setrecursionlimit(1000)',
    'sys.setrecursionlimit(2000)',
    'sys.getrecursionlimit()',
  ),
  kind(
    'the warnings’ registry',
    'import warnings\ndef f(): warnings.warn("x", UserWarning)',
    'f()',
    'len(globals().get("__warningregistry__", ()))',
  ),
  kind(
    'the warnings’ filters',
    'import warnings',
    'warnings.simplefilter("error")',
    'warnings.filters[0][0]',
  ),
  kind(
    'a signal handler',
    'import signal; _ = signal.signal(signal.SIGUSR1, signal.SIG_IGN)',
    '_ = signal.signal(signal.SIGUSR1, lambda *a: None)',
    'signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN',
  ),
  kind(
    'the signal mask',
    'import signal',
    '_ = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])',
    'signal.SIGUSR2 in signal.pthread_sigmask(signal.SIG_BLOCK, [])',
  ),
  kind(
    'logging',
    'import logging; log = logging.getLogger("x"); log.setLevel(10)',
    'log.setLevel(50); log.addHandler(logging.NullHandler())',
    '(log.level, len(log.handlers))',
  ),
  kind(
    'decimal’s context',
    'import decimal; decimal.getcontext().prec = 5',
    'decimal.getcontext().prec = 9',
    'decimal.getcontext().prec',
  ),
  kind(
    'the locale',
    'import locale; _ = locale.setlocale(locale.LC_ALL, "C")',
    '_ = locale.setlocale(locale.LC_ALL, "C.UTF-8")',
    'locale.setlocale(locale.LC_ALL)',
  ),
  kind(
    'gc’s settings',
    'import gc; gc.enable()',
    'gc.disable(); gc.set_threshold(5)',
    '(gc.isenabled(), gc.get_threshold()[0])',
  ),
  kind(
    'the display hook',
    'import sys; sys.displayhook = sys.__displayhook__',
    'sys.displayhook = lambda x: print("<", x, ">") if x is not None else None',
    'sys.displayhook is sys.__displayhook__',
  ),
  kind('atexit', 'import atexit', 'atexit.register(print)', 'atexit._ncallbacks()'),
  kind(
    'a soft limit',
    'import resource; old = resource.getrlimit(resource.RLIMIT_NOFILE)',
    'resource.setrlimit(resource.RLIMIT_NOFILE, (old[0] - 1, old[1]))',
    'resource.getrlimit(resource.RLIMIT_NOFILE) == old',
  ),
];

const STATEFUL: Kind[] = [
  kind(
    'a weak reference',
    'import weakref\nclass C: pass\na = C(); w = weakref.ref(a)',
    'del a',
    'w() is None',
  ),
  kind(
    'a WeakValueDictionary',
    'import weakref\nclass C: pass\na = C(); d = weakref.WeakValueDictionary(x=a)',
    'del a',
    'list(d)',
  ),
  kind(
    'a finaliser',
    'import weakref\nclass C: pass\na, said = C(), []; f = weakref.finalize(a, said.append, 1)',
    'del a',
    '(said, f.alive)',
  ),
  kind('a lock', 'import threading; a = threading.Lock()', 'a.acquire()', 'a.locked()'),
  kind(
    'a recursive lock, held twice',
    'import threading; a = threading.RLock(); a.acquire()',
    'a.acquire()',
    'repr(a).split("count=")[1].split()[0]',
  ),
  kind('a semaphore', 'import threading; a = threading.Semaphore(2)', 'a.acquire()', 'a._value'),
  kind('an event', 'import threading; a = threading.Event()', 'a.set()', 'a.is_set()'),
  kind('a queue', 'import queue; a = queue.Queue(); a.put(1)', 'a.put(2)', 'list(a.queue)'),
  kind('a thread’s locals', 'import threading; a = threading.local(); a.x = 1', 'a.x = 2', 'a.x'),
  kind(
    'a context variable',
    'import contextvars; a = contextvars.ContextVar("a", default=1)',
    '_ = a.set(2)',
    'a.get()',
  ),
  kind('a message', 'import email; a = email.message_from_string("A: b")', 'a["C"] = "d"', 'a.items()'),
  kind('StringIO', 'import io; a = io.StringIO("abc")', 'a.read(2)', 'a.tell()'),
  kind('BytesIO', 'import io; a = io.BytesIO(b"abc")', 'a.write(b"x")', 'a.getvalue()'),
  kind('a hash half-way', 'import hashlib; a = hashlib.sha256(b"a")', 'a.update(b"b")', 'a.hexdigest()'),
  kind(
    'zlib half-way',
    'import zlib; a = zlib.compressobj(); _ = a.compress(b"a")',
    '_ = a.compress(b"b" * 99)',
    'a.copy().flush()',
  ),
  kind(
    'a csv reader',
    'import csv; a = csv.reader(["a,b", "c,d", "e,f"]); _ = next(a)',
    '_ = next(a)',
    'a.line_num',
  ),
  kind(
    'struct’s iterator',
    'import struct; a = struct.iter_unpack("i", bytes(12)); _ = next(a)',
    '_ = next(a)',
    'a.__length_hint__()',
  ),
  kind(
    'sqlite in memory, in a transaction',
    'import sqlite3; a = sqlite3.connect(":memory:"); _ = a.execute("create table t (x)"); _ = a.execute("insert into t values (1)")',
    '_ = a.execute("insert into t values (2)")',
    'a.execute("select x from t").fetchall(), a.in_transaction',
  ),
  kind(
    'sqlite in memory, rolled back',
    'import sqlite3; a = sqlite3.connect(":memory:"); _ = a.execute("create table t (x)"); a.commit(); _ = a.execute("insert into t values (1)")',
    'a.rollback()',
    'a.execute("select x from t").fetchall()',
  ),
  kind(
    'a sqlite cursor half-way',
    'import sqlite3; a = sqlite3.connect(":memory:").execute("select 1 union select 2"); _ = a.fetchone()',
    'left = a.fetchall()',
    'globals().get("left")',
  ),
  kind(
    'a pair of sockets, closed',
    'import socket; a, b = socket.socketpair()',
    'a.close()',
    'a.fileno() == -1',
  ),
  kind(
    'a listening socket, closed',
    'import socket; a = socket.socket(); a.bind(("127.0.0.1", 0)); a.listen()',
    'a.close()',
    'a.fileno() == -1',
  ),
  kind('a temporary file’s object', 'import tempfile; a = tempfile.TemporaryFile()', 'a.close()', 'a.closed'),
  kind('an open file, closed', 'a = open("/dev/null")', 'a.close()', 'a.closed'),
  kind(
    'a pipe with bytes in it',
    'import os; r, w = os.pipe(); _ = os.write(w, b"abc"); os.set_blocking(r, False)',
    'drained = os.read(r, 9)',
    'globals().get("drained")',
  ),
  kind(
    'a subprocess’s handle',
    'import subprocess, sys; a = subprocess.Popen([sys.executable, "-c", ""])',
    '_ = a.wait()',
    'a.returncode',
  ),
  kind(
    'an event loop’s pending work',
    'import asyncio; a = asyncio.new_event_loop(); f = a.create_future()',
    'a.call_soon(f.set_result, 1); a.run_until_complete(f)',
    'f.done()',
  ),
  kind(
    'an asyncio queue',
    'import asyncio; a = asyncio.Queue(); a.put_nowait(1)',
    'a.put_nowait(2)',
    'a.qsize()',
  ),
  kind('ctypes memory', 'import ctypes; a = (ctypes.c_int * 3)(1, 2, 3)', 'a[1] = 9', 'list(a)'),
  kind(
    'malloc’s memory',
    'import ctypes; c = ctypes.CDLL(None); c.malloc.restype = ctypes.c_void_p; p = ctypes.cast(c.malloc(8), ctypes.POINTER(ctypes.c_long)); p[0] = 1',
    'p[0] = 2',
    'p[0]',
  ),
  kind(
    'an anonymous mapping',
    'import mmap; a = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS); a[0] = 1',
    'a[0] = 2',
    'a[0]',
  ),
  kind(
    'a date’s own class',
    'import datetime\nclass D(datetime.date): pass\na = D(2026, 1, 1); a.note = 1',
    'a.note = 2',
    '(a.note, a.isoformat())',
  ),
  kind(
    'an XML tree',
    'import xml.etree.ElementTree as E; a = E.fromstring("<a><b/></a>")',
    'a[0].set("x", "1"); E.SubElement(a, "c")',
    'E.tostring(a)',
  ),
  kind(
    'a parser’s state',
    'import html.parser; a = html.parser.HTMLParser(); a.feed("<b")',
    'a.feed(">x")',
    'a.rawdata',
  ),
  kind(
    'contextlib’s stack',
    'import contextlib; a = contextlib.ExitStack(); _ = a.callback(print)',
    '_ = a.pop_all()',
    'len(a._exit_callbacks)',
  ),
  kind(
    'a mock',
    'from unittest import mock; a = mock.Mock(); a()',
    'a(); a.b(1)',
    '(a.call_count, a.method_calls)',
  ),
  kind(
    'an import hook',
    'import sys',
    'sys.meta_path.insert(0, type("F", (), {"find_spec": lambda *a: None})())',
    'len(sys.meta_path)',
  ),
  kind(
    'a future',
    'import concurrent.futures; a = concurrent.futures.Future()',
    'a.set_result(1)',
    'a.done()',
  ),
  kind('a SimpleNamespace', 'import types; a = types.SimpleNamespace(x=[1])', 'a.x.append(2); a.y = 1', 'a'),
  kind(
    'a proxy of a dict',
    'import types; d = {"x": 1}; a = types.MappingProxyType(d)',
    'd["x"] = 2',
    'a["x"]',
  ),
];

export const KINDS: readonly Kind[] = [
  ...NAMES,
  ...CONTAINERS,
  ...CLASSES,
  ...FUNCTIONS,
  ...INTERPRETER,
  ...STATEFUL,
];
