"""Let us do our own work where the program has left few calls for it."""

from __future__ import annotations

import contextlib
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator

ENOUGH = 1000
"""CPython's own limit at the start."""


@contextlib.contextmanager
def enough_recursion() -> Iterator[int]:
    """Raise a limit of recursion that is lower than CPython's own for this while; give the program's."""
    limit = sys.getrecursionlimit()
    if limit < ENOUGH:
        sys.setrecursionlimit(ENOUGH)
    try:
        yield limit
    finally:
        if limit < ENOUGH:
            sys.setrecursionlimit(limit)
