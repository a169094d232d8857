"""Note what NumPy's arrays hold, and put it back; NumPy does the copying, as it knows all their kinds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Sequence


def is_fixed(array: Any) -> bool:
    """Whether nothing can change by it."""
    return not array.flags.writeable


def is_own(array: Any) -> bool:
    """Whether its memory is the process's alone, and no mapped file's."""
    kind, owner, before = type(array), array, None
    while owner is not None:
        before = owner
        if issubclass(type(owner), kind):
            owner = kind.base.__get__(owner)
        else:
            owner = owner.obj if type(owner) is memoryview else None
    return type(before) is bytearray or issubclass(type(before), kind)


def copy(array: Any) -> Any:
    return array.copy()


def put(array: Any, saved: Any) -> None:
    """Put back what it held.

    Raises:
        ValueError: It has become another: read-only, or of another shape or type.
    """
    if array.shape != saved.shape or array.dtype != saved.dtype:
        raise ValueError("its shape or type is another")
    array[...] = saved


def objects_in(array: Any) -> Sequence[Any]:
    """Return the Python objects that it holds; those in records are not looked into."""
    return array.ravel().tolist() if array.dtype.kind == "O" else ()
