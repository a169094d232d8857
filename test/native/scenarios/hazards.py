"""What went wrong once: each with threads that are easily lost."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import threading
import time

import kernel
from hosts import until

from .play import Busy, Scenario, join, start

PRIO_PROCESS, SCHED_BATCH = 0, 3


class ShortThreads(Scenario):
    """Frozen again as soon as it is woken, while threads of earlier generations end."""

    def open(self) -> None:
        self.generation = 0
        self.errors: list[BaseException] = []
        threading.stack_size(262144)

    def before(self) -> None:
        self.generation += 1
        for index in range(12):
            last = self.generation + 1 + (index * 7 + self.generation) % 5
            start(lambda last=last: self.last_until(last))

    def last_until(self, last: int) -> None:
        me, marks = threading.get_ident(), list(range(200))
        while self.generation < last:
            time.sleep(0.0005)
            if threading.get_ident() != me or marks != list(range(200)):
                self.errors.append(AssertionError("on the stack of another thread"))

    def live(self) -> None: ...

    def woken(self) -> None:
        assert not self.errors


class PendingSignals(Scenario):
    """A thread has not taken a signal that was sent to it alone."""

    def before(self) -> None:
        self.is_ready, self.go = threading.Event(), threading.Event()
        self.taken: list[int] = []
        self.threads = start(self.take)
        self.is_ready.wait()
        assert self.threads[0].ident is not None
        signal.pthread_kill(self.threads[0].ident, signal.SIGUSR2)

    def take(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
        self.is_ready.set()
        self.go.wait()
        if signal.SIGUSR2 in signal.sigpending():
            self.taken.append(signal.sigwait([signal.SIGUSR2]))

    def live(self) -> None: ...

    def woken(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.taken == [signal.SIGUSR2]


class MainThreadsId(Scenario):
    """The C library knows the main thread by its id, which is another one in a woken copy."""

    def open(self) -> None:
        self.calls: list[int] = []
        signal.signal(signal.SIGUSR2, lambda *_: self.calls.append(1))

    def use(self) -> None:
        self.calls.clear()
        threads = start(lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR2))
        until(lambda: self.calls, "the signal")
        join(threads)


class MainThreadsIdElsewhere(MainThreadsId):
    """The word that the kernel clears is not the id: as with glibc 2.43, here with any that tells where."""

    def open(self) -> None:
        self.cleared = ctypes.c_int()
        kernel.call("set_tid_address", ctypes.byref(self.cleared))
        super().open()


class Schedules(Scenario):
    """A thread asks the C library for its policy, which that finds out by the thread's id."""

    def open(self) -> None:
        self.go, self.results = threading.Event(), []
        self.ready = threading.Event()
        self.threads = start(self.ask)
        self.ready.wait()

    def ask(self) -> None:
        policy, priority = ctypes.c_int(), ctypes.c_int()
        assert kernel.C.sched_setscheduler(0, SCHED_BATCH, ctypes.byref(priority)) == 0
        self.ready.set()
        self.go.wait()
        this = ctypes.c_ulong(threading.get_ident())
        error = kernel.C.pthread_getschedparam(this, ctypes.byref(policy), ctypes.byref(priority))
        self.results.append((error, policy.value, priority.value))

    def close(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.results == [(0, SCHED_BATCH, 0)], self.results


class GroupStorm(Busy):
    """One thread changes the effective group all the time; glibc has all others do so, by our own signal."""

    count = 1

    def open(self) -> None:
        self.event = threading.Event()
        self.idle = start(self.event.wait, 80)
        super().open()

    def work(self, index: int) -> None:
        os.setegid(1)
        os.setegid(0)

    def before(self) -> None:
        time.sleep(random.random() * 0.003)


class RobustLists(Scenario):
    """Whose death gives back the mutexes that it holds, also in a woken copy."""

    def open(self) -> None:
        self.go, self.results = threading.Event(), []
        self.threads = start(self.look)
        until(lambda: self.results)
        self.expected = kernel.robust_list()
        assert self.expected and self.results[0]

    def look(self) -> None:
        self.results.append(kernel.robust_list())
        self.go.wait()
        self.results.append(kernel.robust_list())

    def woken(self) -> None:
        assert kernel.robust_list() == self.expected

    def close(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.results[0] == self.results[1]


class Priorities(Scenario):
    """A thread has a nice value, a policy, a name and a processor of its own."""

    def open(self) -> None:
        self.go, self.results = threading.Event(), []
        self.ready = threading.Event()
        self.threads = start(self.change)
        self.ready.wait()

    def change(self) -> None:
        policy = ctypes.c_int(0)
        kernel.C.setpriority(PRIO_PROCESS, 0, 7)
        kernel.C.sched_setscheduler(0, SCHED_BATCH, ctypes.byref(policy))
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        with open("/proc/thread-self/comm", "w") as file:
            file.write("a thread's name")
        self.expected = self.look()
        self.ready.set()
        self.go.wait()
        self.results.append(self.look())

    def look(self) -> object:
        with open("/proc/thread-self/comm") as file:
            name = file.read()
        nice = kernel.C.getpriority(PRIO_PROCESS, 0)
        return nice, kernel.C.sched_getscheduler(0), os.sched_getaffinity(0), name

    def close(self) -> None:
        self.go.set()
        join(self.threads)
        assert self.results == [self.expected], (self.results, self.expected)
