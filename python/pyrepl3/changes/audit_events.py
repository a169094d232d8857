"""Listen to the interpreter's audit events: the cheap place to act before something happens.

An audit hook cannot be removed and hears thousands of events, so it is one
dictionary look-up for all but the few in its table.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Tuple

    Handlers = Dict[str, Callable[[Tuple[Any, ...]], None]]

SPAWNS = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "pty.spawn")
"""Events before a child process that may write to our descriptors."""

TRACERS = ("sys.settrace", "sys.setprofile", "sys.monitoring.register_callback")
"""Events before code is traced, or no more."""


def watch(handlers: Handlers) -> None:
    """Call the handler of each event in the table, with the event's arguments."""
    find = handlers.get

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        handler = find(event)
        if handler is not None:
            handler(arguments)

    sys.addaudithook(hear)
