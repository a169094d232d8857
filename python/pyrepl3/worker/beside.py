"""Be a process beside the session, a copy that has its memory and nothing else: a writer or a describer."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import sys

from ..protocol import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import saving

NICENESS = 10
IOPRIO_SET = {"x86_64": 251, "aarch64": 30}
"""The number of the system call."""
IOPRIO_WHO_PROCESS, IOPRIO_LAST = 1, 2 << 13 | 7
"""The last of those who get on in any case: the idle class might wait for ever."""
PR_SET_PDEATHSIG = 1
OPENMP = ("libgomp", "libomp", "libiomp")


def live(line: int, positions: dict[int, int], session: saving.Session) -> None:
    """Do what the host asks for on the line, and end without returning.

    `positions` are where the files stood when the copy was made, by their descriptors.
    """
    try:
        settle()
        channel = frames.Channel(line)
        job, _ = channel.receive()
        if job["kind"] == "inspect":
            from ..describer import describer

            describer.answer(job, session.executor.namespace, channel.send)
        else:
            from . import saving

            saving.Writing(session, positions, channel.send).write(job)
    except (frames.Closed, OSError):
        pass  # There is no host any more.
    finally:
        os._exit(0)


def settle() -> None:
    """Let nothing happen in this process but its work, and let it take only what nobody else wants."""
    import ctypes
    import gc
    import resource

    # What finalisers do is the live process's to do.
    gc.disable()
    sys.unraisablehook = lambda unraisable, /: None
    # A copy of this process, made by the user's code, would go on with the same work.
    os.register_at_fork(after_in_child=lambda: os._exit(0))
    for number in _signal.valid_signals():
        if callable(_signal.getsignal(number)):
            _signal.signal(number, _signal.SIG_DFL)
    process = ctypes.CDLL(None)
    process.prctl(PR_SET_PDEATHSIG, _signal.SIGKILL, 0, 0, 0)
    process.syscall(IOPRIO_SET[os.uname().machine], IOPRIO_WHO_PROCESS, 0, IOPRIO_LAST)
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    dissolve_teams()


def dissolve_teams() -> None:
    """Let OpenMP work in this thread alone: it would wait for its others, which are not here."""
    import ctypes

    with open("/proc/self/maps", errors="replace") as maps:
        files = {line.split(None, 5)[5].strip() for line in maps if "/" in line}
    for file in files:
        if os.path.basename(file).startswith(OPENMP):
            try:
                # With no level of parallel regions allowed there is none, however many threads are asked for.
                ctypes.CDLL(file).omp_set_max_active_levels(0)
            except (OSError, AttributeError):
                continue  # It is something else by that name, or its file was removed.
