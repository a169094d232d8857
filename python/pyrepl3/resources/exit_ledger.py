"""The ledger of ended processes: how each ended that a state may ask for, and no system tells any more.

One file without a name, to which the host and the live states append.  The host
writes before it reaps, so that a process that is gone and not in here is one
whose end nobody knows.  Only the host's own life bounds it: 40 bytes a process.
"""

from __future__ import annotations

import os
import struct
import sys

from . import processes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator

RECORD = struct.Struct("<iQiIddxxxx")
READ_SIZE = RECORD.size * 4096
STAT_TIMES = slice(11, 15)
"""Of what stands behind the name in `/proc/PID/stat`: the times used, its own and its children's."""


class Ending:
    """How a process ended."""

    def __init__(self, pid: int, start: int, status: int, uid: int, used: tuple[float, float]) -> None:
        self.pid = pid
        self.start = start
        """When it began, in ticks since boot: a pid is used more than once."""
        self.status = status
        """As `waitpid` has it."""
        self.uid = uid
        self.used = used
        """The processor's time in user and in system mode, in seconds."""


class Ledger:
    """The file, through a descriptor that the host and all states share."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def append(self, ending: Ending) -> None:
        # One write in append mode: records of several processes and threads do not mix.
        os.write(
            self._descriptor,
            RECORD.pack(ending.pid, ending.start, ending.status, ending.uid, *ending.used),
        )

    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def since(self, offset: int) -> Iterator[tuple[int, Ending]]:
        """Yield the endings from an offset on, each with the offset behind it."""
        while True:
            data = os.pread(self._descriptor, READ_SIZE, offset)
            whole = data[: len(data) // RECORD.size * RECORD.size]
            for pid, start, status, uid, *used in RECORD.iter_unpack(whole):
                offset += RECORD.size
                yield offset, Ending(pid, start, status, uid, (used[0], used[1]))
            if len(data) < RECORD.size:
                return


def open_ledger() -> int:
    """Open a new one; return its descriptor."""
    import fcntl

    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("endings")
    else:
        import tempfile

        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
    return descriptor


def reap(ledger: Ledger, pid: int = -1, options: int = os.WNOHANG) -> tuple[int, int] | None:
    """Reap a child of ours that has ended, and write down how; return its pid and status, if one has.

    Raises:
        ChildProcessError: There is no such child.
    """
    if not sys.platform.startswith("linux"):
        found, status = os.waitpid(pid, options)
        return (found, status) if found else None
    kind, number = (os.P_ALL, 0) if pid == -1 else (os.P_PID, pid)
    ended = os.waitid(kind, number, os.WEXITED | os.WNOWAIT | options)
    if ended is None:
        return None
    start, used = look_at(ended.si_pid)
    ledger.append(Ending(ended.si_pid, start, status_of(ended), ended.si_uid, used))
    return os.waitpid(ended.si_pid, 0)


def look_at(pid: int) -> tuple[int, tuple[float, float]]:
    """Return when a process began, and the times it has used; zeros where the system does not tell."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        user, system, of_children, system_of_children = (int(each) for each in fields[STAT_TIMES])
        second = os.sysconf("SC_CLK_TCK")
        used = (user + of_children) / second, (system + system_of_children) / second
        return int(fields[processes.START_FIELD]), used
    except (OSError, IndexError, ValueError):
        return 0, (0.0, 0.0)


def status_of(ended: os.waitid_result) -> int:
    """Return what `waitpid` would have for what `waitid` tells."""
    if ended.si_code == os.CLD_EXITED:
        return ended.si_status << 8
    return ended.si_status | (0x80 if ended.si_code == os.CLD_DUMPED else 0)
