"""Note what a run does that no undo takes back, as far as the interpreter's audit events tell."""

from __future__ import annotations

import os

from ..resources.paths import shorten
from . import open_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterable

    from .audit_events import Handlers

LIMIT = 8
"""So many notes say enough."""
WRITING = os.O_WRONLY | os.O_RDWR
QUIET = ("/dev/", "/proc/", "/sys/")
"""Nothing is kept there."""


class SideEffects:
    """The notes on the run that goes on."""

    def __init__(self, own: Callable[[], Iterable[int]] = tuple) -> None:
        self._open_files = open_files.OpenFiles(own)
        self._notes: dict[str, str] = {}
        """What is to be told, each with the file that must be there then; empty where there is none."""
        self._is_open = False

    def begin(self) -> None:
        self._notes = {}
        self._is_open = True

    def come_back(self) -> None:
        """This state was woken: what the files have become since it was frozen is no work of the next run."""
        self._open_files.written()

    def end(self) -> list[str]:
        """Return a clause for each kind of thing, in the order in which they happened."""
        for path in self._open_files.written():
            self._note("wrote to %s" % shorten(path))
        self._is_open = False
        return [clause for clause, file in self._notes.items() if not file or os.path.lexists(file)]

    def handlers(self) -> Handlers:
        """Return the audit events to listen to."""
        return {
            "open": self._open,
            "os.remove": self._with_path("removed"),
            "os.rename": self._with_path("renamed", folder_at=2),
            "os.mkdir": self._with_path("made", folder_at=2, is_there=False),
            "os.rmdir": self._with_path("removed"),
            "os.truncate": self._with_path("wrote to", folder_at=2),
            "subprocess.Popen": self._start,
            "os.system": self._start,
            "os.posix_spawn": self._start,
            "os.fork": self._start,
            "socket.connect": self._connect,
            "sqlite3.connect": self._connect_database,
        }

    def _note(self, clause: str, file: str = "") -> None:
        """Note it; where it opens a file, provided that this is there in the end."""
        if self._is_open and len(self._notes) < LIMIT:
            self._notes.setdefault(clause, file)

    def _open(self, arguments: tuple[Any, ...]) -> None:
        if not self._is_open:
            return
        path, mode, flags = arguments
        is_writing = any(letter in mode for letter in "wax+") if isinstance(mode, str) else flags & WRITING
        if is_writing and isinstance(path, (str, bytes)):
            name = os.fsdecode(path)
            # Python's own cache is nobody's work.
            if not name.startswith(QUIET) and ".pyc" not in name:
                # `os.open` does not tell of the folder that a path may be relative to.
                is_known = isinstance(mode, str) or os.path.isabs(name)
                self._note("wrote to %s" % shorten(name), absolute(name) if is_known else "")

    def _with_path(
        self, verb: str, folder_at: int = 1, is_there: bool = True
    ) -> Callable[[tuple[Any, ...]], None]:
        """Note what is done to a path, unless it must fail: the event comes before.

        `folder_at` is the argument that may be the descriptor of the folder
        which the path is relative to: such a one is noted without a look.
        """

        def handle(arguments: tuple[Any, ...]) -> None:
            path = arguments[0]
            if not self._is_open or not isinstance(path, (str, bytes)) or b".pyc" in os.fsencode(path):
                return
            has_folder = len(arguments) > folder_at and arguments[folder_at] != -1
            if has_folder or os.path.lexists(path) is is_there:
                if not has_folder:
                    self._settle(absolute(os.fsdecode(path)))
                self._note("%s %s" % (verb, shorten(os.fsdecode(path))))

        return handle

    def _settle(self, file: str) -> None:
        """The file is there now: what opened it has not failed."""
        for clause, opened in self._notes.items():
            if opened == file:
                self._notes[clause] = ""

    def _start(self, arguments: tuple[Any, ...]) -> None:
        self._note("started a process")

    def _connect(self, arguments: tuple[Any, ...]) -> None:
        address = arguments[1]
        if self._is_open and isinstance(address, tuple) and len(address) >= 2:
            self._note("connected to %s port %s" % (address[0], address[1]))
        else:
            self._note("connected to a socket")

    def _connect_database(self, arguments: tuple[Any, ...]) -> None:
        path = arguments[0]
        if isinstance(path, (str, bytes)) and os.fsdecode(path) not in (":memory:", ""):
            self._note("opened the database %s" % shorten(os.fsdecode(path)))


def absolute(path: str) -> str:
    """Return the path from the root; empty where the working folder is gone."""
    try:
        return os.path.abspath(path)
    except OSError:
        return ""
