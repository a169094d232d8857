"""Cut data into pieces, and write those that are not on disk yet into a pack."""

from __future__ import annotations

import hashlib
import os

from .cuts import content_cut
from .pack_files import PackWriter
from .packs import Packs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Union

    Bytes = Union[bytes, bytearray, memoryview]
    Piece = Dict[str, Any]

SMALL = 1 << 16
"""Less than this is gathered with what is written before and after it."""
LEAST_BITS, MOST_BITS = 9, 19
"""Pieces are half a KiB on average in small data, 512 KiB in large; between the two there are a thousand."""
PIECES_BITS = 10
LEAST_PART, MOST_PART = 1 << 16, 1 << 20
"""The parts of large arrays."""


class Pieces:
    """Takes a stream of bytes, and keeps what is new of it in a pack."""

    def __init__(self, folder: str, writing: str) -> None:
        """`folder` is the session's; `writing` is where the pack is made, in it, and is made when needed."""
        self._known = set(Packs(folder))
        self._writing = writing
        self._pack: PackWriter | None = None
        self._cut = content_cut()
        self._pending = bytearray()
        self._pieces: list[Piece] = []
        self.size = 0
        """Of all that was taken, in bytes."""

    @property
    def added(self) -> int:
        """How much of it was new, in bytes."""
        return self._pack.size if self._pack else 0

    def add(self, data: bytes) -> None:
        """Take data whose parts may move, as pickles."""
        self.size += len(data)
        if len(data) < SMALL:
            self._pending += data
            return
        self._settle()
        self._add_cut(data)

    def add_array(self, data: Bytes) -> list[str]:
        """Take data whose parts stay where they are; return the hashes of its pieces."""
        view = memoryview(data).cast("B")
        self.size += len(view)
        if len(view) < SMALL:
            self._pending += view
            return [digest(view)]
        self._settle()
        part = min(max(power_of_two(len(view)) >> PIECES_BITS, LEAST_PART), MOST_PART)
        first = len(self._pieces)
        for start in range(0, len(view), part):
            self._keep(view[start : start + part])
        return [piece["hash"] for piece in self._pieces[first:]]

    def take(self) -> list[Piece]:
        """Return the pieces of all that was taken since the last time."""
        self._settle()
        pieces, self._pieces = self._pieces, []
        return pieces

    def close(self) -> str | None:
        """Bring the pack to the disk; return its file, `None` where nothing was new."""
        return self._pack.close() if self._pack else None

    def _settle(self) -> None:
        pending, self._pending = bytes(self._pending), bytearray()
        self._add_cut(pending)

    def _add_cut(self, data: bytes) -> None:
        bits = min(max(len(data).bit_length() - PIECES_BITS, LEAST_BITS), MOST_BITS)
        view, start = memoryview(data), 0
        while start < len(data):
            length = self._cut(data, start, bits)
            self._keep(view[start : start + length])
            start += length

    def _keep(self, piece: memoryview) -> None:
        name = digest(piece)
        self._pieces.append({"hash": name, "size": len(piece)})
        if name in self._known:
            return
        self._known.add(name)
        if self._pack is None:
            os.makedirs(self._writing, 0o700, True)
            self._pack = PackWriter(os.path.join(self._writing, "new.pack"))
        self._pack.add(name, piece)


def digest(data: Bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def power_of_two(size: int) -> int:
    """Return the largest that is not above the size."""
    return 1 << (size.bit_length() - 1)
