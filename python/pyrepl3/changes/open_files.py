"""Tell which files a run wrote to that were open before it: no audit event tells of a write."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterable, Tuple

    # Device and inode, then size and time of the last change.
    Look = Tuple[int, int, int, int]

FOLDER = "/proc/self/fd"
MOST_LOOKED_AT = 1000
"""With more descriptors than this a look would take longer than the run."""


class OpenFiles:
    """The files that are open, as they were when they were looked at last."""

    def __init__(self, own: Callable[[], Iterable[int]]) -> None:
        self._own = own
        """The session's descriptors, which are nobody's work."""
        self._known: dict[int, Look] = {}

    def written(self) -> list[str]:
        """Return the paths of those that have changed since the last look, and are open for writing."""
        before, self._known = self._known, self._look()
        return [
            path
            for number, look in self._known.items()
            if number in before and is_changed(before[number], look)
            for path in [path_of(number)]
            if path
        ]

    def _look(self) -> dict[int, Look]:
        try:
            numbers = {int(name) for name in os.listdir(FOLDER)}
        except OSError:
            return {}  # Not Linux, or no descriptor is left.
        numbers.difference_update(self._own())
        if len(numbers) > MOST_LOOKED_AT:
            return {}
        found: dict[int, Look] = {}
        for number in numbers:
            try:
                status = os.fstat(number)
            except OSError:
                continue  # The folder itself, which is closed by now.
            if stat.S_ISREG(status.st_mode):
                found[number] = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        return found


def is_changed(before: Look, now: Look) -> bool:
    """Whether it is the same file, and not as it was."""
    return before[:2] == now[:2] and before != now


def path_of(number: int) -> str:
    """Return the path of a file that can be written to; empty for another, and for one without a name."""
    import fcntl

    try:
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            return ""
        path = os.readlink("%s/%d" % (FOLDER, number))
    except OSError:
        return ""
    return "" if path.endswith(" (deleted)") or path.startswith("/memfd:") else path
