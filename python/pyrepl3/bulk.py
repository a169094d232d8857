"""Carry large pieces of output beside the terminal, and yet in its order.

The kernel's line discipline looks at each newline: a million short lines
take twice as long through a pty as through a pipe.  So a large piece goes
through a socket, and in the terminal stands a mark in its place, with the
piece's length and whether the terminal would have made `\\r\\n` of `\\n`.  The
supervisor puts the two together.
"""

from __future__ import annotations

import os
import select
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

SMALLEST = 8192
"""A smaller piece is faster through the terminal, in bytes."""

STALL_MS = 5
"""So long may a reader be busy before it counts as one that does not read."""


class Bulk:
    """The way beside the terminal that is descriptor 1.

    `marks` leads to the same terminal.  Both are ours alone, and so can be written without waiting:
    a reader that does not read is noticed.
    """

    def __init__(self, descriptor: int, marks: int, token: str) -> None:
        for each in (descriptor, marks):
            os.set_blocking(each, False)
        self._descriptor = descriptor
        self._marks = marks
        self._prefix = b"\x1b_pyrepl3;%s;" % token.encode()
        self._terminal = identity(1)

    def send(self, data: bytes, stalled: Callable[[], None]) -> bool:
        """Send the piece; return whether it was one for this way.

        `stalled` is called again and again while nobody reads.
        """
        if len(data) < SMALLEST or identity(1) != self._terminal:
            # `os.dup2` has put something else in the terminal's place: the bytes belong there.
            return False
        modes = termios.tcgetattr(1)[1]
        is_processed = modes & termios.OPOST and modes & termios.ONLCR
        mark = b"%s%s%d\x1b\\" % (self._prefix, b"n" if is_processed else b"r", len(data))
        write(self._marks, mark, stalled)
        write(self._descriptor, data, stalled)
        return True


def identity(descriptor: int) -> tuple[int, int, int]:
    """Return what file the descriptor leads to."""
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino, status.st_rdev


def write(descriptor: int, data: bytes, stalled: Callable[[], None] | None = None) -> None:
    """Write all of the bytes; call `stalled` again and again while nobody reads.

    Descriptor 1 too may refuse to wait: a program has set O_NONBLOCK, as asyncio does for standard
    input, and they are one file.
    """
    left: bytes | memoryview = data if len(data) < SMALLEST else memoryview(data)
    while left:
        try:
            left = left[os.write(descriptor, left) :]
        except BlockingIOError:
            poll = select.poll()
            poll.register(descriptor, select.POLLOUT)
            if not poll.poll(STALL_MS) and stalled is not None:
                stalled()
