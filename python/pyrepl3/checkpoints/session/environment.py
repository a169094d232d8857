"""What is around the names of a session and is plain: folder, environment, path, prompts."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

FLEETING = frozenset(("COLUMNS", "LINES", "TERM", "COLORTERM", "PWD", "OLDPWD", "SHLVL", "_", "WINDOWID"))
"""Environment variables that belong to a terminal."""

USUAL_PROMPTS = {"ps1": ">>> ", "ps2": "... "}

path_at_start: list[str] = []
"""`sys.path` before anything ran."""


recursion_limit: int | None = None
"""The program's, where another holds while it is saved."""


def note_start() -> None:
    path_at_start[:] = sys.path


def plain() -> dict[str, Any]:
    """Return what can be written as JSON."""
    return {
        "folder": spared(working_folder, None),
        "environment": spared(environment_changes, {"set": {}, "unset": []}),
        "path": path_changes(),
        "recursion": recursion_limit or sys.getrecursionlimit(),
        "prompts": [prompt(name) for name in ("ps1", "ps2")],
    }


def spared(tell: Callable[[], Any], otherwise: Any) -> Any:
    """Return what is told; something else where the program has put its own in the way."""
    try:
        return tell()
    except MemoryError:
        raise
    except Exception:
        return otherwise


def prompt(name: str) -> str:
    """Return a prompt's text; the usual one where the object that makes it fails."""
    try:
        return str(getattr(sys, name, ""))
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return USUAL_PROMPTS[name]


def path_changes() -> dict[str, list[str]]:
    """Return what the session has put before or behind what `sys.path` was, and taken out of it."""
    path = [entry for entry in path_now() if type(entry) is str]
    first = next((index for index, entry in enumerate(path) if entry in path_at_start), len(path))
    return {
        "before": path[:first],
        "behind": [entry for entry in path[first:] if entry not in path_at_start],
        "gone": [entry for entry in path_at_start if entry not in path],
    }


def path_now() -> list[Any]:
    """Return `sys.path`; what it was at first where the program has put something else in its place."""
    path = getattr(sys, "path", None)
    return path if type(path) is list else path_at_start


def set_path(found: dict[str, list[str]]) -> None:
    others = {entry for entries in found.values() for entry in entries}
    kept = [entry for entry in sys.path if entry not in others]
    sys.path[:] = [*found["before"], *kept, *found["behind"]]


def working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None


def environment_changes() -> dict[str, Any]:
    """Return what the session has set or unset since its process began."""
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = [entry.partition(b"=") for entry in file.read().split(b"\0") if entry]
    except OSError:
        return {"set": {}, "unset": []}
    before = {os.fsdecode(name): os.fsdecode(value) for name, _, value in entries}
    now = {name: value for name, value in dict(os.environ).items() if type(name) is type(value) is str}
    return {
        "set": {
            name: value
            for name, value in sorted(now.items())
            if name not in FLEETING and before.get(name) != value
        },
        "unset": sorted(name for name in before if name not in now and name not in FLEETING),
    }


def set_plain(found: dict[str, Any], note: Callable[[str], None]) -> None:
    folder = found.get("folder")
    if folder:
        try:
            os.chdir(folder)
        except OSError as error:
            note("the working directory is still %s (%s: %s)" % (working_folder(), folder, error.strerror))
    os.environ.update(found["environment"]["set"])
    for name in found["environment"]["unset"]:
        os.environ.pop(name, None)
    set_path(found["path"])
    try:
        sys.setrecursionlimit(found["recursion"])
    except RecursionError:
        note("the recursion limit is still %d" % sys.getrecursionlimit())
    sys.ps1, sys.ps2 = found["prompts"]
