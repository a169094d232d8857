"""Keep a trial from doing anything outside: it must not write a file, or call somebody, a second time."""

from __future__ import annotations

import _thread
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
REFUSED = frozenset(
    (
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"),
        *("os.chmod", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.kill"),
        *("shutil.rmtree", "shutil.move", "shutil.copyfile", "subprocess.Popen"),
        *("socket.connect", "socket.bind", "sqlite3.connect"),
    )
)
"""Audit events."""


class Untried(PermissionError):
    """What was tried would have acted outside."""


class Guard:
    """Refuses while it is on, in the thread that turned it on; an audit hook stays with the process."""

    def __init__(self) -> None:
        self._thread: int | None = None
        self._is_hooked = False
        self.has_refused = False

    def __enter__(self) -> Guard:
        if not self._is_hooked:
            self._is_hooked = True
            sys.addaudithook(self._hear)
        self._thread, self.has_refused = _thread.get_ident(), False
        return self

    def __exit__(self, *_: object) -> None:
        self._thread = None

    def refuse(self, what: str) -> None:
        self.has_refused = True
        raise Untried(what)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._thread is None or self._thread != _thread.get_ident():
            return
        if event in REFUSED or (event == "open" and is_writing(arguments)):
            self.refuse(event)


def is_writing(arguments: tuple[Any, ...]) -> bool:
    path, mode, flags = arguments
    # Python's own cache is nobody's work.
    if isinstance(path, str) and (path.startswith("/dev/") or ".pyc" in path):
        return False
    return any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & WRITING)


guard = Guard()
