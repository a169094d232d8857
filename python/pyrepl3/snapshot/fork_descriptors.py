"""What a checkpoint writer made by plain fork leaves of the session, as `checkpoint_writer.c` does."""

from __future__ import annotations

import fcntl
import os

from ..resources import open_descriptors

STANDARD = 3
FIRST_OF_OURS = 100


def leave_all_descriptors(line: int) -> int:
    """Leave all but the line to the host, and return its number from now on."""
    line = keep_above(line, FIRST_OF_OURS)
    null = keep_above(os.open(os.devnull, os.O_RDWR), STANDARD)
    for number in numbers():
        if number not in (line, null):
            leave(number, null)
    # What the writer opens must not get these numbers, to which C code writes.
    for number in range(STANDARD):
        os.dup2(null, number)
    os.close(null)
    return line


def leave(number: int, null: int) -> None:
    """Put the null device in the place of one, as objects of the session's know its number."""
    try:
        if open_descriptors.is_device(os.fstat(number), open_descriptors.HARMLESS):
            return
    except OSError:
        return  # The folder itself, which is closed by now.
    os.dup2(null, number, False)


def keep_above(number: int, least: int) -> int:
    """Return the file under a number that is no less."""
    if number >= least:
        return number
    moved = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, least)
    os.close(number)
    return moved


def numbers() -> list[int]:
    return [int(name) for name in os.listdir("/proc/self/fd")]
