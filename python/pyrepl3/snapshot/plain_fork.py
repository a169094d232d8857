"""Copies made by plain fork, for where there is no native object.

A plain fork copies one thread and shares what is open, so it serves only where
nothing is at risk: with no threads, and nothing of the program's open (see
`open_descriptors.py`).  It obeys the same protocol as the native one
(`python/native/frozen/frozen_state.c`).

The user's `os.wait()` must not meet a copy: a process in between makes it and
ends, so that the host, a sub-reaper, adopts it.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import ctypes
import errno
import os
import sys

from ..protocol.orders import ASLEEP, FAILED, FORESEEN, LIST, LOOK, QUESTION, WAKE, WOKEN, WRITER
from ..resources import open_descriptors
from ..stdio.flusher import flusher
from . import fork_descriptors, fork_sleep, native
from .random_state import noted_random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Sequence

FRAGILE = (
    "polars",
    "jax",
    "torch",
    "xgboost",
    "lightgbm",
    "sklearn",
    "joblib",
    "dask",
    "duckdb",
    "numba",
    "tensorflow",
    "grpc",
)
"""Modules with threads of their own, which hang or crash in a woken plain fork."""

CLONE = {"x86_64": 56, "aarch64": 220}
"""The number of the system call."""
CLONE_PARENT = 0x8000
CLONE_CHILD_CLEARTID = 0x200000
PR_GET_TID_ADDRESS = 40
BROKEN = 78
"""The status of a copy that cannot become whole; see `endings.h`."""
TIMERS = (_signal.ITIMER_REAL, _signal.ITIMER_VIRTUAL, _signal.ITIMER_PROF)
TIMER_SIGNALS = (_signal.SIGALRM, _signal.SIGVTALRM, _signal.SIGPROF)


class Fork:
    """Makes copies by plain fork."""

    def __init__(self) -> None:
        self.line: int | None = None
        """In a writer: its line to the host."""
        self._process = ctypes.PyDLL(None, use_errno=True)
        self._process.syscall.restype = ctypes.c_long

    def risk(self, own: Sequence[int]) -> str:
        """Return a clause that says what a plain fork would break, empty where nothing is at risk.

        `own` are the descriptors that a copy may share with the live process.

        Raises:
            OSError: The process cannot be looked at.
        """
        for module in FRAGILE:
            if module in sys.modules:
                return "%s does not survive a plain fork" % module
        if flusher.is_beside_threads():
            return "threads do not survive a plain fork"
        held = open_descriptors.held(own)
        return "a copy would keep %s" % held if held else ""

    def freeze(self, control: int) -> int:
        """Return the copy's pid, and 0 in a woken copy and in a writer, which has a `line`.

        Raises:
            OSError: The system makes no more processes.
        """
        state = Memory()
        mask = _signal.pthread_sigmask(_signal.SIG_BLOCK, _signal.valid_signals())
        try:
            pid = self._fork_twice()
            if pid == 0:
                self._sleep(control, state)
            return pid
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, mask)

    def _fork_twice(self) -> int:
        """Return the pid of a grandchild whose parent has ended, and 0 in it."""
        reader, writer = os.pipe()
        try:
            middle = os.fork()
            if middle == 0:
                self._fork_again(writer)
                return 0
            os.close(writer)
            writer = -1
            told = os.read(reader, 20)
            os.waitpid(middle, 0)
            forget_child()
            if not told:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            return int(told)
        finally:
            for descriptor in (reader, writer):
                if descriptor >= 0:
                    os.close(descriptor)

    def _fork_again(self, writer: int) -> None:
        """Return in the grandchild only; whatever fails before must not become a second session."""
        try:
            pid = self.clone(_signal.SIGCHLD)
            if pid > 0:
                os.write(writer, b"%d" % pid)
        except BaseException:
            os._exit(BROKEN)
        if pid != 0:
            os._exit(0)

    def clone(self, flags: int) -> int:
        """Copy this process, which has one thread, as `fork` would but for its hooks; 0 in the copy."""
        tid = self._tid_address()
        cleared = tid.value or 0
        machine = os.uname().machine
        places = (cleared, 0) if machine == "x86_64" else (0, cleared)
        flags |= CLONE_CHILD_CLEARTID if cleared else 0
        arguments = [ctypes.c_long(each) for each in (CLONE[machine], flags, 0, 0, *places)]
        # glibc knows the main thread by its id; the word is checked while it is still the old one.
        known = cleared and ctypes.c_int.from_address(cleared).value == os.getpid()
        address = cleared if known else native.main_tid(self._process)
        if address and ctypes.c_int.from_address(address).value != os.getpid():
            address = None
        pid = self._process.syscall(*arguments)
        if pid < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        if pid == 0 and address:
            ctypes.c_int.from_address(address).value = os.getpid()
        return pid

    def _tid_address(self) -> ctypes.c_void_p:
        """Return the word that the kernel clears when the main thread ends."""
        address = ctypes.c_void_p()
        self._process.prctl(PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0)
        return address

    def _sleep(self, control: int, state: Memory) -> None:
        """Sleep until the host closes the socket; return in each process that it wakes."""
        try:
            state.put_random_back()
            os.setpgid(0, 0)
            score = fork_sleep.raise_oom_score()
            os.set_blocking(control, True)
            fork_sleep.report(control, ASLEEP, os.getpid())
            while True:
                command = os.read(control, 1)
                if command == WAKE:
                    if self._is_copy(control):
                        break
                elif command == WRITER:
                    if self._is_writer(control):
                        break
                elif command == QUESTION:
                    fork_sleep.report(control, LIST, 0)
                elif command == LOOK:
                    fork_sleep.report(control, FORESEEN, 0)
                else:
                    os._exit(BROKEN if command else 0)
            os.setpgid(0, 0)
            os.close(control)
            if self.line is not None:
                self.line = fork_descriptors.leave_all_descriptors(self.line)
                return
            fork_sleep.write_oom_score(score)
            state.rearm()
        except BaseException:
            os._exit(BROKEN)

    def _is_writer(self, control: int) -> bool:
        """Make one more copy, with a line to the host; return whether this is it."""
        line = fork_sleep.receive_line(control)
        if line is None:
            fork_sleep.report(control, FAILED, errno.EMFILE)
            return False
        if self._is_copy(control):
            self.line = line
            return True
        os.close(line)
        return False

    def _is_copy(self, control: int) -> bool:
        """Make one more copy; return whether this is it."""
        try:
            pid = self.clone(CLONE_PARENT)
        except OSError as error:
            fork_sleep.report(control, FAILED, error.errno or 0)
            return False
        if pid:
            fork_sleep.report(control, WOKEN, pid)
        return pid == 0


class Memory:
    """What a fork changes or leaves behind: the random state, and timers."""

    def __init__(self) -> None:
        self.put_random_back = noted_random()
        self._timers = [_signal.getitimer(each) for each in TIMERS]
        pending = _signal.sigpending()
        self._due = [each in pending for each in TIMER_SIGNALS]

    def rearm(self) -> None:
        """Let the timers go on in a woken copy, with the time they had left."""
        for timer, (delay, interval), is_due in zip(TIMERS, self._timers, self._due):
            # One that has run out stands still until its signal is taken, which was not copied.
            if delay or is_due:
                _signal.setitimer(timer, 1e-6 if is_due else delay, interval)


def forget_child() -> None:
    """Take back the signal of the process in between, unless a child of the user's has ended too."""
    if _signal.SIGCHLD not in _signal.sigpending():
        return
    _signal.sigtimedwait([_signal.SIGCHLD], 0)
    try:
        if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            os.kill(os.getpid(), _signal.SIGCHLD)
    except ChildProcessError:
        pass  # There are no other children.
