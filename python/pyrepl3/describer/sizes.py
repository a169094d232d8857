"""Estimate the memory that a value takes: in bounded time, and without a line of the user's code."""

from __future__ import annotations

import sys
from itertools import islice

from ..checkpoints.values.naming import identity
from . import kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 200
"""So many parts of a value are measured; the others are taken to be like them."""
DEEPEST = 6
PLAIN = kinds.ATOMS | {kinds.BYTEARRAY}


def size_of(value: Any) -> tuple[int | None, bool]:
    """Return the bytes of a value of known type with what it holds, and whether that is an estimate."""
    measure = Measure()
    size = measure.size(value, 0)
    return size, measure.is_rough


class Measure:
    """Measures one value."""

    def __init__(self) -> None:
        self._left = MOST
        self._seen: set[int] = set()
        self.is_rough = False

    def size(self, value: Any, depth: int) -> int | None:
        kind = identity(type(value))
        if kind in PLAIN:
            return sys.getsizeof(value)
        if kind not in kinds.CONTAINERS:
            return None
        own = sys.getsizeof(value)
        if id(value) in self._seen:
            return 0
        self._seen.add(id(value))
        return own + self._parts(value, kind, depth)

    def _parts(self, value: Any, kind: int, depth: int) -> int:
        count = len(value)
        if not count:
            return 0
        if depth >= DEEPEST or self._left <= 0:
            self.is_rough = True
            return 0
        looked, total = 0, 0
        for part in islice(dict.items(value) if kind in kinds.MAPPINGS else iter(value), self._left):
            for each in part if kind in kinds.MAPPINGS else (part,):
                size = self.size(each, depth + 1)
                # What it would have to be asked for takes a little at least.
                self.is_rough = self.is_rough or size is None
                total += object.__sizeof__(each) if size is None else size
            self._left -= 1
            looked += 1
            if self._left <= 0:
                break
        if looked < count:
            self.is_rough = True
            total = total * count // looked
        return total
