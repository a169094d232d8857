"""What a process has for itself: threads, locks, connections, code that stands in the middle."""

from table import Row

GENERATOR = "a generator, which stands in the middle of its code"
COROUTINE = "a coroutine, which stands in the middle of its code"

ROWS = [
    Row(
        "generators and coroutines",
        """
        def g(): yield 1
        async def c(): pass
        async def a(): yield 1
        gen, expr, coro, agen = g(), (i for i in 'ab'), c(), a(); next(gen)
        """,
        "list(g()) == [1]",
        reasons={
            "gen": GENERATOR,
            "expr": GENERATOR,
            "coro": COROUTINE,
            "agen": "an asynchronous generator, which stands in the middle of its code",
        },
    ),
    Row(
        "generators and coroutines in containers",
        """
        async def c(): pass
        class Holder: pass
        data = {'ok': 1, 'gen': (i for i in 'ab'), ('k', 2): [c(), {3}]}; h = Holder()
        h.it = [1, (i for i in '')]; t = (data['gen'], 2)
        """,
        """
        data['ok'] == 1 and data['k', 2][1] == {3} and h.it[0] == 1 and t[1] == 2
        t[0] is data['gen']
        """,
        holes={
            "data": {"data['gen']": GENERATOR, "data[('k', 2)][0]": COROUTINE},
            "h": {"h.it[1]": GENERATOR},
            "t": {"t[0]": GENERATOR},
        },
    ),
    Row(
        "what stands for a hole",
        "data = {'gen': (i for i in 'ab')}",
        """
        > hole = data['gen']; said = []
        > for use in (lambda: next(hole), lambda: hole.send, lambda: hole + 1, lambda: len(hole), lambda: hole()):
            try: use()
            except AttributeError as error: said.append(str(error))
        said == ['this value did not come back with the session: a generator, which stands in the middle of its code'] * 5
        not hasattr(hole, 'send') and hole == hole and bool(repr(hole))
        """,
        holes={"data": {"data['gen']": GENERATOR}},
    ),
    Row(
        "locks, free and held",
        """
        class Box:
            def __init__(self): self.lock = threading.RLock(); self.items = [1]
        l, r, e, c, s, b = threading.Lock(), threading.RLock(), threading.Event(), threading.Condition(), threading.Semaphore(3), threading.Barrier(2)
        box = Box(); same = [box.lock]; l.acquire(); r.acquire(); e.set()
        """,
        """
        not l.locked() and r.acquire(blocking=False) and e.is_set() and c.acquire(blocking=False)
        s._value == 3 and b.parties == 2
        same[0] is box.lock and box.lock.acquire(blocking=False) and box.items == [1]
        > with c: c.notify_all()
        """,
        imports="import threading",
    ),
    Row(
        "threads and what they have for themselves",
        """
        class Worker(threading.Thread):
            def run(self): pass
        t, w, local, timer = threading.current_thread(), Worker(), threading.local(), threading.Timer(99, print)
        jobs = {'t': w, 'n': 1}
        """,
        "jobs['n'] == 1 and issubclass(Worker, threading.Thread)",
        imports="import threading",
        reasons={
            "t": "a thread",
            "w": "a thread",
            "local": "values that each thread has for itself",
            "timer": "a thread",
        },
        holes={"jobs": {"jobs['t']": "a thread"}},
    ),
    Row(
        "pools and futures",
        "p = futures.ThreadPoolExecutor(1); f = p.submit(int); f.result(); all = [f, 1]",
        "all[1] == 1",
        imports="from concurrent import futures",
        reasons={"p": "a pool of threads or processes", "f": "a future"},
        holes={"all": {"all[0]": "a future"}},
    ),
    Row(
        "event loops and tasks",
        """
        loop = asyncio.new_event_loop()
        async def work(): return 1
        task = loop.create_task(work()); loop.run_until_complete(task); future = loop.create_future()
        """,
        "asyncio.iscoroutinefunction(work)",
        imports="import asyncio",
        reasons={
            "loop": "an event loop",
            "task": "a future or task of an event loop",
            "future": "a future or task of an event loop",
        },
    ),
    Row(
        "classes that are called as what cannot be saved",
        """
        class Task:
            def __init__(self, note): self.note = note
        class Thread(Task): pass
        shared = [1]; t = Task(shared); u = Thread(shared)
        """,
        "t.note is shared and u.note is shared",
    ),
    Row(
        "sockets and servers",
        "s = socket.socket(); a, b = socket.socketpair(); f = a.makefile(); c = {'s': s}",
        "list(c) == ['s']",
        imports="import socket",
        reasons={"s": "a socket", "a": "a socket", "b": "a socket", "f": "a stream without a file"},
        holes={"c": {"c['s']": "a socket"}},
    ),
    Row(
        "processes",
        """
        p = subprocess.Popen(['true'], stdout=subprocess.PIPE); p.wait(); out = p.stdout
        done = subprocess.run(['echo', 'x'], capture_output=True)
        """,
        r"done.stdout == b'x\n' and done.returncode == 0",
        imports="import subprocess",
        reasons={"p": "a process", "out": "a stream without a file"},
    ),
    Row(
        "what processes share",
        """
        q, p, l, v = mp.Queue(), mp.Pipe()[0], mp.Lock(), mp.Value('i', 1); proc = mp.Process(target=print)
        """,
        "1",
        imports="import multiprocessing as mp",
        reasons={
            "q": "a queue between processes",
            "p": "a pipe between processes",
            "l": "a lock between processes",
            "proc": "a process",
            "v": "memory shared between processes",
        },
    ),
    Row(
        "databases",
        """
        c = sqlite3.connect(':memory:'); k = c.execute('select 1'); c.row_factory = sqlite3.Row
        r = c.execute('select 1 as a').fetchone()
        class Store:
            def __init__(self): self.db = c; self.rows = [(1, 'a')]
        s = Store()
        """,
        "s.rows == [(1, 'a')]",
        imports="import sqlite3",
        reasons={
            "c": "a connection to a database",
            "k": "the cursor of a connection to a database",
            "r": "a sqlite3.Row, which cannot be pickled",
        },
        holes={"s": {"s.db": "a connection to a database"}},
    ),
    Row(
        "frames and tracebacks",
        """
        f = sys._getframe()
        #--
        try: 1 / 0
        except ZeroDivisionError as e: t = e.__traceback__
        """,
        "1",
        imports="import sys",
        reasons={"f": "a frame of running code", "t": "a traceback"},
    ),
    Row(
        "what C code has for itself",
        """
        p = select.poll(); z = zlib.compressobj(); h = hashlib.sha256(); d = {'h': h, 'x': 1}
        b = ctypes.c_int(5)
        """,
        "d['x'] == 1 and b.value == 5",
        imports="import select, zlib, hashlib, ctypes",
        reasons={
            "p": "a select.poll, which cannot be pickled",
            "z": "a zlib.Compress, which cannot be pickled",
            "h": "a _hashlib.HASH, which cannot be pickled",
        },
        holes={"d": {"d['h']": "a _hashlib.HASH, which cannot be pickled"}},
    ),
    Row(
        "libraries of C code",
        """
        c = ctypes.CDLL(None); c.strlen.argtypes = [ctypes.c_char_p]; c.abs.restype = ctypes.c_long
        f = c.strlen
        """,
        "c.strlen(b'abc') == 3 and c.strlen.argtypes == [ctypes.c_char_p] and c.abs(-3) == 3",
        imports="import ctypes",
        reasons={
            "f": "ctypes.CDLL.__init__.<locals>._FuncPtr, which fails to be pickled"
            " (ValueError: ctypes objects containing pointers cannot be pickled)"
        },
    ),
]
