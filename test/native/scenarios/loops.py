"""asyncio."""

from __future__ import annotations

import asyncio
import socket
import time

from hosts import until

from .play import Scenario, join, start


class Loop(Scenario):
    """An asyncio loop in a thread, waiting for a timer and for a socket."""

    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.threads = start(self.loop.run_forever)

    def use(self) -> None:
        assert asyncio.run_coroutine_threadsafe(self.echo(5), self.loop).result(5) == 5

    async def echo(self, value: int) -> int:
        await asyncio.sleep(0.005)
        return value

    def before(self) -> None:
        self.calls: list[int] = []
        self.loop.call_soon_threadsafe(lambda: self.loop.call_later(0.1, self.calls.append, 1))
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        self.future = asyncio.run_coroutine_threadsafe(self.loop.sock_recv(self.near, 9), self.loop)
        time.sleep(0.01)

    def woken(self) -> None:
        until(lambda: self.calls == [1], "a timer of the loop")
        self.far.send(b"hello")
        assert self.future.result(5) == b"hello"

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        join(self.threads)


class ClosedLoop(Loop):
    """The same, while the live process closes its loop."""

    def live(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        join(self.threads)
        self.loop.close()


class OwnLoop(Scenario):
    """A loop of the main thread, which runs between the freezes."""

    def open(self) -> None:
        self.loop = asyncio.new_event_loop()

    def use(self) -> None:
        assert self.loop.run_until_complete(asyncio.wait_for(self.compute(), 5)) == 1

    async def compute(self) -> int:
        return await self.loop.run_in_executor(None, abs, -1)

    def close(self) -> None:
        self.loop.close()
