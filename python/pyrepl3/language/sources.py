"""Keep the source of what was run as long as a traceback can ask for it.

The text stays while any code object compiled from it lives: a function that
is kept keeps its source, ten thousand runs of `x = 1` keep nothing.
"""

from __future__ import annotations

import _weakref
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

_lines: dict[str, list[str]] = {}
_unpublished: list[str] = []
_alive: dict[str, set[_weakref.ReferenceType[CodeType]]] = {}
_classes: dict[str, str] = {}
"""The text that defined a class last, by its name: a class may have no code that stays."""
CO_NEWLOCALS = 0x2  # of <code.h>: all have it but modules and the bodies of classes


def keep(filename: str, source: str, codes: list[CodeType]) -> None:
    """Keep `source` under `filename` until all of `codes`, and those within, are gone."""
    _lines[filename] = split(source)
    _unpublished.append(filename)
    alive = _alive.setdefault(filename, set())

    def forget(reference: _weakref.ReferenceType[CodeType]) -> None:
        alive.discard(reference)
        if not alive:
            drop(filename)

    nested = False
    for code in codes:
        for inner in walk(code):
            alive.add(_weakref.ref(inner, forget))
            nested = nested or inner is not code
            if inner is not code and not inner.co_flags & CO_NEWLOCALS:
                keep_class(inner.co_name, source)
    # A definition may be asked for its source in the same run (`inspect.getsource`).
    if nested or "linecache" in sys.modules:
        publish()


def texts() -> dict[str, str]:
    """Return the source that is kept, by file name."""
    return {filename: "".join(lines) for filename, lines in _lines.items()}


def keep_class(name: str, source: str) -> None:
    """Keep the text that defines a class until another defines one of its name."""
    _classes[name] = source


def text_of_class(name: str) -> str:
    """Return the text that defined a class of this name last; empty where none has."""
    return _classes.get(name, "")


def split(source: str) -> list[str]:
    """Return the lines as the compiler counts them, each with its end.

    `str.splitlines` knows more kinds of ends; and without one on the last line the carets of
    3.11 and 3.12 go astray.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return [line + "\n" for line in lines]


def walk(code: CodeType) -> list[CodeType]:
    """Return the code object and all that it holds."""
    found = [code]
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            found += walk(constant)
    return found


def publish() -> None:
    """Give all sources to `linecache`, where `traceback`, `inspect` and `pdb` look."""
    import linecache

    while _unpublished:
        filename = _unpublished.pop()
        lines = _lines.get(filename)
        if lines is not None:
            # No modification time: `linecache.checkcache` then leaves the entry alone.
            linecache.cache[filename] = (sum(map(len, lines)), None, lines, filename)


def drop(filename: str) -> None:
    _lines.pop(filename, None)
    _alive.pop(filename, None)
    linecache = sys.modules.get("linecache")
    if linecache is not None:
        linecache.cache.pop(filename, None)
