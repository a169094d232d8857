"""Go on with the files that a woken state has opened anew, and say which are not what they were.

The native part opens them (`python/native/files/files.c`).  What only Python can
know is left: text that the program had written and not flushed when the state
was frozen may stand in the file by now, as what was undone has flushed it.
"""

from __future__ import annotations

import gc
import io
import os
import sys

from . import pytables
from .paths import shorten

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

    def __init__(self, number: int, verdict: int, cause: int, size: int) -> None:
        self.number = number
        self.verdict = verdict
        self.cause = cause
        self.size = size
        """Of the file as it was, in bytes."""
        self.path = path_of(number)
        self.name = shorten(self.path)

    def note(self) -> str:
        """Return a sentence about it, without a full stop."""
        if self.cause == FORBIDDEN and self.verdict == DEAD:
            return "%s may not be opened any more" % self.name
        return "%s, %s" % (WHY[self.cause] % self.name, HOW[self.verdict])


def told(paths: list[str], process: int | None = None) -> list[str]:
    """Return how the files are named to people, without those that lie beside a database among them.

    They are as seen from our working directory, or from a process's.
    """
    names = [shorten(without_mark(path), process) for path in paths]
    return list(dict.fromkeys(name for name in names if database_of(name) not in names))


def settle(files: list[Reopened]) -> list[str]:
    """Go on with each; return what is to be told."""
    # Other threads are about to go on, and write what they hold back.
    for file in files:
        if file.verdict == AT_ITS_END and not is_locked(file.number):
            go_on_at_end(file)
    for file in files:
        if file.verdict == READ_ONLY and os.path.exists(file.path + "-journal"):
            roll_back(file.path)
    pytables.tell([file.number for file in files if file.verdict >= READ_ONLY])
    names = set(told([file.path for file in files]))
    return list(dict.fromkeys(file.note() for file in files if file.name in names))


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


def is_locked(number: int) -> bool:
    """Whether the process has a lock of its own, which ends when any descriptor of the file is closed."""
    with open("/proc/self/fdinfo/%d" % number) as details:
        return any(line.startswith("lock:") and "POSIX" in line for line in details)


def go_on_at_end(file: Reopened) -> None:
    """Let nothing that was unflushed at the freeze come to stand in the file twice."""
    pending = unflushed(file.number)
    if not pending:
        return
    missing = pending[in_common(pending, written_since(file)) :]
    while missing:
        missing = missing[os.write(file.number, missing) :]


def in_common(pending: bytes, there: bytes) -> int:
    """Return how much of what was held back stands there already.

    Threads have gone on by now, and may have added to it, perhaps the same as
    before: a line is written as a whole or not at all.
    """
    shorter = min(len(pending), len(there))
    length = next((place for place in range(shorter) if pending[place] != there[place]), shorter)
    if length == shorter:
        return length
    return pending.rfind(b"\n", 0, length) + 1 or length


def written_since(file: Reopened) -> bytes:
    """Return the begin of what the file has more than at the freeze."""
    try:
        reader = os.open("/proc/self/fd/%d" % file.number, os.O_RDONLY)
    except OSError:
        return b""  # It may not be read, and so nobody can tell.
    try:
        return os.pread(reader, MOST_COMPARED, file.size)
    finally:
        os.close(reader)


def unflushed(number: int) -> bytes:
    """Take what Python's own writers hold back for this descriptor, by letting them flush to another file."""
    writers = writers_to(number)
    if not writers:
        return b""
    inheritable, real, aside = os.get_inheritable(number), os.dup(number), os.memfd_create("unflushed")
    try:
        os.dup2(aside, number, inheritable)
        for writer in writers:
            writer.flush()
    finally:
        os.dup2(real, number, inheritable)
        os.close(real)
    try:
        return os.pread(aside, MOST_COMPARED, 0)
    finally:
        os.close(aside)


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
