"""Take sockets and terminals out of a process that still lives, for the state that is to take its place.

A sleeping copy has none of its own (see `python/native/sockets.c`).  Before
the host ends the live process it duplicates what both have had, with
`pidfd_getfd`: as the parent it may, unless a filter of the system's forbids it
or the process has become somebody else's.
"""

from __future__ import annotations

import ctypes
import errno
import os

SOCKET, TERMINAL = 0, 1
"""As in `handover.c`: by inode, and the other side of a terminal by its index."""
SOCKET_LINK, TERMINAL_LINKS = "socket:[", ("/dev/ptmx", "/dev/pts/ptmx")
INDEX = "tty-index:"
PIDFD_OPEN, PIDFD_GETFD = 434, 438
"""System calls from Linux 5.6 on, with the same numbers on all machines."""


def of_process(pid: int) -> dict[tuple[int, int], int]:
    """Return a descriptor of each socket and terminal of a process, by its kind and number.

    Raises:
        OSError: There is no such process, or it is somebody else's.
    """
    folder = "/proc/%d/fd" % pid
    found: dict[tuple[int, int], int] = {}
    for number in os.listdir(folder):
        try:
            link = os.readlink("%s/%s" % (folder, number))
            if link.startswith(SOCKET_LINK):
                found[SOCKET, int(link[len(SOCKET_LINK) : -1])] = int(number)
            elif link in TERMINAL_LINKS:
                found[TERMINAL, terminal_index(pid, number)] = int(number)
        except OSError:
            continue  # Closed since the listing.
    return found


def terminal_index(pid: int, number: str) -> int:
    with open("/proc/%d/fdinfo/%s" % (pid, number)) as file:
        for line in file:
            if line.startswith(INDEX):
                return int(line[len(INDEX) :])
    return -1


class Source:
    """A process whose descriptors can be duplicated; `with` closes it.

    Raises:
        OSError: The system does not allow it.
    """

    def __init__(self, pid: int) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)
        self._process = self._call(PIDFD_OPEN, pid, 0)

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._process)

    def take(self, number: int) -> int | None:
        """Return a duplicate of that process's descriptor; `None` where it has just been closed."""
        try:
            return self._call(PIDFD_GETFD, self._process, number, 0)
        except OSError as error:
            if error.errno == errno.EBADF:
                return None
            raise

    def _call(self, number: int, *arguments: int) -> int:
        result = self._library.syscall(ctypes.c_long(number), *[ctypes.c_long(each) for each in arguments])
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
