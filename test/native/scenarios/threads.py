"""Threads that wait, sleep, compute, start and end."""

from __future__ import annotations

import ctypes
import os
import queue
import tempfile
import threading
import time

from .play import Busy, Scenario, join, start


class Computing(Busy):
    """Threads that fight for the GIL."""

    count = 3

    def work(self, index: int) -> None:
        assert sum(range(20000)) == 199990000


class Hashing(Busy):
    """Threads that compute without the GIL."""

    def work(self, index: int) -> None:
        import hashlib

        assert hashlib.sha256(b"x" * 300000).hexdigest().startswith("")


class Sleeping(Busy):
    """Short sleeps, none of which may be cut short."""

    def work(self, index: int) -> None:
        begin = time.monotonic()
        time.sleep(0.003)
        assert time.monotonic() - begin >= 0.003


class Printing(Busy):
    """Threads that print to one file."""

    count = 4

    def open(self) -> None:
        descriptor, path = tempfile.mkstemp()
        # Only to be written, and from its begin to its end: so it goes on whatever was written meanwhile.
        self.file = open(path, "w", buffering=1)  # noqa: SIM115  closed by the end of the process
        os.close(descriptor)
        os.remove(path)
        super().open()

    def work(self, index: int) -> None:
        print("thread", index, "round", self.rounds[index], file=self.file)


class Churn(Busy):
    """Threads that start and end all the time."""

    count = 3

    def work(self, index: int) -> None:
        join(start(int, 3))


class CChurn(Busy):
    """The same without Python: threads are made and joined by C, with no GIL held."""

    def open(self) -> None:
        self.c = ctypes.CDLL(None)
        self.function = ctypes.cast(self.c.abs, ctypes.c_void_p)
        super().open()

    def work(self, index: int) -> None:
        threads = (ctypes.c_ulong * 4)()
        for each in range(4):
            place = ctypes.byref(threads, each * ctypes.sizeof(ctypes.c_ulong))
            assert self.c.pthread_create(place, None, self.function, None) == 0
        for thread in threads:
            assert self.c.pthread_join(ctypes.c_ulong(thread), None) == 0


class Timers(Scenario):
    """`threading.Timer`."""

    def before(self) -> None:
        self.calls: list[int] = []
        self.timer = threading.Timer(0.1, self.calls.append, [1])
        self.timer.start()

    def live(self) -> None: ...

    def woken(self) -> None:
        self.timer.join(5)
        assert self.calls == [1]


class Events(Scenario):
    """Threads that wait for an event, with a timeout and without."""

    def before(self) -> None:
        self.event = threading.Event()
        self.seen: list[bool] = []
        self.threads = start(lambda: self.seen.append(self.event.wait()), 3)
        self.threads += start(lambda: self.seen.append(self.event.wait(60)), 3)

    def live(self) -> None:
        self.event.set()
        join(self.threads)

    def woken(self) -> None:
        assert not self.seen
        self.event.set()
        join(self.threads)
        assert self.seen == [True] * 6


class Queues(Scenario):
    """Consumers of a queue, frozen in the middle of their work."""

    def open(self) -> None:
        self.tasks: queue.Queue[int | None] = queue.Queue()
        self.results: queue.Queue[int] = queue.Queue()
        self.threads = start(self.consume, 4)

    def consume(self) -> None:
        while True:
            task = self.tasks.get()
            if task is None:
                return
            self.results.put(task * 2)
            self.tasks.task_done()

    def before(self) -> None:
        for task in range(300):
            self.tasks.put(task)

    def live(self) -> None: ...

    def woken(self) -> None:
        self.tasks.join()
        assert sorted(self.results.get(timeout=5) for _ in range(300)) == [2 * task for task in range(300)]

    def close(self) -> None:
        for _ in self.threads:
            self.tasks.put(None)
        join(self.threads)
