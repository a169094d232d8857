"""Executors, idle and in the middle of a call."""

from __future__ import annotations

import concurrent.futures
import socket
import time

from .play import Scenario


class IdlePool(Scenario):
    """An executor whose threads wait for work."""

    def open(self) -> None:
        self.pool = concurrent.futures.ThreadPoolExecutor(8)
        list(self.pool.map(time.sleep, [0.01] * 8))

    def use(self) -> None:
        assert list(self.pool.map(abs, range(-40, 0))) == list(range(40, 0, -1))

    def close(self) -> None:
        self.pool.shutdown()


class BusyPool(IdlePool):
    """An executor in the middle of computing."""

    def before(self) -> None:
        self.futures = [self.pool.submit(self.compute, number) for number in range(40)]

    def compute(self, number: int) -> int:
        return sum(range(number, number + 20000))

    def live(self) -> None: ...

    def woken(self) -> None:
        expected = [20000 * number + 199990000 for number in range(40)]
        assert [future.result(5) for future in self.futures] == expected


class SleepingPool(Scenario):
    """An executor in the middle of `time.sleep`."""

    def open(self) -> None:
        self.pool = concurrent.futures.ThreadPoolExecutor(4)

    def before(self) -> None:
        self.begin = time.monotonic()
        self.futures = [self.pool.submit(self.sleep) for _ in range(4)]
        time.sleep(0.02)

    def sleep(self) -> float:
        time.sleep(0.15)
        return time.monotonic()

    def live(self) -> None: ...

    def woken(self) -> None:
        assert all(future.result(5) - self.begin >= 0.15 for future in self.futures)


class ReceivingPool(Scenario):
    """Threads that wait for a peer of this process, with a timeout and without."""

    def open(self) -> None:
        self.pool = concurrent.futures.ThreadPoolExecutor(2)

    def before(self) -> None:
        self.pairs = [socket.socketpair() for _ in range(2)]
        self.pairs[1][1].settimeout(30)
        self.futures = [self.pool.submit(far.recv, 10) for _, far in self.pairs]
        time.sleep(0.02)

    def live(self) -> None:
        self.pairs[0][0].send(b"from the dead")

    def woken(self) -> None:
        for near, _ in self.pairs:
            near.send(b"hello")
        assert [future.result(5) for future in self.futures] == [b"hello", b"hello"]
