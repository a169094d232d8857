"""Name the memory that is shared with other processes or with files: no copy of a state brings it back."""

from __future__ import annotations

MAPS = "/proc/self/maps"
OF_DATABASES = ("-shm", "-lock", "lock.mdb")
"""Where SQLite and LMDB agree with other processes; they expect that it changes."""
DELETED = " (deleted)"


def notes() -> list[str]:
    """Return a sentence, without a full stop, about each that can be written to."""
    names = dict.fromkeys(shared())
    return ["%s is as it is now, as other processes may share it" % name for name in names]


def shared() -> list[str]:
    """Return what each writable shared mapping is, in words."""
    try:
        with open(MAPS) as maps:
            # Only the few that may be: a process with many libraries has thousands of lines.
            lines = [line for line in maps if " rw-s " in line]
    except OSError:
        return []  # Not Linux.
    found = [described(line.split(None, 5)[5:]) for line in lines]
    return [name for name in found if name]


def described(rest: list[str]) -> str:
    """Return what a mapping is in words; empty for what belongs to nobody's work."""
    from .paths import shorten

    path = rest[0].strip() if rest else ""
    is_deleted = path.endswith(DELETED)
    name = path[: -len(DELETED)] if is_deleted else path
    if name.endswith(OF_DATABASES):
        return ""
    if is_deleted or name.startswith(("/dev/zero", "/SYSV", "/memfd:", "/dev/shm/")):
        return "shared memory"
    if not name.startswith("/") or name.startswith("/dev/"):
        return ""
    return "%s, which is mapped into memory," % shorten(name)
