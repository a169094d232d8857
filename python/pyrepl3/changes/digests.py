"""Make a number of what an object holds that changes with it, within a budget."""

from __future__ import annotations

from .contents import ATOMS, CONTAINERS, contents, is_array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BUDGET_OF_NAME = 4_000
"""So many items are looked at for one name."""
BUDGET_OF_RUN = 12_000
"""And so many for all names together, which takes 5 ms."""
WHOLE_ARRAY = 1 << 20
"""An array up to so many bytes is read as a whole; of a larger one only samples."""
SAMPLE, SAMPLES = 4096, 64


class Budget:
    """How much may still be looked at."""

    def __init__(self) -> None:
        self.left = BUDGET_OF_RUN


def digest_of(value: object, budget: Budget) -> tuple[int, bool]:
    """Return a number that changes with what the object holds, and whether all of it was looked at."""
    before = budget.left
    bound = max(0, before - BUDGET_OF_NAME)
    seen: set[int] = set()
    digest: list[int] = []
    stack: list[Any] = [value]
    while stack:
        each = stack.pop()
        kind = type(each)
        budget.left -= 1
        if budget.left < bound:
            return 0, False
        if kind in ATOMS:
            digest.append(id(each) if kind is slice else hash(each))
            continue
        address = id(each)
        digest.append(address)
        if address in seen:
            continue
        seen.add(address)
        if is_array(kind):
            part, is_whole = digest_of_array(each)
            digest.append(part)
            if not is_whole:
                return hash(tuple(digest)), False
            continue
        if kind in CONTAINERS and len(each) > budget.left - bound:
            # Not even copied; its length alone may tell that it has changed.
            budget.left = bound
            return len(each), False
        try:
            inner = contents(each, kind)
        except Exception:
            # Another thread changes it under our hands.
            return 0, False
        if len(inner) > budget.left - bound:
            budget.left = bound
            return len(inner), False
        stack += inner
    return hash(tuple(digest)), True


def digest_of_array(value: Any) -> tuple[int, bool]:
    """Return a digest of the bytes, and whether it is of all of them."""
    import zlib

    shape = getattr(value, "__array_interface__", None)
    try:
        view = memoryview(value)
        if view.nbytes == 0:
            return hash(str(shape)), True
        data = view.cast("B") if view.c_contiguous else None
    except (ValueError, TypeError, BufferError):
        # Objects, dates, a layout with gaps: their bytes are not to be had.
        return hash(str(shape)), False
    if data is None:
        return hash(str(shape)), False
    digest = zlib.crc32(str(shape).encode())
    if len(data) <= WHOLE_ARRAY:
        return zlib.crc32(data, digest), True
    step = len(data) // SAMPLES
    for start in range(0, len(data), step):
        digest = zlib.crc32(data[start : start + SAMPLE], digest)
    return digest, False
