"""Keep SIGINT out of our own code, and let it reach the user's.

While no run is going on, and inside our code that user code calls, the signal
is only noted: a `KeyboardInterrupt` between two of our statements would tear a
frame or lose output.  The handler in place is a Python function and not
`SIG_IGN`, which child processes would inherit.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SIGINT = _signal.SIGINT


class Shield:
    """Hold SIGINT back; on release, a signal that came meanwhile is raised again.

    A context manager that may be nested, and does nothing outside the main thread:
    Python runs signal handlers in that one alone.
    """

    def __init__(self) -> None:
        self._main = _thread.get_ident()
        self._depth = 0
        self._arrived = False
        self._handler: Any = _signal.default_int_handler

    def _note(self, number: int, frame: Any) -> None:
        self._arrived = True

    def hold(self) -> None:
        """Put the shield up; an interrupt that is on its way counts as come meanwhile."""
        while True:
            try:
                if self._depth == 0:
                    # It first raises what is pending, so this may be where the interrupt lands.
                    self._handler = _signal.signal(SIGINT, self._note)
                self._depth += 1
                return
            except KeyboardInterrupt:
                self._arrived = True

    def release(self) -> None:
        """Take the shield down; raise what the user's handler raises for a signal held back."""
        self._depth -= 1
        if self._depth:
            return
        # None: a handler that C code installed, which Python can neither see nor put back.
        if self._handler is not None:
            _signal.signal(SIGINT, self._handler)
        if self._arrived:
            self._arrived = False
            _signal.raise_signal(SIGINT)

    def program_handler(self) -> Any:
        """Return what the program has SIGINT do, also while the shield is up; `None` if C code has it."""
        return self._handler if self._depth else _signal.getsignal(SIGINT)

    def forget(self) -> None:
        """Drop a signal that came while nothing was there to be interrupted."""
        self._arrived = False

    def in_child(self) -> None:
        self._main = _thread.get_ident()

    def __enter__(self) -> None:
        if _thread.get_ident() == self._main:
            self.hold()

    def __exit__(self, *error: object) -> None:
        if _thread.get_ident() == self._main:
            self.release()


shield = Shield()
