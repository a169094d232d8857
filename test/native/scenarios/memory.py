"""What lies in memory alone."""

from __future__ import annotations

import concurrent.futures
import contextvars
import os
import queue
import random
import sqlite3
import threading
import time

from .play import Scenario, join, start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Nothing(Scenario):
    """One thread, and nothing to lose."""


class Memory(Scenario):
    """Changes of the dead process are not in the copy, and the random state is exact."""

    def open(self) -> None:
        self.things: list[int] = []
        self.numbers = (each for each in range(1000))
        random.seed(1)

    def before(self) -> None:
        self.expected = random.getstate()
        self.length = len(self.things)
        self.next = next(self.numbers) + 1

    def live(self) -> None:
        self.things += [1, 2, 3]
        random.random()
        next(self.numbers)

    def woken(self) -> None:
        assert random.getstate() == self.expected
        assert next(self.numbers) == self.next
        assert len(self.things) == self.length
        self.things.append(1)


class Arrays(Scenario):
    """NumPy, where it is installed: its threads and its generator."""

    def open(self) -> None:
        try:
            import numpy  # pyright: ignore[reportMissingImports]
        except ImportError:
            self.numpy: Any = None
            return
        self.numpy = numpy
        self.matrix = numpy.random.default_rng(0).random((300, 300))
        self.sum = (self.matrix @ self.matrix).sum()

    def use(self) -> None:
        if self.numpy is not None:
            assert abs((self.matrix @ self.matrix).sum() - self.sum) < 1e-6 * self.sum

    def before(self) -> None:
        if self.numpy is not None:
            self.state = self.numpy.random.get_state()[1].copy()

    def live(self) -> None:
        self.use()
        if self.numpy is not None:
            self.numpy.random.random()

    def woken(self) -> None:
        if self.numpy is not None:
            assert (self.numpy.random.get_state()[1] == self.state).all()


class Identities(Scenario):
    """What a thread knows of itself: thread-locals, its context, its ids."""

    def open(self) -> None:
        self.local, self.variable = threading.local(), contextvars.ContextVar("variable")
        self.tasks: queue.Queue[int | None] = queue.Queue()
        self.results: queue.Queue[object] = queue.Queue()
        self.rounds = 0
        self.threads = start(self.answer)

    def answer(self) -> None:
        self.local.rounds = 0
        self.variable.set(0)
        me = threading.get_ident()
        while self.tasks.get() is not None:
            self.local.rounds += 1
            self.variable.set(self.variable.get() + 2)
            is_same = threading.get_ident() == me and threading.current_thread() is self.threads[0]
            self.results.put((self.local.rounds, self.variable.get(), is_same))

    def use(self) -> None:
        self.rounds += 1
        self.tasks.put(1)
        assert self.results.get(timeout=5) == (self.rounds, 2 * self.rounds, True)

    def woken(self) -> None:
        ids = {thread.native_id for thread in threading.enumerate()}
        assert ids == {int(each) for each in os.listdir("/proc/self/task")}
        assert threading.main_thread().native_id == os.getpid()

    def close(self) -> None:
        self.tasks.put(None)
        join(self.threads)


class Query(Scenario):
    """A long query of sqlite's, which holds a mutex in C."""

    CODE = (
        "with recursive r(i) as (select 1 union all select i+1 from r where i<200000) select count(*) from r"
    )

    def open(self) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.pool = concurrent.futures.ThreadPoolExecutor(2)

    def before(self) -> None:
        self.future = self.pool.submit(self.ask)
        time.sleep(0.01)

    def ask(self) -> int:
        return self.connection.execute(self.CODE).fetchone()[0]

    def live(self) -> None: ...

    def woken(self) -> None:
        assert self.future.result(10) == 200000
        assert self.connection.execute("select 5").fetchone()[0] == 5

    def close(self) -> None:
        self.pool.shutdown()
