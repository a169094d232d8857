"""Locks that another thread holds."""

from __future__ import annotations

import ctypes
import threading

from .play import Busy, Scenario, join, start


class Locks(Scenario):
    """Locks that another thread holds."""

    def before(self) -> None:
        self.lock, self.recursive = threading.Lock(), threading.RLock()
        self.is_held, self.go = threading.Event(), threading.Event()
        self.threads = start(self.hold)
        self.is_held.wait()

    def hold(self) -> None:
        with self.lock, self.recursive:
            self.is_held.set()
            self.go.wait()
            with self.recursive:
                pass

    def live(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.lock.acquire(timeout=1)

    def woken(self) -> None:
        assert not self.lock.acquire(timeout=0.01)
        self.go.set()
        assert self.lock.acquire(timeout=5)
        assert self.recursive.acquire(timeout=5)
        join(self.threads)


class Mutexes(Scenario):
    """C's recursive and error-checking mutexes, which know their owner by its id."""

    def before(self) -> None:
        self.c = ctypes.CDLL(None)
        self.mutexes = [ctypes.create_string_buffer(64) for _ in range(2)]
        for mutex, kind in zip(self.mutexes, (1, 2)):
            attributes = ctypes.create_string_buffer(16)
            self.c.pthread_mutexattr_init(attributes)
            self.c.pthread_mutexattr_settype(attributes, kind)
            self.c.pthread_mutex_init(mutex, attributes)
        self.is_held, self.go = threading.Event(), threading.Event()
        self.results: list[int] = []
        self.threads = start(self.hold)
        self.is_held.wait()

    def hold(self) -> None:
        recursive, checking = self.mutexes
        self.c.pthread_mutex_lock(recursive)
        self.c.pthread_mutex_lock(checking)
        self.is_held.set()
        self.go.wait()
        self.results += [self.c.pthread_mutex_trylock(recursive)]
        self.results += [self.c.pthread_mutex_unlock(each) for each in (recursive, recursive, checking)]

    def live(self) -> None: ...

    def woken(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.results == [0, 0, 0, 0], self.results
        for mutex in self.mutexes:
            assert self.c.pthread_mutex_trylock(mutex) == 0


class Conditions(Busy):
    """Condition variables that two threads hand a turn with."""

    def open(self) -> None:
        self.condition = threading.Condition()
        self.turn = 0
        super().open()

    def work(self, index: int) -> None:
        with self.condition:
            assert self.condition.wait_for(lambda: self.turn == index or self.stop, 10)
            self.turn = 1 - index
            self.condition.notify_all()
