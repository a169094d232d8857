"""Name a file to people."""

from __future__ import annotations

import os


def shorten(path: str, process: int | None = None) -> str:
    """Return the path as seen from the working directory, ours or a process's, where it lies in it."""
    try:
        here = (os.getcwd() if process is None else os.readlink("/proc/%d/cwd" % process)) + os.sep
    except OSError:
        return path
    return path[len(here) :] if path.startswith(here) else path
