"""Write a value in one short line; where it may not be asked, what only it could tell is left out."""

from __future__ import annotations

from itertools import islice

from ..checkpoints.values.naming import identity, name_of
from . import kinds, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Write = Callable[["Writer", Any, int], None]

ROOM = 120
"""So long a line may become, in characters."""
DEEPEST = 4
"""So deep containers are looked into."""
MOST_BITS = 400
"""A larger integer is told by its size: its digits take long to find."""
CO_VARARGS, CO_VARKEYWORDS = 0x04, 0x08
TAKEN = 4000
"""So much of what a `__repr__` returned is looked at, in characters."""


def short(value: Any, asks: bool) -> str:
    """Return a value in a short line; `asks` lets it call the value's own `__repr__`."""
    return Writer(asks).text(value)


def one_line(text: str) -> str:
    """Return a text without line ends and with single spaces, as much of it as there is room for."""
    line = " ".join(text[:TAKEN].split())
    return clip(line if len(text) <= TAKEN else line + "…")


def clip(text: str) -> str:
    return text if len(text) <= ROOM else text[: ROOM - 1] + "…"


class Writer:
    """Writes one value, as long as there is room."""

    def __init__(self, asks: bool) -> None:
        self._asks = asks
        self._parts: list[str] = []
        self._left = ROOM
        self.has_met_stranger = False
        """Whether there was a value that could tell more of itself."""

    def text(self, value: Any) -> str:
        self.write(value, 0)
        return clip("".join(self._parts))

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._left -= len(text)

    def write(self, value: Any, depth: int) -> None:
        write = WRITERS.get(identity(type(value)))
        if write is not None:
            write(self, value, depth)
        elif issubclass(type(value), type):
            self.add("class " + str(name_of(value)))
        elif self._asks:
            within = tables.size_text(value) if depth else None
            # What is derived from `str` may have methods of its own.
            self.add(within or one_line(str.__str__(repr(value))))
        else:
            self.has_met_stranger = True
            self.add("<%s>" % name_of(type(value)))

    def all(self, opening: str, values: Any, closing: str, depth: int) -> None:
        """Write the parts of a container, as many as there is room for."""
        self.add(opening)
        if depth >= DEEPEST:
            self.add("…")
        else:
            for place, value in enumerate(values):
                self.add(", " if place else "")
                if self._left <= 0:
                    self.add("…")
                    break
                self.write(value, depth + 1)
        self.add(closing)

    def pairs(self, mapping: dict[Any, Any], depth: int) -> None:
        self.add("{")
        if depth >= DEEPEST:
            self.add("…")
        else:
            for place, (key, value) in enumerate(islice(dict.items(mapping), ROOM)):
                self.add(", " if place else "")
                if self._left <= 0:
                    self.add("…")
                    break
                self.write(key, depth + 1)
                self.add(": ")
                self.write(value, depth + 1)
        self.add("}")


def write_atom(writer: Writer, value: Any, depth: int) -> None:
    writer.add(repr(value))


def write_integer(writer: Writer, value: int, depth: int) -> None:
    bits = value.bit_length()
    writer.add(repr(value) if bits <= MOST_BITS else f"an integer of {bits:,} bits")


def write_text(writer: Writer, value: Any, depth: int) -> None:
    """A text or bytes; what is left out is told by `…` before the quote."""
    text = repr(value[:ROOM])
    writer.add(text if len(value) <= ROOM else text[:-1] + "…" + text[-1])


def write_tuple(writer: Writer, value: tuple[Any, ...], depth: int) -> None:
    writer.all("(", value, ",)" if len(value) == 1 else ")", depth)


def write_set(writer: Writer, value: Any, depth: int) -> None:
    name = "" if type(value) is set else "frozenset"
    if not value:
        writer.add("set()" if type(value) is set else "frozenset()")
        return
    writer.all(name + ("{" if not name else "({"), value, "}" if not name else "})", depth)


def write_list(writer: Writer, value: Any, depth: int) -> None:
    writer.all("[", value, "]", depth)


def write_mapping(writer: Writer, value: Any, depth: int) -> None:
    writer.pairs(value, depth)


def write_function(writer: Writer, function: Any, depth: int) -> None:
    names = parameters(function)
    writer.add("%s(%s)" % (function.__name__, ", ".join(names) if names is not None else "…"))


def parameters(function: Any) -> list[str] | None:
    """Return the names of a function's parameters, with their stars; `None` where it does not tell."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return None
    first, more = code.co_argcount, code.co_kwonlyargcount
    names = list(code.co_varnames)
    rest = names[first + more :]
    positional, keywords = names[:first], names[first : first + more]
    if code.co_flags & CO_VARARGS:
        positional.append("*" + rest.pop(0))
    elif keywords:
        positional.append("*")
    return positional + keywords + (["**" + rest[0]] if code.co_flags & CO_VARKEYWORDS else [])


def write_module(writer: Writer, module: Any, depth: int) -> None:
    stored = module.__dict__
    version = stored.get("__version__")
    name = stored.get("__name__")
    writer.add(name if type(name) is str else "a module")
    if type(version) is str:
        writer.add(" " + version)


WRITERS: dict[int, Write] = {
    **dict.fromkeys(kinds.ATOMS, write_atom),
    **dict.fromkeys(kinds.MAPPINGS, write_mapping),
    **dict.fromkeys(kinds.SEQUENCES, write_list),
    **dict.fromkeys(kinds.SETS, write_set),
    **dict.fromkeys(kinds.FUNCTIONS, write_function),
    kinds.MODULE: write_module,
    kinds.BYTEARRAY: write_text,
    **{identity(each): write_text for each in (str, bytes)},
    identity(int): write_integer,
    identity(tuple): write_tuple,
}
"""How values of exactly these types are written, by the identity of the type."""
