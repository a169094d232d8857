"""Arrays of NumPy, whose memory is not in the pickle, and views of memory."""

from __future__ import annotations

import os

from .load_context import Unavailable, current, note_reopened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def array(number: int, dtype: Any, shape: tuple[int, ...], order: Any, is_writable: bool) -> Any:
    import numpy  # pyright: ignore[reportMissingImports]

    if current.fill is None:
        data = current.arrays[number]
        return data.view(dtype).reshape(shape, order=order) if data.size else numpy.empty(shape, dtype, order)
    made = numpy.empty(shape, dtype, order)
    current.fill(number, made)
    made.flags.writeable = is_writable
    return made


def array_of(kind: Any, data: Any) -> Any:
    """Return an array as one of a class that is derived from NumPy's."""
    return data.view(kind)


def view(
    base: Any, dtype: Any, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], is_writable: bool
) -> Any:
    """Return an array that shares its memory with another."""
    import numpy  # pyright: ignore[reportMissingImports]

    if current.is_trial:
        return numpy.ndarray(shape, dtype)
    flat = base.reshape(-1, order="A")
    if dtype.hasobject:
        begin = flat[offset // dtype.itemsize :]
        made = numpy.lib.stride_tricks.as_strided(begin, shape, strides)
    else:
        made = numpy.ndarray(shape, dtype, flat, offset, strides)
    if not is_writable:
        made.flags.writeable = False
    return made


def memory_map(path: str, dtype: Any, mode: str, offset: int, shape: tuple[int, ...], order: Any) -> Any:
    import numpy  # pyright: ignore[reportMissingImports]

    detail = "%s (%s, memory-mapped)" % (path, mode)
    if current.is_trial:
        return note_reopened(detail)
    try:
        if os.stat(path).st_size < offset + dtype.itemsize * int(numpy.prod(shape)):
            raise Unavailable("the file %s is shorter than it was" % path)
        made = numpy.memmap(path, dtype, mode, offset, shape, order)
    except (OSError, ValueError) as error:
        raise Unavailable("the file %s cannot be opened again (%s)" % (path, error)) from error
    note_reopened(detail)
    return made


def buffer_view(buffer: Any, format: str, shape: tuple[int, ...], is_writable: bool) -> memoryview:
    found = memoryview(buffer).cast("B")
    if format != "B" or len(shape) != 1:
        found = found.cast(format, shape)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return found if is_writable else found.toreadonly()
