"""Freeze the live state: make a copy of this process that sleeps until the host wakes it.

There are two ways.  The native object (`python/native/`) copies the process
with all its threads.  Where there is none, a plain fork serves, as long as
nothing is there that a plain fork would break: see `plain_fork.py`.

Nothing is imported or loaded before `Freezer.load`, so that a session that
never freezes does not pay for it.
"""

from __future__ import annotations

import _imp
import _thread
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Sequence

    from ..resources.changed_file import ChangedFile
    from . import native, plain_fork

TIMEOUT_MS = 300
"""How long threads may take to stop."""


class Refusal(Exception):
    """The process cannot be copied now, and nothing has changed; the text is one clause for the user."""


class Freezer:
    """Makes the copies, and tells in a woken one what has become different."""

    def __init__(self) -> None:
        self.method: str | None = None
        """`"native"` or `"fork"` once `load` was called; `None` where no copy can be made here."""
        self.why = ""
        """Why copies are not made natively, for the user; empty where they are."""
        self.line: int | None = None
        """In a writer: its line to the host; `None` in any other process."""
        self.positions: dict[int, int] = {}
        """In a writer: where each file stood when the copy was made, by its descriptor."""
        self.renumbered: dict[int, int] = {}
        """In a woken copy: the new kernel id of each thread, by its old one."""
        self.notes: list[str] = []
        """In a woken copy: what could not be brought back, each a sentence without its full stop."""
        self.files: list[ChangedFile] = []
        """In a woken copy: the files that are not what they were."""
        self._freezing = 0
        """The thread that makes a copy, while it does."""
        self._loaded = False
        self._renew: Callable[[int], None] = lambda old: None
        self._note_random: Callable[[], Callable[[], object]] = lambda: lambda: None
        self._native: native.Native | None = None
        self._fork: plain_fork.Fork | None = None

    @property
    def is_freezing(self) -> bool:
        """Whether this thread's fork under way is one of ours, which at-fork hooks should leave alone."""
        return self._freezing == _thread.get_ident()

    def load(self) -> None:
        """Load the native object, or find out why it cannot be used.

        Raises:
            OSError: There is no descriptor left to find out with; it may be called again.
        """
        if not self._loaded:
            self.why = self._look_around()
            self._loaded = True

    def _look_around(self) -> str:
        """Open the ways that there are; return why the native one is not among them."""
        if sys.platform != "linux" or sys.implementation.name != "cpython" or sys.maxsize < 1 << 32:
            return "only CPython on 64-bit Linux can be copied"
        try:
            from ..resources import process_ids
            from . import native, plain_fork, random_state
        except ImportError:
            return "this Python has no ctypes"
        if os.uname().machine not in plain_fork.CLONE:
            return "machines of the kind %s are not known" % os.uname().machine
        why = native.obstacle()
        self._renew = process_ids.renew
        self._note_random = random_state.noted_random
        self._fork = plain_fork.Fork()
        self.method = "fork"
        if why:
            return why
        try:
            self._native = native.load()
        except OSError as error:
            return "the native object cannot be loaded (%s)" % error
        self.method = "native"
        return ""

    def freeze(self, control: int, timeout_ms: int = TIMEOUT_MS, own: Sequence[int] = ()) -> int:
        """Copy the process: return the copy's pid, and 0 in a copy that has been woken, or is a writer.

        `control` is one end of a stream socket pair whose other end the host
        has.  The copy reports on it and waits on it; a woken copy has closed
        it, and this process closes its own when it likes.  `own` are the
        descriptors that it shares with its copies: the session's channels and
        terminal.  The main thread calls this.  In a writer `line` tells so; it
        has one thread and none of the session's descriptors.

        Raises:
            Refusal: The process cannot be copied now; nothing has changed.
        """
        try:
            self.load()
        except OSError as error:
            raise Refusal("this process cannot be examined (%s)" % error.strerror) from error
        self._freezing = _thread.get_ident()
        try:
            if self._native is not None:
                return self._freeze_natively(self._native, control, timeout_ms, own)
            if self._fork is not None:
                return self._freeze_by_fork(self._fork, control, own)
        finally:
            self._freezing = 0
        raise Refusal(self.why)

    def _freeze_natively(
        self, native: native.Native, control: int, timeout_ms: int, own: Sequence[int]
    ) -> int:
        old, put_random_back = os.getpid(), self._note_random()
        # As a fork does, which is what a writer has to make of it.
        _imp.acquire_lock()
        try:
            pid = native.freeze(control, timeout_ms, own)
            self.line = native.line()
        finally:
            if self.line is None:
                _imp.release_lock()
        if self.line is not None:
            put_random_back()
            self.positions = native.positions()
        elif pid == 0:
            # First of all, as the program's threads go on as soon as this one waits.
            self._renew(old)
            self.notes = native.notes()
            self.files = native.files()
            self._renumber({old: os.getpid(), **native.renumbered()})
        if pid >= 0:
            return pid
        if pid != native.UNSUITED:
            raise Refusal(native.reason())
        # The next copy is a fork, for which the caller may have more to do.
        self.why, self.method, self._native = native.reason(), "fork", None
        raise Refusal(self.why)

    def _freeze_by_fork(self, fork: plain_fork.Fork, control: int, own: Sequence[int]) -> int:
        old = os.getpid()
        try:
            risk = fork.risk([control, *own])
        except OSError as error:
            raise Refusal("this process cannot be examined (%s)" % error.strerror) from error
        if risk:
            raise Refusal("%s, and %s" % (self.why, risk))
        try:
            pid = fork.freeze(control)
        except OSError as error:
            raise Refusal("the system does not copy the process (%s)" % error.strerror) from error
        self.line = fork.line
        if pid == 0 and self.line is None:
            self._renew(old)
            self.notes, self.files = [], []
            self._renumber({old: os.getpid()})
        return pid

    def put_files_back(self, left_out: dict[int, int]) -> dict[int, int]:
        """Lead the files back that were led aside; see `native.Native.put_files_back`."""
        assert self._native is not None
        return self._native.put_files_back(TIMEOUT_MS, left_out)

    def _renumber(self, ids: dict[int, int]) -> None:
        """Let `threading.Thread.native_id`, too, tell the ids that the threads have now."""
        self.renumbered = ids
        threading = sys.modules.get("threading")
        if threading is None:
            return
        for thread in list(threading._active.values()):
            old = getattr(thread, "_native_id", None)
            if old in ids:
                thread._native_id = ids[old]
