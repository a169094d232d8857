"""Talk to one frozen state: a process that sleeps until it is wanted.

It sleeps on a socket of its own, whose other end the live state that it is a
copy of has sent us.  A byte there makes it fork an awake copy of
itself; the end of the socket is its own end.  The other end of this is in
`python/native/frozen/frozen_state.c` and `fork_sleep.py`.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _socket
import os
import select
import struct

from ..protocol.orders import (
    ASLEEP,
    FAILED,
    FORESEEN,
    FORGET,
    HAND,
    LIST,
    LOOK,
    QUESTION,
    RECORD,
    TAKEN,
    WAKE,
    WANTED,
    WOKEN,
    WRITER,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..resources import connections

BATCH = 200
"""How many descriptors are handed over at once: the kernel takes 253."""

PATIENCE = 5.0
"""So long a state may take to wake, in seconds; then it counts as one that cannot."""


class Unwakeable(Exception):
    """A state cannot be woken; its text says why, as a clause."""


class FrozenState:
    """A frozen state."""

    def __init__(self, pid: int, control: int, is_asleep: bool) -> None:
        self.pid = pid
        self.control = control
        self._is_asleep = is_asleep
        """Whether it has said so."""
        self._has_been_handed = False

    def wake(self) -> int:
        """Return the pid of the awake copy; the frozen state sleeps on."""
        return self._fork(WAKE)

    def fork_beside(self, line: int) -> int:
        """Return the pid of a copy that does a job beside the session; this descriptor is its line to us."""
        return self._fork(WRITER, line)

    def foresee(self) -> list[str]:
        """Return the paths of the files that it has open and could not write to if it were woken now.

        Raises:
            Unwakeable: It does not answer.
        """
        self._await_sleep()
        self._send(LOOK)
        numbers = [self._expect(FORESEEN) for _ in range(self._expect(FORESEEN))]
        return [os.readlink("/proc/%d/fd/%d" % (self.pid, number)) for number in numbers]

    def _fork(self, command: bytes, line: int | None = None) -> int:
        self._await_sleep()
        self._send(command)
        if line is not None:
            self._send(WRITER, [line])
        return self._expect(WOKEN)

    def _await_sleep(self) -> None:
        if not self._is_asleep:
            self._expect(ASLEEP)
            self._is_asleep = True

    def take_over(self, live: int, is_stopped: bool = False) -> None:
        """Give it the sockets and terminals that it had at its freeze and the live process still has.

        `is_stopped`: that process is ended in the middle of a run.

        Best effort: what it is not given comes back dead, or is made anew.

        Raises:
            Unwakeable: It does not answer.
        """
        self._await_sleep()
        wanted = self._wanted()
        if not wanted:
            return
        from ..resources import connections

        try:
            found = connections.of_process(live)
            shared = [(place, found[key]) for place, key in enumerate(wanted) if key in found]
            with connections.Source(live, is_stopped) as source:
                self._hand_all(source, shared)
        except OSError:
            # The live process has just ended, or the system does not allow it.
            return

    def _wanted(self) -> list[tuple[int, int]]:
        self._send(QUESTION)
        data = self._receive(self._expect(LIST) * WANTED.size)
        return [(kind, number) for kind, _, number in WANTED.iter_unpack(data)]

    def _hand_all(self, source: connections.Source, shared: list[tuple[int, int]]) -> None:
        batch = BATCH
        while shared and batch:
            some = shared[:batch]
            # Where it has fewer numbers left it takes as many as it can.
            done = self._hand(some, source)
            shared = shared[done:]
            batch = min(batch, done)

    def _hand(self, some: list[tuple[int, int]], source: connections.Source) -> int:
        """Hand over descriptors of the live process; return how many are done with."""
        held: dict[int, int] = {}
        try:
            for place, number in some:
                taken = source.take(number)
                if taken is not None:
                    held[place] = taken
            if not held:
                return len(some)
            self._send(HAND + struct.pack("=i", len(held)))
            self._has_been_handed = True
            self._send(struct.pack("=%di" % len(held), *held), list(held.values()))
        finally:
            for descriptor in held.values():
                os.close(descriptor)
        count = self._expect(TAKEN)
        return len(some) if count == len(held) else count

    def take_back(self) -> None:
        """Let it do without what it was given: it is not woken."""
        if self._has_been_handed:
            self._has_been_handed = False
            self._send(FORGET)

    def _send(self, data: bytes, descriptors: list[int] | None = None) -> None:
        end = _socket.socket(fileno=self.control)
        rights = struct.pack("=%di" % len(descriptors), *descriptors) if descriptors else b""
        try:
            end.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)] if rights else [])
        except OSError as error:
            raise Unwakeable("it is gone") from error
        finally:
            end.detach()

    def _receive(self, size: int) -> bytes:
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        data = b""
        while len(data) < size:
            if not poll.poll(PATIENCE * 1000):
                raise Unwakeable("it does not answer")
            more = os.read(self.control, size - len(data))
            if not more:
                raise Unwakeable("it is gone")
            data += more
        return data

    def _expect(self, kind: int) -> int:
        found, value = RECORD.unpack(self._receive(RECORD.size))
        if found == FAILED:
            raise Unwakeable("no further process can be made: %s" % os.strerror(value))
        if found != kind:
            raise Unwakeable("it says what nobody knows (%d)" % found)
        return value

    def close(self) -> None:
        """Let go of it; it ends by itself, and is killed in case it cannot."""
        os.close(self.control)
        try:
            os.kill(self.pid, _signal.SIGKILL)
        except OSError:
            # It has gone already.
            pass
