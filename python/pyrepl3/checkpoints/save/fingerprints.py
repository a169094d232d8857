"""Tell of each name how large its value is, and a hash that changes when it does."""

from __future__ import annotations

import hashlib

from ..packs.pieces import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .pickler import Result

SMALL = 1 << 16
"""What is below this is pickled once more without a second thought, in bytes."""
TWICE = 1 << 26
"""So much is pickled once more, to tell the names of a group apart, in bytes."""


class Fingerprints:
    """Tells of the names of one group after the other."""

    def __init__(self, dump: Callable[[list[Any], int], Result]) -> None:
        self._dump = dump
        self._hashes: dict[tuple[int, int], str] = {}
        """Of what is beside the group's pickle."""
        self._budget = TWICE

    def begin(self) -> None:
        self._hashes = {}

    def note(self, data: Any, hashes: list[str]) -> None:
        """Take note of the pieces of an array or buffer of the group."""
        self._hashes[place_of(data)] = "".join(hashes)

    def take(self, value: Any, result: Result, count: int) -> tuple[int, str]:
        """Return the size and the hash of a value, which shares its group's pickle with others.

        For one that is most of its group, the group's do as well.
        """
        if count > 1 and self._budget > 0:
            try:
                result = self._dump([value], max(len(result.data) // 2, SMALL))
                self._budget -= len(result.data)
            except Exception:
                pass  # It is too large, or deep in memory trouble.
        return result.size, self._of(result)

    def _of(self, result: Result) -> str:
        found = hashlib.sha256(result.data)
        for data in (*result.arrays, *result.buffers):
            # What is a copy, made to be pickled, is at another place each time.
            found.update((self._hashes.get(place_of(data)) or digest(memoryview(data).cast("B"))).encode())
        return found.hexdigest()


def place_of(data: Any) -> tuple[int, int]:
    """Return where memory is, and how large."""
    if isinstance(data, memoryview):
        return id(data.obj), data.nbytes
    return data.__array_interface__["data"][0], data.nbytes
