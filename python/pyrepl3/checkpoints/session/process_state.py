"""What a session's process has set, noted before anything runs, and as a writer begins, which changes some.

It imports next to nothing: it is needed when a session starts.
"""

from __future__ import annotations

import _locale
import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import gc
import os
import sys

from ...own_imports import PYTHONS
from ...stdio import interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CATEGORIES = ("LC_CTYPE", "LC_COLLATE", "LC_MONETARY", "LC_NUMERIC", "LC_TIME", "LC_MESSAGES")
SPARED = ("_", "__spec__")
"""Of `builtins`: the last value has its own place."""

at_start: dict[str, Any] = {}
"""As a fresh session has them."""
at_save: dict[str, Any] = {}
"""As the session had them when a writer began; empty in one that has changed none."""


def note_start() -> None:
    """Note what a fresh session has."""
    at_start.update(now())


def note_save() -> None:
    """Note what the session has."""
    at_save.update(now())


def now() -> dict[str, Any]:
    return {
        "signals": handlers(),
        "blocked": sorted(map(int, _signal.pthread_sigmask(_signal.SIG_BLOCK, []))),
        "umask": umask(),
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_debug()),
        "locale": {name: _locale.setlocale(getattr(_locale, name), None) for name in CATEGORIES},
        "zone": getattr(sys.modules.get("time"), "tzname", None),
        "switching": sys.getswitchinterval(),
        "digits": sys.get_int_max_str_digits() if hasattr(sys, "get_int_max_str_digits") else 0,
        "depth": sys.get_coroutine_origin_tracking_depth(),
        "bytecode": sys.dont_write_bytecode,
        "cache": sys.pycache_prefix,
        "builtins": changed_builtins(),
    }


def handlers() -> dict[int, Any]:
    """Return what the program has each signal do; what C code has installed cannot be known."""
    found = {int(number): _signal.getsignal(number) for number in _signal.valid_signals()}
    found[int(_signal.SIGINT)] = interrupts.shield.program_handler()
    return {number: handler for number, handler in found.items() if handler is not None}


def umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


def changed_builtins() -> dict[str, Any]:
    """Return the names in `builtins` that are not Python's, or not what Python has there."""
    names = vars(sys.modules["builtins"])
    return {
        name: value
        for name, value in names.items()
        if name not in SPARED and (name not in PYTHONS or value is not PYTHONS[name])
    }


collecting: list[bool] = []


def is_collecting(was: bool) -> bool:
    """Return whether the collector, which is off during a restore, is to be on when that ends."""
    return collecting.pop() if collecting else was
