"""Hold all output back while a copy of the state is made."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .output import Outlet

HOLD_PATIENCE = 0.2
"""So long output may be under way before a copy of the state is given up, in seconds."""


class Busy(Exception):
    """Output cannot be held now, and goes on; the text is one clause for the user."""


class Quiet:
    """Holds all output back, so that a copy of the state has none of it to write a second time."""

    def __init__(self, locks: list[Any], outlets: list[Outlet]) -> None:
        self._locks = locks
        self._outlets = outlets
        self._held: list[Callable[[], object]] = []

    def __enter__(self) -> None:
        self._pid = os.getpid()
        try:
            for lock in self._locks:
                if not lock.acquire(timeout=HOLD_PATIENCE):
                    raise Busy("a report is under way")
                self._held.append(lock.release)
            for outlet in self._outlets:
                if not outlet.hold(HOLD_PATIENCE):
                    raise Busy("the terminal is not being read")
                self._held.append(outlet.let_go)
        except BaseException:
            self._release()
            raise

    def __exit__(self, *error: object) -> None:
        if os.getpid() != self._pid:
            for outlet in self._outlets:
                outlet.forget()
        self._release()

    def _release(self) -> None:
        while self._held:
            self._held.pop()()
