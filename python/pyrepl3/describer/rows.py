"""Describe one value in the contract's `Variable`: as it can be told by anybody, or by the value itself."""

from __future__ import annotations

import sys

from ..checkpoints.values.naming import has, identity, module_of, name_of
from ..language import lookup
from . import kinds, parts, sizes, tables, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

WORDS = 200
"""So long a trouble may be told, in characters."""


class About:
    """What is the same for all values of a type."""

    def __init__(self, kind: type) -> None:
        key = identity(kind)
        module = module_of(kind)
        self.group = kinds.group_of(kind)
        self.type = str(name_of(kind))
        self.module = None if module in ("builtins", "__main__", "") else module
        self.is_sized = key in kinds.CONTAINERS or key in SIZED
        self.is_atom = key in kinds.ATOMS
        self.is_of_library = is_of_library(kind)


def told(name: str, value: Any, about: About) -> tuple[dict[str, Any], bool]:
    """Describe a value without a line of the user's code; return the row, and whether it could tell more."""
    size, is_rough = sizes.size_of(value)
    writer = texts.Writer(False)
    row = {
        "name": name,
        "group": about.group,
        "type": about.type,
        "module": about.module,
        "length": len(value) if about.is_sized else None,
        "shape": None,
        "dtype": None,
        "size": size,
        "rough": is_rough,
        "text": writer.text(value),
        "same": [],
        "inside": not about.is_atom and parts.count(value, False) > 0,
        "trouble": None,
    }
    if about.is_of_library:
        row["shape"], row["dtype"] = tables.shape_of(value), tables.dtype_of(value)
        row["length"] = row["shape"][0] if row["shape"] else None
    return row, writer.has_met_stranger


SIZED = kinds.identities((str, bytes, bytearray, range))
EXACT = frozenset((("numpy", "ndarray"),)) | tables.TABLES | tables.SERIES


def is_of_library(kind: type) -> bool:
    """Whether it is exactly an array or a table of a library that is loaded, whose shape is stored."""
    library, name = module_of(kind).partition(".")[0], name_of(kind)
    module = sys.modules.get(library) if (library, name) in EXACT else None
    return type(module) is type(sys) and module.__dict__.get(name) is kind


def asked(row: dict[str, Any], value: Any) -> dict[str, Any]:
    """Describe a value with what it tells itself: its `__repr__`, `__len__` and shape may be the user's."""
    found = dict(row)
    if identity(type(value)) in kinds.CONTAINERS:
        ask(found, "__repr__", lambda: set_text(found, texts.short(value, True)))
        return found
    ask(found, "shape", lambda: set_shape(found, value))
    if found["shape"] is None and has(type(value), "__len__"):
        ask(found, "__len__", lambda: found.update(length=len(value)))
    ask(found, "size", lambda: set_size(found, value))
    ask(found, "__repr__", lambda: set_text(found, text_of(value)))
    ask(found, "parts", lambda: found.update(inside=parts.count(value, True) > 0))
    return found


def text_of(value: Any) -> str:
    text = tables.text_of(value, lambda part: texts.short(part, True))
    return texts.short(value, True) if text is None else texts.one_line(text)


def set_text(row: dict[str, Any], text: str) -> None:
    row["text"] = text


def set_shape(row: dict[str, Any], value: Any) -> None:
    row["shape"], row["dtype"] = tables.shape_of(value), tables.dtype_of(value)
    if row["shape"]:
        row["length"] = row["shape"][0]


def set_size(row: dict[str, Any], value: Any) -> None:
    size = tables.measure(value)
    if size is None:
        size, row["rough"] = sys.getsizeof(value), True
        size += sum(sizes.size_of(stored)[0] or 0 for stored in lookup.own(value))
    row["size"] = size


def ask(row: dict[str, Any], what: str, question: Callable[[], None]) -> None:
    """Ask the value something; note the first thing that goes wrong."""
    try:
        question()
    except BaseException as error:
        if row["trouble"] is None:
            row["trouble"] = "its %s raised %s" % (what, words_of(error))


def words_of(error: BaseException) -> str:
    """Return the error as a traceback's last line would have it; its own words may be the user's code."""
    name = str(name_of(type(error)))
    try:
        words = str(error)
    except BaseException:
        words = ""
    return texts.one_line("%s: %s" % (name, words) if words else name)[:WORDS]
