"""Freeze the live state: leave a copy of it with the host, and know in the copy that it has been woken."""

from __future__ import annotations

import _thread
import os
import time

from ..protocol import notices
from ..stdio.flusher import flusher
from ..stdio.quiet import Busy
from .freezer import Freezer, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, ContextManager

    from ..resources.children import Children

TIMEOUT_MS = 300
"""So long the program's threads may take to stand still."""
REFUSALS = 2
"""After so many in a row freezing is left alone for a while."""
REST = 10.0
"""That while, in seconds: an attempt that fails costs up to `TIMEOUT_MS`."""


class Snapshots:
    """Makes the copies of one live state.

    `descriptor` leads to the host, for notices; `quiet` holds all output and reports back while a copy is
    made; `own` tells the descriptors that a copy shares with the live process; `children` are the program's,
    which it knows.
    """

    def __init__(
        self,
        descriptor: int,
        quiet: Callable[[], ContextManager[object]],
        own: Callable[[], list[int]],
        children: Children,
    ) -> None:
        self._descriptor = descriptor
        self._quiet = quiet
        self._own = own
        self._children = children
        self._notices: Any = None
        self._keeper: Callable[[], str] = lambda: ""
        self.freezer = Freezer()
        self._refused = 0
        self._reason = ""
        self._rests_until = 0.0

    def load(self) -> None:
        """Import what freezing takes, once, so that a session's start does not pay for it."""
        if self._notices is None:
            from ..resources import pid_keepers

            self._keeper = pid_keepers.keeper
            self._notices = listen(self._descriptor)
            self.freezer.load()

    def freeze(self, state: int) -> dict[str, Any] | None:
        """Keep a copy; return the report for the supervisor, or `None` in a copy that has been woken."""
        self.load()
        keeper = self._keeper()
        if keeper:
            return self._report_refusal(state, "%s keeps the process id" % keeper)
        if time.monotonic() < self._rests_until:
            return self._report_refusal(state, self._reason)
        started = time.perf_counter()
        threads = max(0, _thread._count() - 1)
        try:
            pid = self._copy(state)
        except (Refusal, Busy, OSError) as error:
            return self._refuse(state, str(error))
        except MemoryError:
            return self._refuse(state, "the program has used up its memory")
        self._refused = 0
        if pid == 0:
            return None
        seconds = time.perf_counter() - started
        return {"kind": "frozen", "state": state, "pid": pid, "seconds": seconds, "threads": threads}

    def _copy(self, state: int) -> int:
        """Return the copy's pid, and 0 in a copy that has been woken."""
        is_fork = self.freezer.method != "native"
        if is_fork:
            # It may wait for the very output that is held.
            flusher.stop()
        try:
            return self._hand_over(state)
        except Refusal:
            if is_fork or self.freezer.method == "native":
                raise
            return self._copy(state)
        finally:
            if is_fork:
                flusher.restart()

    def _hand_over(self, state: int) -> int:
        import _socket

        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        # Before the copy is made, which must not hold the end that is the host's.
        descriptor = theirs.fileno().to_bytes(4, "little")
        self._notify(notices.CONTROL, state, 0, [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, descriptor)])
        theirs.close()
        pid = -1
        try:
            with self._quiet():
                self._children.note()
                pid = self.freezer.freeze(ours.fileno(), TIMEOUT_MS, self._own())
        finally:
            if pid == 0:
                # It was closed as this copy woke.
                ours.detach()
            else:
                ours.close()
                self._notify(notices.FROZEN if pid > 0 else notices.NOT_FROZEN, state, pid)
        return pid

    def _notify(self, kind: bytes, state: int, pid: int, parts: list[Any] | None = None) -> None:
        self._notices.sendmsg([notices.NOTICE.pack(kind, state, pid)], parts or [])

    def _refuse(self, state: int, reason: str) -> dict[str, Any]:
        """Note a refusal; after a few in a row freezing rests, as each may cost its whole patience.

        A plain fork waits for nobody, and what was in its way may be closed by the next run.
        """
        self._refused += self.freezer.method == "native"
        self._reason = reason
        if self._refused >= REFUSALS:
            self._refused = 0
            self._rests_until = time.monotonic() + REST
        return self._report_refusal(state, reason)

    def _report_refusal(self, state: int, reason: str) -> dict[str, Any]:
        return {"kind": "refused", "state": state, "reason": reason}

    def details(self) -> int:
        """Return the last mark that has passed, which the host tells a woken state."""
        while True:
            pid, mark = notices.DETAILS.unpack(self._notices.recv(notices.DETAILS.size))
            # What was meant for one that did not come up is passed over.
            if pid == os.getpid():
                return mark

    def tell_up(self) -> None:
        """Tell the host that the woken state is whole, and of which processes it is to hear."""
        for pid in self._children.inherited():
            self._notify(notices.INHERITED, 0, pid)
        self._notify(notices.UP, 0, os.getpid())


def listen(descriptor: int) -> Any:
    """Return the live state's end as a socket, which always waits."""
    import _socket

    end = _socket.socket(fileno=descriptor)
    end.settimeout(None)
    return end
