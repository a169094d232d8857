"""Take sockets and terminals out of a process that still lives, for the state that is to take its place.

A sleeping copy has none of its own (see `python/native/sockets/sockets.c`).  Before
the host ends the live process it duplicates what both have had, with
`pidfd_getfd`: as the parent it may, unless a filter of the system's forbids it
or the process has become somebody else's.
"""

from __future__ import annotations

import _socket
import ctypes
import errno
import os

SOCKET, TERMINAL = 0, 1
"""As in `handover.c`: by inode, and the other side of a terminal by its index."""
SOCKET_LINK, TERMINAL_LINKS = "socket:[", ("/dev/ptmx", "/dev/pts/ptmx")
INDEX = "tty-index:"
PIDFD_OPEN, PIDFD_GETFD = 434, 438
"""System calls from Linux 5.6 on, with the same numbers on all machines."""

READING = {"x86_64": (0, 45, 47), "aarch64": (63, 207, 212)}
"""The system calls `read`, `recvfrom` and `recvmsg`."""


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


def awaited_by(pid: int) -> int:
    """Return the descriptor that a process is reading from; -1 where there is none, or it is not told."""
    try:
        with open("/proc/%d/syscall" % pid) as file:
            words = file.read().split()
    except OSError:
        return -1
    is_reading = len(words) > 1 and words[0].isdigit() and int(words[0]) in READING[os.uname().machine]
    return int(words[1], 16) if is_reading else -1


def is_local(descriptor: int) -> bool:
    end = _socket.socket(fileno=os.dup(descriptor))
    try:
        return end.family == _socket.AF_UNIX
    finally:
        end.close()


class Source:
    """A process whose descriptors can be duplicated; `with` closes it.

    Where it is stopped in the middle of a run, `is_stopped`, it may wait for an answer: that would come to
    who never asked.  TCP's counters tell of the question, a local socket has none.

    Raises:
        OSError: The system does not allow it.
    """

    def __init__(self, pid: int, is_stopped: bool) -> None:
        self._awaited = awaited_by(pid) if is_stopped else -1
        self._library = ctypes.CDLL(None, use_errno=True)
        self._process = self._call(PIDFD_OPEN, pid, 0)

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._process)

    def take(self, number: int) -> int | None:
        """Return a duplicate of that process's descriptor; `None` where it is none to go on with."""
        try:
            taken = self._call(PIDFD_GETFD, self._process, number, 0)
        except OSError as error:
            if error.errno == errno.EBADF:
                return None  # It has just been closed.
            raise
        if number == self._awaited and is_local(taken):
            os.close(taken)
            return None
        return taken

    def _call(self, number: int, *arguments: int) -> int:
        result = self._library.syscall(ctypes.c_long(number), *[ctypes.c_long(each) for each in arguments])
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
