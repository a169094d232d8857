"""Go on with the files that a woken state has opened anew, and say which are not what they were.

The native part opens them (`python/native/files/files.c`).  What only Python can
know is left: text that the program had written and not flushed when the state
was frozen may stand in the file by now, as what was undone has flushed it.  So
the native part keeps in memory what is written to such a file
(`python/native/files/aside.c`) until we have told how much of it that is.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys

from . import pytables
from .paths import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    from .changed_file import ChangedFile

AS_IT_WAS, AT_ITS_END, READ_ONLY, DEAD = range(4)
"""How it goes on: see `descriptors.h`, as for the causes."""
CHANGED, LOCKED, FORBIDDEN = 1, 2, 3
MOST_COMPARED = 1 << 20
"""More than a program leaves unflushed, in bytes."""
DELETED = " (deleted)"
ROLL_BACK = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('select count(*) from sqlite_master')"
BESIDE = ("-journal", "-wal", "-shm", ".wal")

WHY = {
    CHANGED: "%s was changed meanwhile",
    LOCKED: "the lock of %s was taken by somebody else",
    FORBIDDEN: "%s may not be opened any more as it was",
}
HOW = {
    AS_IT_WAS: "and is read without it",
    AT_ITS_END: "and what is written goes behind that",
    READ_ONLY: "so it can only be read until the program opens it again",
    DEAD: "so nothing more can be written to it until the program opens it again",
}


class Reopened:
    """A file that is not what it was at the freeze."""

    def __init__(self, file: ChangedFile) -> None:
        self.number = file.number
        self.verdict = file.verdict
        self.cause = file.cause
        self.size = file.size
        """Of the file as it was, in bytes."""
        self.is_aside = file.real >= 0
        """Whether what is written to it is kept in memory for now."""
        self.real = file.real if self.is_aside else file.number
        """A descriptor that leads to the file itself."""
        self.memory = file.memory
        """A descriptor of that memory."""
        self.kept_from = file.kept_from
        """Where what is kept begins in it, in bytes."""
        self.path = path_of(self.real)
        self.name = shorten(self.path)

    def note(self, failure: int = 0) -> str:
        """Return a sentence about it, without a full stop; the failure is that of what was held back."""
        if failure:
            return "what was last written to %s is lost: %s" % (self.name, os.strerror(failure))
        if self.cause == FORBIDDEN and self.verdict == DEAD:
            return "%s may not be opened any more" % self.name
        return "%s, %s" % (WHY[self.cause] % self.name, HOW[self.verdict])


def told(paths: list[str], process: int | None = None) -> list[str]:
    """Return how the files are named to people, without those that lie beside a database among them.

    They are as seen from our working directory, or from a process's.
    """
    names = [shorten(without_mark(path), process) for path in paths]
    return list(dict.fromkeys(name for name in names if database_of(name) not in names))


def settle(files: list[Reopened], put_back: Callable[[dict[int, int]], dict[int, int]]) -> list[str]:
    """Go on with each; return what is to be told.

    `put_back` leads back those that are led aside, but for so many bytes of
    each, and returns the errors, by descriptor.
    """
    aside = [file for file in files if file.is_aside]
    lost = put_back({file.number: standing_already(file) for file in aside}) if aside else {}
    for file in files:
        if file.verdict == READ_ONLY and os.path.exists(file.path + "-journal"):
            roll_back(file.path)
    pytables.tell([file.number for file in files if file.verdict >= READ_ONLY])
    names = set(told([file.path for file in files]))
    notes = [file.note(lost.get(file.number, 0)) for file in files if file.name in names]
    return list(dict.fromkeys(notes))


def database_of(name: str) -> str:
    """Return `a.db` of `a.db-wal`; empty where it is no such file."""
    for ending in BESIDE:
        if name.endswith(ending):
            return name[: -len(ending)]
    return ""


def path_of(number: int) -> str:
    try:
        path = os.readlink("/proc/self/fd/%d" % number)
    except OSError:
        return "a file"
    return without_mark(path)


def without_mark(path: str) -> str:
    return path[: -len(DELETED)] if path.endswith(DELETED) else path


def roll_back(database: str) -> None:
    """Let SQLite take back what a dead process was in the middle of, as any that opens the database would.

    The state that goes on may be in a transaction that began before.  It does
    not know that pages of it have reached the file since, and would remove
    the journal that brings back what stood there.  Another process has to do
    it, as whoever closes a file lets go of all locks that the process has of it.
    """
    try:
        arguments = [sys.executable, "-ISc", ROLL_BACK, database]
        silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
        os.waitpid(os.posix_spawn(sys.executable, arguments, os.environ, file_actions=silence), 0)
    except OSError:
        pass  # There is no program to do it with; who opens the database next does it.


def standing_already(file: Reopened) -> int:
    """Return how many of the bytes that were held back at the freeze stand in the file already."""
    for writer in writers_to(file.number):
        # The object may be the user's, and fail in any way; what it still holds back is written later.
        with contextlib.suppress(Exception):
            writer.flush()
    pending = os.pread(file.memory, MOST_COMPARED, file.kept_from)
    return in_common(pending, written_since(file)) if pending else 0


def in_common(pending: bytes, there: bytes) -> int:
    """Return how much of what was held back stands there already.

    Threads have gone on by now, and may have added to it, perhaps what begins
    as before by chance.  So only whole lines count then: rather a word twice
    than one that is lost.
    """
    shorter = min(len(pending), len(there))
    length = next((place for place in range(shorter) if pending[place] != there[place]), shorter)
    return length if length == shorter else pending.rfind(b"\n", 0, length) + 1


def written_since(file: Reopened) -> bytes:
    """Return the begin of what the file has more than at the freeze."""
    try:
        reader = os.open("/proc/self/fd/%d" % file.real, os.O_RDONLY)
    except OSError:
        return b""  # It may not be read, and so nobody can tell.
    try:
        return os.pread(reader, MOST_COMPARED, file.size)
    finally:
        os.close(reader)


def writers_to(number: int) -> list[io.TextIOWrapper | io.BufferedWriter]:
    """Return the open files that hold text or bytes back for this descriptor, text first."""
    found: list[io.TextIOWrapper | io.BufferedWriter] = []
    for each in gc.get_objects():
        # By its type: an object's own `__class__` may be the user's code.
        is_text = issubclass(type(each), io.TextIOWrapper)
        if (is_text or issubclass(type(each), io.BufferedWriter)) and leads_to(each, number):
            found.insert(0 if is_text else len(found), each)
    return found


def leads_to(writer: io.TextIOWrapper | io.BufferedWriter, number: int) -> bool:
    try:
        return not writer.closed and writer.fileno() == number
    except (OSError, ValueError, AttributeError):
        return False  # It is closed, detached, or over something that is no file.
