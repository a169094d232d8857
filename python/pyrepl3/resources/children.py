"""The program's child processes, as the state knows them: also those that the host has inherited.

When a woken state takes the place of the live process, that one's children
become the host's.  The state knows from its freeze which they were.  How they
end stands in the ledger: the host writes it as it reaps, and a live process as
it collects a child that a copy of it knows, in case that run is undone.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import sys

from . import exit_ledger, processes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

waitid = getattr(os, "waitid", None)
"""The system's own; it is not on every system."""
STARTS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn")
"""Audit events before a child comes to be."""


class Child:
    """A process that the program has started and not yet waited for."""

    def __init__(self, pid: int, parent: int) -> None:
        self.pid = pid
        self.parent = parent
        """The live process that started it."""
        self.start = processes.started(pid)
        self.group = group_of(pid)

    def is_foreign(self) -> bool:
        """Whether the system counts it as the child of another process than this one."""
        return self.parent != os.getpid()

    def is_there(self) -> bool:
        """Whether it has not been reaped."""
        return self.start != 0 and processes.started(self.pid) == self.start


class Children:
    """The children that the newest copy knows, less those that were waited for since.

    `descriptor` is the ledger's; `divert` leads the program's waiting for children to these.
    """

    def __init__(self, descriptor: int, divert: Callable[[Children], None]) -> None:
        self._ledger = exit_ledger.Ledger(descriptor)
        self._divert = divert
        self._known: dict[int, Child] = {}
        self._endings: dict[tuple[int, int], exit_ledger.Ending] = {}
        self._read_to = 0
        self._waits_are_ours = False
        self._handler: Any = None
        """The program's handler of SIGCHLD while it is held."""
        self._has_come = False

    def expect(self) -> None:
        """A child is about to start: from now on waiting goes through us."""
        if not self._waits_are_ours and sys.platform.startswith("linux"):
            self._waits_are_ours = True
            self._divert(self)

    def note(self) -> None:
        """Note the children there are, for the copy that is about to be made."""
        me = os.getpid()
        own = own_children()
        for child in list(self._known.values()):
            if not child.is_foreign() and child.pid not in own:
                # It was waited for where we do not hear of it.
                self._known.pop(child.pid, None)
        for pid in own:
            if pid not in self._known:
                self._known[pid] = Child(pid, me)
        if self._known:
            self.expect()
            self._read_on()
        else:
            self._read_to = self._ledger.size()

    def foreign(self, selects: Callable[[Child], bool]) -> list[Child]:
        """Return the inherited ones among those that are selected."""
        if not self._known:
            return []
        return [child for child in list(self._known.values()) if child.is_foreign() and selects(child)]

    def ending(self, child: Child) -> exit_ledger.Ending | None:
        """Return how it ended, `None` while it goes on; forget it where nobody knows."""
        is_there = child.is_there()
        # After the look: what is gone by then stands in it.
        self._read_on()
        ending = self._endings.get((child.pid, child.start))
        if ending is None and not is_there:
            self._known.pop(child.pid, None)
        return ending

    def _read_on(self) -> None:
        for offset, ending in self._ledger.since(self._read_to):
            child = self._known.get(ending.pid)
            if child is not None and child.start == ending.start:
                self._endings[ending.pid, ending.start] = ending
            self._read_to = offset

    def collect(self, child: Child) -> bool:
        """Count an inherited child as waited for; return false where another thread was faster."""
        self._endings.pop((child.pid, child.start), None)
        return self._known.pop(child.pid, None) is not None

    def collected(self, pid: int, status: int, used: tuple[float, float]) -> None:
        """A child of our own was waited for: write down how it ended, if a copy knows it."""
        child = self._known.get(pid)
        if child is None or not (os.WIFEXITED(status) or os.WIFSIGNALED(status)):
            return
        self._known.pop(pid, None)
        try:
            self._ledger.append(exit_ledger.Ending(pid, child.start, status, os.getuid(), used))
        except OSError:
            pass  # No room: then a state that comes back is told that nobody knows.

    def is_zombie(self, pid: int) -> bool:
        """Whether it is an inherited child that has ended, and not been waited for."""
        child = self._known.get(pid)
        return child is not None and child.is_foreign() and not child.is_there()

    def inherited(self) -> list[int]:
        """Return the children of whose end the host is to tell this process."""
        return [child.pid for child in self.foreign(lambda child: child.is_there())]

    def hold_signal(self) -> None:
        """Keep the program's handler of SIGCHLD out of our way while this process becomes the live one."""
        handler = _signal.getsignal(_signal.SIGCHLD)
        self._handler = handler if callable(handler) else None
        if self._handler:
            _signal.signal(_signal.SIGCHLD, self._note_signal)

    def _note_signal(self, number: int, frame: Any) -> None:
        self._has_come = True

    def release_signal(self) -> None:
        """Let the program hear of children that have ended meanwhile; raise what its handler raises."""
        if self._handler:
            _signal.signal(_signal.SIGCHLD, self._handler)
        ended = [child for child in self.foreign(lambda child: True) if self.ending(child)]
        has_come, self._has_come, self._handler = self._has_come, False, None
        if ended or has_come:
            os.kill(os.getpid(), _signal.SIGCHLD)

    def forsake(self) -> None:
        """Forget all: this is a fork, which has no children."""
        self._known.clear()
        self._endings.clear()


def own_children() -> list[int]:
    """Return the pids of this process's children, whichever thread started them."""
    if waitid is None:
        return []
    try:
        # One system call, where there are none.
        waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return []
    found: list[int] = []
    for thread in os.listdir("/proc/self/task"):
        try:
            with open("/proc/self/task/%s/children" % thread) as file:
                found += map(int, file.read().split())
        except FileNotFoundError:
            continue  # The thread has just ended; its children are another's by now.
    return found


def group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:
        return 0
