"""Signals and timers, and children."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
import types

from hosts import until

from .play import Busy, Scenario, join, start


class Handlers(Scenario):
    """Handlers of signals: none is called by a wake, and a signal to the woken process arrives."""

    def open(self) -> None:
        self.calls: list[int] = []
        signal.signal(signal.SIGUSR2, lambda *_: self.calls.append(1))
        self.threads = start(threading.Event().wait)

    def woken(self) -> None:
        assert not self.calls
        os.kill(os.getpid(), signal.SIGUSR2)
        until(lambda: self.calls, "the handler")
        self.calls.clear()
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(1)
            raise AssertionError("no KeyboardInterrupt")
        except KeyboardInterrupt:
            pass


class IntervalTimer(Scenario):
    """`signal.setitimer`, which a fork does not inherit."""

    def before(self) -> None:
        self.calls: list[int] = []
        signal.signal(signal.SIGALRM, lambda *_: self.calls.append(1))
        signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)

    def live(self) -> None: ...

    def woken(self) -> None:
        self.calls.clear()
        until(lambda: self.calls, "the timer")
        signal.setitimer(signal.ITIMER_REAL, 0)


class DueTimer(Scenario):
    """A timer that has run out, and whose signal nobody has taken yet."""

    interval = 0.0

    def before(self) -> None:
        self.calls: list[int] = []
        signal.signal(signal.SIGALRM, lambda *_: self.calls.append(1))
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        signal.setitimer(signal.ITIMER_REAL, 0.001, self.interval)
        until(lambda: signal.SIGALRM in signal.sigpending(), "the signal")

    def live(self) -> None: ...

    def woken(self) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
        until(lambda: len(self.calls) > (2 if self.interval else 0), "the timer")
        signal.setitimer(signal.ITIMER_REAL, 0)


class DueIntervalTimer(DueTimer):
    """The same, and it would go on."""

    interval = 0.02


class Signalled(Busy):
    """Threads that are sent signals of their own all the time."""

    count = 1

    def open(self) -> None:
        self.calls = 0
        signal.signal(signal.SIGUSR2, self.count_call)
        self.event = threading.Event()
        self.idle = start(self.event.wait, 20)
        super().open()

    def count_call(self, number: int, frame: types.FrameType | None) -> None:
        self.calls += 1

    def work(self, index: int) -> None:
        for thread in self.idle:
            if thread.ident is not None:
                try:
                    signal.pthread_kill(thread.ident, signal.SIGUSR2)
                except ProcessLookupError:
                    pass  # A woken thread is not found by its old id.


class Subprocesses(Scenario):
    """Threads inside `subprocess`: the live one must not wait for a pipe that a frozen state holds."""

    def open(self) -> None:
        self.errors: list[BaseException] = []
        self.begin()

    def begin(self) -> None:
        self.stop, self.rounds = False, 0
        self.threads = start(self.repeat, 2)

    def repeat(self) -> None:
        try:
            while not self.stop:
                output = subprocess.run(["/bin/echo", "hello"], stdout=subprocess.PIPE).stdout
                assert output == b"hello\n", output
                self.rounds += 1
        except BaseException as error:
            self.errors.append(error)

    def before(self) -> None:
        time.sleep(random.random() * 0.01)

    def use(self) -> None:
        seen = self.rounds
        until(lambda: self.errors or self.rounds > seen + 2, "subprocesses")
        assert not self.errors, self.errors

    def woken(self) -> None:
        # Children are not copied: what waited for one has failed, and what starts now works.
        self.stop = True
        join(self.threads)
        self.errors.clear()
        self.begin()

    def close(self) -> None:
        self.stop = True
        join(self.threads)
