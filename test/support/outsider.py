"""Somebody else: executes a line of code at a time on the same files, and says what came of it."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import sqlite3
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

F_OFD_SETLK = 37
RECORD = "hhqqi4x"
"""`struct flock`: type, whence, start, length, pid."""
REFUSED = (errno.EAGAIN, errno.EACCES)


def flock(path: str) -> str:
    return _try(path, os.O_RDONLY, lambda fd: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB))


def lockf(path: str, start: int = 0, length: int = 0) -> str:
    def take(fd: int) -> None:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)

    return _try(path, os.O_RDWR, take)


def ofd(path: str) -> str:
    record = struct.pack(RECORD, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    return _try(path, os.O_RDWR, lambda fd: fcntl.fcntl(fd, F_OFD_SETLK, record))


def opened(path: str) -> str:
    """Say whether anybody has the file open: nobody is given a lease on such a file."""

    def take(fd: int) -> None:
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)

    return {"free": "closed", "held": "open"}[_try(path, os.O_RDWR, take)]


def begin(path: str, how: str = "immediate", wait: float = 0) -> str:
    """Say whether a transaction can be begun on a database of sqlite; `wait` in seconds."""
    database = sqlite3.connect(path, timeout=wait)
    try:
        database.execute("begin " + how)
        database.rollback()
        return "free"
    except sqlite3.OperationalError as error:
        return "held" if "locked" in str(error) else str(error)
    finally:
        database.close()


def query(path: str, *statements: str) -> list[Any]:
    """Execute statements on a database of sqlite, each for itself; return the rows of the last."""
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        return [database.execute(statement).fetchall() for statement in statements][-1]
    finally:
        database.close()


def read(path: str) -> str:
    with open(path, newline="") as file:
        return file.read()


def append(path: str, text: str) -> None:
    with open(path, "a") as file:
        file.write(text)


def _try(path: str, flags: int, take: Callable[[int], Any]) -> str:
    fd = os.open(path, flags)
    try:
        take(fd)
        return "free"
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        return "held"
    finally:
        os.close(fd)


def _answer(code: str, names: dict[str, Any]) -> str:
    try:
        try:
            compiled = compile(code, "<outsider>", "eval")
        except SyntaxError:
            exec(code, names)
            return "None"
        return repr(eval(compiled, names))
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


if __name__ == "__main__":
    for request in sys.stdin:
        print(json.dumps(_answer(json.loads(request), globals())), flush=True)
