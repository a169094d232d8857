"""Talk to one frozen state: a process that sleeps until it is wanted.

It sleeps on a socket of its own, whose other end the live state that it is a
copy of has sent us.  A byte there makes it bring forth an awake copy of
itself; the end of the socket is its own end.  The other end of this is in
`python/native/sleeper.c` and `sleeping.py`.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _socket
import os
import select
import struct
import sys

RECORD = struct.Struct("<ii")
"""A kind and a value."""
ASLEEP, WOKEN, FAILED, FORESEEN = 1, 2, 3, 6
WAKE = b"w"
LOOK = b"l"
"""Look which files it could not write to if it were woken now."""
SCRIBE = b"s"
"""Bring forth a scribe; its line to the host comes with the next byte."""
RELEASE = struct.Struct("=ciQ")
"""The byte `c`: let go of the socket that is this descriptor, if it still has this inode."""

PATIENCE = 5.0
"""So long a state may take to wake, in seconds; then it counts as one that cannot."""


class Unwakeable(Exception):
    """A state cannot be woken; its text says why, as a clause."""


class Sleeper:
    """A frozen state."""

    def __init__(self, pid: int, control: int, is_asleep: bool) -> None:
        self.pid = pid
        self.control = control
        self._is_asleep = is_asleep
        """Whether it has said so."""
        self.sockets: dict[int, list[int]] = {}
        """Its descriptors by the inode of the socket that they are."""

    def wake(self) -> int:
        """Return the pid of the awake copy; the sleeper sleeps on."""
        return self._bring_forth(WAKE)

    def bring_forth_scribe(self, line: int) -> int:
        """Return the pid of a copy that writes a checkpoint, and has this descriptor as its line to us."""
        return self._bring_forth(SCRIBE, line)

    def foresee(self) -> list[str]:
        """Return the paths of the files that it has open and could not write to if it were woken now.

        Raises:
            Unwakeable: It does not answer.
        """
        self._await_sleep()
        try:
            os.write(self.control, LOOK)
        except OSError as error:
            raise Unwakeable("it is gone") from error
        numbers = [self._expect(FORESEEN) for _ in range(self._expect(FORESEEN))]
        return [os.readlink("/proc/%d/fd/%d" % (self.pid, number)) for number in numbers]

    def _await_sleep(self) -> None:
        if not self._is_asleep:
            self._expect(ASLEEP)
            self._is_asleep = True

    def _bring_forth(self, command: bytes, line: int | None = None) -> int:
        self._await_sleep()
        try:
            os.write(self.control, command)
            if line is not None:
                self._hand_over(line)
        except OSError as error:
            raise Unwakeable("it is gone") from error
        return self._expect(WOKEN)

    def _hand_over(self, descriptor: int) -> None:
        end = _socket.socket(fileno=os.dup(self.control))
        rights = descriptor.to_bytes(4, sys.byteorder)
        end.sendmsg([SCRIBE], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)])
        end.close()

    def _expect(self, kind: int) -> int:
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        if not poll.poll(PATIENCE * 1000):
            raise Unwakeable("it does not answer")
        record = os.read(self.control, RECORD.size)
        if len(record) < RECORD.size:
            raise Unwakeable("it is gone")
        found, value = RECORD.unpack(record)
        if found == FAILED:
            raise Unwakeable("no further process can be made: %s" % os.strerror(value))
        if found != kind:
            raise Unwakeable("it says what nobody knows (%d)" % found)
        return value

    def release(self, inode: int) -> None:
        """Have it let go of a socket that the live state has closed, so that the peer sees the end."""
        for descriptor in self.sockets.pop(inode, ()):
            try:
                os.write(self.control, RELEASE.pack(b"c", descriptor, inode))
            except OSError:
                return  # It is gone.

    def close(self) -> None:
        """Let go of it; it ends by itself, and is killed in case it cannot."""
        os.close(self.control)
        try:
            os.kill(self.pid, _signal.SIGKILL)
        except OSError:
            # It has gone already.
            pass
