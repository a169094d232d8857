"""Pipes, sockets, and what one polls them with."""

from __future__ import annotations

import ctypes
import os
import select
import socket
import time

from .play import Scenario


class Pipes(Scenario):
    """A pipe of our own: the copy has the bytes of the freeze, whatever the live one reads and writes."""

    def open(self) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)

    def before(self) -> None:
        os.write(self.writer, b"abc")

    def live(self) -> None:
        assert os.read(self.reader, 10) == b"abc"
        os.write(self.writer, b"of the dead")

    def woken(self) -> None:
        assert os.read(self.reader, 20) == b"abc"
        os.write(self.writer, b"x")
        assert os.read(self.reader, 20) == b"x"
        assert not os.get_blocking(self.reader) and os.get_blocking(self.writer)
        assert not os.get_inheritable(self.reader)


class SocketPairs(Scenario):
    """A socket pair of our own, likewise; one end is a duplicate."""

    def open(self) -> None:
        self.near, far = socket.socketpair()
        self.far = far.dup()
        self.other = far
        self.near.setblocking(False)

    def before(self) -> None:
        self.far.send(b"abc")
        self.near.send(b"xyz")

    def live(self) -> None:
        assert self.near.recv(10) == b"abc"
        self.near.send(b"of the dead")

    def woken(self) -> None:
        assert self.near.recv(10) == b"abc"
        assert self.other.recv(20) == b"xyz"
        self.near.send(b"hello")
        assert self.far.recv(20) == b"hello"
        assert self.near.gettimeout() == 0 and not os.get_blocking(self.near.fileno())


class HalfClosedPair(Scenario):
    """A socket pair of which one direction was shut down."""

    def before(self) -> None:
        self.near, self.far = socket.socketpair()
        self.near.send(b"last")
        self.near.shutdown(socket.SHUT_WR)

    def live(self) -> None: ...

    def woken(self) -> None:
        self.far.settimeout(5)
        assert self.far.recv(10) == b"last" and self.far.recv(10) == b""
        self.far.send(b"still")
        assert self.near.recv(10) == b"still"
        try:
            self.near.send(b"more")
            raise AssertionError("it can be written to")
        except BrokenPipeError:
            pass


class Counters(Scenario):
    """Python's own eventfd is from 3.10 on; the system call is older."""

    def open(self) -> None:
        c = ctypes.CDLL(None)
        self.plain, self.semaphore = c.eventfd(3, os.O_NONBLOCK), c.eventfd(3, 1 | os.O_NONBLOCK)
        self.twin = os.dup(self.plain)

    def before(self) -> None:
        os.write(self.plain, (1).to_bytes(8, "little"))

    def live(self) -> None:
        os.read(self.plain, 8)

    def woken(self) -> None:
        assert int.from_bytes(os.read(self.twin, 8), "little") in (1, 4)
        assert int.from_bytes(os.read(self.semaphore, 8), "little") == 1
        os.write(self.semaphore, (1).to_bytes(8, "little"))


class Polls(Scenario):
    """An epoll set that the live process empties; a watch whose number is another file's by now."""

    def open(self) -> None:
        self.near, self.far = socket.socketpair()
        self.set = select.epoll()
        self.set.register(self.near.fileno(), select.EPOLLIN)
        self.other = socket.socketpair()
        number = self.other[0].fileno()
        self.set.register(number, select.EPOLLIN)
        self.duplicate = self.other[0].dup()
        self.other[0].close()
        self.number = os.dup(0)
        assert self.number == number

    def live(self) -> None:
        self.set.unregister(self.near.fileno())

    def woken(self) -> None:
        self.far.send(b"x")
        assert self.set.poll(5) == [(self.near.fileno(), select.EPOLLIN)]
        assert self.near.recv(1) == b"x"


class KernelTimer(Scenario):
    """A timerfd, which the live process switches off."""

    def open(self) -> None:
        self.c = ctypes.CDLL(None)
        self.timer = self.c.timerfd_create(time.CLOCK_MONOTONIC, os.O_NONBLOCK)

    def set_to(self, nanoseconds: int) -> None:
        assert self.c.timerfd_settime(self.timer, 0, (ctypes.c_long * 4)(0, 0, 0, nanoseconds), None) == 0

    def before(self) -> None:
        self.set_to(80_000_000)

    def live(self) -> None:
        self.set_to(0)

    def woken(self) -> None:
        assert select.select([self.timer], [], [], 5)[0]
        assert int.from_bytes(os.read(self.timer, 8), "little") == 1


class Server(Scenario):
    """A server that the live process closes and opens again while copies of it sleep."""

    def open(self) -> None:
        self.server = self.listen(0)
        self.port = self.server.getsockname()[1]

    def listen(self, port: int) -> socket.socket:
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen(7)
        server.settimeout(5)
        return server

    def use(self) -> None:
        client = socket.create_connection(("127.0.0.1", self.port), 5)
        accepted, _ = self.server.accept()
        client.send(b"hello")
        assert accepted.recv(10) == b"hello"
        accepted.close()
        client.close()

    def live(self) -> None:
        self.server.close()
        try:
            socket.create_connection(("127.0.0.1", self.port), 5)
            raise AssertionError("somebody listens still")
        except ConnectionRefusedError:
            pass
        self.server = self.listen(self.port)
        self.use()

    def woken(self) -> None:
        assert self.server.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) == 1
        assert self.server.getsockname()[1] == self.port
