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

from . import marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

SMALLEST = 8192
"""A smaller piece is faster through the terminal, in bytes."""

STALL_MS = 5
"""So long may a reader be busy before it counts as one that does not read."""


class Bulk:
    """The way beside the terminal that is descriptor 1.

    `terminal` leads to the same one.  Both are ours alone, and so can be written without waiting:
    a reader that does not read is noticed.
    """

    def __init__(self, descriptor: int, terminal: int, token: str) -> None:
        for each in (descriptor, terminal):
            os.set_blocking(each, False)
        self._descriptor = descriptor
        self._marks = terminal
        self._token = token
        self._terminal = identity(1)

    def send(self, data: bytes, done: Callable[[], None], stalled: Callable[[], None]) -> bool:
        """Send the piece; return whether it was one for this way.

        `done` is called when it is written, `stalled` again and again while nobody reads.
        """
        if len(data) < SMALLEST or identity(1) != self._terminal:
            # `os.dup2` has put something else in the terminal's place: the bytes belong there.
            return False
        modes = termios.tcgetattr(1)[1]
        is_processed = modes & termios.OPOST and modes & termios.ONLCR
        mark = marks.mark(self._token, "%s%d" % ("n" if is_processed else "r", len(data)))
        write_all([(self._marks, mark), (self._descriptor, memoryview(data))], done, stalled)
        return True


def identity(descriptor: int) -> tuple[int, int, int]:
    """Return what file the descriptor leads to."""
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino, status.st_rdev


def nothing() -> None:
    pass


def write(descriptor: int, data: bytes, done: Callable[[], None] = nothing) -> None:
    """Write all of the bytes."""
    write_all([(descriptor, data if len(data) < SMALLEST else memoryview(data))], done)


def write_all(
    parts: list[tuple[int, bytes | memoryview]],
    done: Callable[[], None],
    stalled: Callable[[], None] = nothing,
) -> None:
    """Write all of the parts, each to its descriptor.

    What a signal handler raises meanwhile is raised when all is written and `done` has been called:
    half a piece would be worse than a late `TimeoutError`.
    """
    raised: BaseException | None = None
    progress: list[list[int]] = [[] for _ in parts]
    while True:
        try:
            for (descriptor, data), written in zip(parts, progress):
                while sum(written) < len(data):
                    # C code notes the count: after a bare `os.write` a handler may come before we can.
                    written.extend(map(os.write, (descriptor,), (data[sum(written) :],)))
            done()
            break
        except BlockingIOError:
            for (descriptor, data), written in zip(parts, progress):
                if sum(written) < len(data):
                    wait(descriptor, stalled)
                    break
        except BaseException as error:
            if is_of_system(error):
                # There is no such descriptor any more, and no place for the bytes.
                done()
                raise
            raised = error
    if raised is not None:
        raise raised


def is_of_system(error: BaseException) -> bool:
    """Whether `os.write` itself failed; `TimeoutError`, which handlers like to raise, is an `OSError` too."""
    return isinstance(error, OSError) and error.errno is not None and not isinstance(error, TimeoutError)


def wait(descriptor: int, stalled: Callable[[], None]) -> None:
    """Wait a while for the descriptor to take more.

    Descriptor 1 too may refuse to wait: a program has set O_NONBLOCK, as asyncio does for standard
    input, and they are one file.
    """
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    if not poll.poll(STALL_MS):
        stalled()
