"""A `Scenario` is what a session may be in the middle of when it is frozen; `play` runs each alike."""

from __future__ import annotations

import random
import signal
import threading
import time

from hosts import Host, Link, until

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

DEATHS = (signal.SIGKILL, signal.SIGSEGV)
KEPT = 3
"""How many frozen states stay in a long chain."""


class Scenario:
    """Does nothing; so does the first of them."""

    def open(self) -> None: ...
    def use(self) -> None: ...
    def before(self) -> None: ...
    def live(self) -> None:
        self.use()

    def woken(self) -> None: ...
    def close(self) -> None: ...


def play(scenario: Scenario, generations: int = 2) -> None:
    """Freeze, kill and wake so many times, and raise what went wrong."""
    with Host() as host:
        host.start(lambda link: perform(scenario, generations, link))
        for generation in range(generations):
            host.expect("lived %d" % generation)
            host.kill(DEATHS[generation % 2])
            host.wake()
            host.expect("woken %d" % generation)
            host.drop_frozen_states(KEPT)
        host.expect("closed")
        assert host.reap(host.live) == 0


def perform(scenario: Scenario, generations: int, link: Link) -> None:
    scenario.open()
    scenario.use()
    for generation in range(generations):
        scenario.before()
        if link.freeze():
            scenario.live()
            link.say("lived %d" % generation)
            link.rest()
        scenario.woken()
        scenario.use()
        link.say("woken %d" % generation)
    scenario.close()
    link.say("closed")


def freeze_often(scenario: Scenario, freezes: int) -> None:
    """Freeze so many times, with nothing lost in the live process, and then nothing in its last copy."""
    with Host() as host:
        host.start(lambda link: perform_beside(scenario, freezes, link))
        for number in range(freezes):
            host.expect("frozen %d" % number)
            host.frozen[-1].await_sleep()
            host.drop_frozen_states(KEPT)
        host.expect("lived")
        host.kill()
        host.wake()
        host.expect("closed")
        assert host.reap(host.live) == 0


def perform_beside(scenario: Scenario, freezes: int, link: Link) -> None:
    scenario.open()
    scenario.use()
    for number in range(freezes):
        scenario.before()
        is_live = link.freeze() != 0
        if is_live:
            link.say("frozen %d" % number)
        # For the live process a freeze is nothing: it finds what a woken copy finds.
        scenario.woken()
        scenario.use()
        if not is_live:
            scenario.close()
            link.say("closed")
            return
    link.say("lived")
    link.rest()


def start(function: Callable[[], object], count: int = 1) -> list[threading.Thread]:
    threads = [threading.Thread(target=function, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive(), "a thread does not end"


class Busy(Scenario):
    """Threads that repeat a piece of work; all must go on in every generation, and none may fail."""

    count = 2

    def open(self) -> None:
        self.stop = False
        self.rounds = [0] * self.count
        self.errors: list[BaseException] = []
        self.threads = []
        for index in range(self.count):
            self.threads += start(lambda index=index: self.repeat(index))

    def repeat(self, index: int) -> None:
        try:
            while not self.stop:
                self.work(index)
                self.rounds[index] += 1
        except BaseException as error:
            self.errors.append(error)

    def work(self, index: int) -> None: ...

    def before(self) -> None:
        time.sleep(random.random() * 0.01)

    def use(self) -> None:
        seen = list(self.rounds)
        until(lambda: self.errors or all(now > then for now, then in zip(self.rounds, seen)), "all threads")
        assert not self.errors, self.errors

    def close(self) -> None:
        self.stop = True
        join(self.threads)
