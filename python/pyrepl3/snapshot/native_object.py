"""Find the native object of `python/native/`; by itself, as a session's start can afford no more."""

from __future__ import annotations

import os

PLACES = ("native", os.path.join("..", ".setup", "native"))
"""Where the application keeps the object: packaged, and in a checkout; beside `launch.py`."""


def find() -> str | None:
    """Return the object's file for this machine."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for place in PLACES:
        file = os.path.join(package, os.pardir, place, "freeze-%s.so" % os.uname().machine)
        if os.path.isfile(file):
            return os.path.normpath(file)
    return None
