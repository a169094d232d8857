"""What a scribe made by plain fork leaves of the session's; `scribe.c` is the same for native ones."""

from __future__ import annotations

import fcntl
import os
import stat

STANDARD = 3
FIRST_OF_OURS = 100
MEMORY_DEVICES = 1
"""The major number of `/dev/null` and its like."""


def positions() -> dict[int, int]:
    """Return where each file stands, by its descriptor: the live process goes on and moves it."""
    found: dict[int, int] = {}
    for number in numbers():
        try:
            found[number] = os.lseek(number, 0, os.SEEK_CUR)
        except OSError:
            continue  # It has no such place, or was the folder itself.
    return found


def leave_all_descriptors(line: int, places: dict[int, int]) -> int:
    """Leave all but the line to the host, and return its number from now on.

    Files are opened anew, for reading, where they stood.
    """
    line = keep_above(line, FIRST_OF_OURS)
    null = keep_above(os.open(os.devnull, os.O_RDWR), STANDARD)
    for number in numbers():
        if number not in (line, null):
            leave(number, null, places)
    # What the scribe opens must not get these numbers, to which C code writes.
    for number in range(STANDARD):
        os.dup2(null, number)
    os.close(null)
    return line


def leave(number: int, null: int, places: dict[int, int]) -> None:
    try:
        status = os.fstat(number)
    except OSError:
        return  # The folder itself, which is closed by now.
    if is_harmless(status) or (
        stat.S_ISREG(status.st_mode) and fcntl.fcntl(number, fcntl.F_GETFL) & os.O_PATH
    ):
        return
    again = open_anew(number, places) if stat.S_ISREG(status.st_mode) else None
    os.dup2(null if again is None else again, number, False)
    if again is not None:
        os.close(again)


def is_harmless(status: os.stat_result) -> bool:
    mode = status.st_mode
    is_memory = stat.S_ISCHR(mode) and os.major(status.st_rdev) == MEMORY_DEVICES
    return stat.S_ISDIR(mode) or stat.S_ISLNK(mode) or is_memory


def open_anew(number: int, places: dict[int, int]) -> int | None:
    try:
        again = os.open("/proc/self/fd/%d" % number, os.O_RDONLY)
    except OSError:
        return None  # It may not be read.
    os.lseek(again, places.get(number, 0), os.SEEK_SET)
    return again


def keep_above(number: int, least: int) -> int:
    """Return the file under a number that is no less."""
    if number >= least:
        return number
    moved = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, least)
    os.close(number)
    return moved


def numbers() -> list[int]:
    return [int(name) for name in os.listdir("/proc/self/fd")]
