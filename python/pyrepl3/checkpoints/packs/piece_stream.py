"""Read a stream of bytes that lies in packs as pieces."""

from __future__ import annotations

import bisect
import json
import os

from .packs import Damage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

    from .packs import Packs, Piece

PARALLEL = 1 << 24
"""So much is read by several threads, in bytes."""
THREADS = min(4, os.cpu_count() or 1)


class Stream:
    """A stream of bytes that lies in packs as pieces."""

    def __init__(self, packs: Packs, pieces: list[Piece]) -> None:
        self._packs = packs
        self._pieces = pieces
        self._starts = [0]
        for piece in pieces:
            self._starts.append(self._starts[-1] + piece["size"])
        self.size = self._starts[-1]

    def read(self, start: int, size: int) -> bytearray:
        data = bytearray(size)
        self.read_into(start, memoryview(data))
        return data

    def read_into(self, start: int, target: memoryview) -> None:
        """Read what begins there; raise `Damage` where a piece is not what it was."""
        parts = list(self._parts(start, target))
        if len(target) < PARALLEL:
            for part in parts:
                self._read_part(*part)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(THREADS) as threads:
            # `list` waits for all, and raises what any of them did.
            list(threads.map(lambda part: self._read_part(*part), parts))

    def _parts(self, start: int, target: memoryview) -> Iterator[tuple[Piece, int, memoryview]]:
        """Yield each piece that has to do with it, where in it to begin, and where that belongs."""
        if start + len(target) > self.size:
            raise Damage("its data on disk is cut off")
        done = 0
        index = bisect.bisect_right(self._starts, start) - 1
        while done < len(target):
            piece = self._pieces[index]
            skipped = start + done - self._starts[index]
            size = min(piece["size"] - skipped, len(target) - done)
            yield piece, skipped, target[done : done + size]
            done += size
            index += 1

    def _read_part(self, piece: Piece, skipped: int, target: memoryview) -> None:
        if len(target) == piece["size"]:
            self._packs.read_into(piece, target)
            return
        whole = memoryview(bytearray(piece["size"]))
        self._packs.read_into(piece, whole)
        target[:] = whole[skipped : skipped + len(target)]


def read_manifest(packs: Packs, pieces: list[Piece]) -> dict[str, Any]:
    """Return a checkpoint's manifest; raise `Damage` where it is not whole."""
    stream = Stream(packs, pieces)
    return json.loads(stream.read(0, stream.size))
