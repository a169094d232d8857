"""Let us do our own work where the program has left few calls for it."""

from __future__ import annotations

import sys

ENOUGH = 1000
"""CPython's own limit at the start."""


class EnoughRecursion:
    """Raises a limit of recursion that is lower than CPython's own for this while; gives the program's."""

    def __enter__(self) -> int:
        self._limit = sys.getrecursionlimit()
        if self._limit < ENOUGH:
            sys.setrecursionlimit(ENOUGH)
        return self._limit

    def __exit__(self, *error: object) -> None:
        if self._limit < ENOUGH:
            sys.setrecursionlimit(self._limit)
