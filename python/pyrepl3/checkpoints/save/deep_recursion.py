"""Follow what is nested deeper than C code can: slowly, in a thread that has room for it."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

LIMIT = 1_000_000
"""The recursion limit meanwhile."""
STACK = 1 << 30
"""Of the thread, in bytes; memory that is not touched costs nothing."""


def act_deeply(act: Callable[[], Any]) -> Any:
    """Do something where there is room for deep recursion, and return or raise what it does."""
    import threading

    outcome: list[Any] = [None, None]

    def run() -> None:
        try:
            outcome[0] = act()
        except BaseException as error:
            outcome[1] = error

    limit, size = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(LIMIT)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if outcome[1] is not None:
        raise outcome[1]
    return outcome[0]
