"""Arrays of NumPy, whose memory goes beside the pickle, and views of memory."""

from __future__ import annotations

import mmap

from .. import rebuild
from ..values.parts import span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def reduce_array(pickler: Any, value: Any) -> Any:
    """Save an array's memory beside the pickle, and a view of a known array as a view."""
    dtype, base = value.dtype, value.base
    if dtype.itemsize == 0:
        return value.__reduce_ex__(5)
    if type(base) is type(value) and pickler.context.graph.knows(base) and can_be_viewed(base, dtype):
        start = value.__array_interface__["data"][0] - base.__array_interface__["data"][0]
        return rebuild.view, (base, dtype, start, value.shape, value.strides, value.flags.writeable)
    return value.__reduce_ex__(5) if dtype.hasobject else reduce_memory(pickler, value)


def can_be_viewed(base: Any, dtype: Any) -> bool:
    return base.flags.forc and base.base is None and base.dtype.hasobject == dtype.hasobject


def reduce_memory(pickler: Any, value: Any) -> Any:
    order = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
    data = value if value.flags.forc else value.copy("C")
    number = len(pickler.arrays)
    pickler.arrays.append(data.reshape(-1, order=order).view("u1"))
    return rebuild.array, (number, value.dtype, value.shape, order, value.flags.writeable)


def reduce_memory_map(pickler: Any, value: Any) -> Any:
    """Save a memory-mapped file as what maps it again, and as an array what is in memory alone."""
    import numpy  # pyright: ignore[reportMissingImports]

    if getattr(value, "_mmap", None) is None or value.filename is None or value.mode == "c":
        return rebuild.array_of, (numpy.memmap, numpy.array(value))
    if not value.flags.forc:
        raise rebuild.Unavailable("a part of a memory-mapped file")
    begin = span_of(numpy.frombuffer(value._mmap, "u1"))[0]
    offset = value.offset - value.offset % mmap.ALLOCATIONGRANULARITY + span_of(value)[0] - begin
    order = "C" if value.flags.c_contiguous else "F"
    mode = "r" if value.mode == "r" else "r+"
    return rebuild.memory_map, (str(value.filename), value.dtype, mode, offset, value.shape, order)


def reduce_memoryview(pickler: Any, value: memoryview) -> Any:
    whole = value.obj
    if value.contiguous and memoryview(whole).nbytes == value.nbytes:
        return rebuild.buffer_view, (whole, value.format, value.shape, not value.readonly)
    data = value.tobytes() if value.readonly else bytearray(value.tobytes())
    return rebuild.buffer_view, (data, value.format, value.shape, not value.readonly)
