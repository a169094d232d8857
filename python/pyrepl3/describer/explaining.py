"""Explain what one name stands for: its signature, its documentation, where it is defined, and its source."""

from __future__ import annotations

import types

from ..checkpoints.values.naming import module_of
from ..language import lookup, signatures, sources
from . import kinds, rows
from .parts import NoPart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

LONGEST = 20_000
"""So much of a text is told, in characters."""


class Explaining:
    """The answer to the contract's `inspect` that wants an explanation.

    Raises:
        NoPart: There is no such name.
    """

    count = 1

    def __init__(self, namespace: dict[str, Any], question: dict[str, Any], asks: bool) -> None:
        self._name = ".".join(question["path"])
        self._namespace = namespace
        self._wants_source = question["wanted"] == "source"
        self._value = find(namespace, question["path"], asks)

    def told(self) -> tuple[list[dict[str, Any]], list[int]]:
        """Return what can be told without a line of the user's code; the value may tell more."""
        value = self._value
        row, _ = rows.told(self._name, value, rows.About(type(value)))
        signature = signatures.signature_of(value, signatures.is_bound(self._name, value, self._namespace))
        documentation = None if is_plain(value) else lookup.attribute(value, "__doc__")
        code = code_of(value)
        told = {
            "variable": row,
            "signature": None if signature is None else signature[0],
            "documentation": clean(documentation) if type(documentation) is str else None,
            "file": None if code is None else code.co_filename,
            "line": None if code is None else code.co_firstlineno,
            "source": None,
            "trouble": None,
        }
        return [told], [0]

    def asked(self, place: int, told: dict[str, Any]) -> dict[str, Any]:
        """Return it with what the value tells itself, and what only importing and reading files tells."""
        found = dict(told)
        found["variable"] = rows.asked(told["variable"], self._value)
        found["trouble"] = found["variable"]["trouble"]
        attempt(lambda: found.update(documentation=documentation_of(self._value)))
        attempt(lambda: found.update(place_of(self._value)))
        if self._wants_source:
            attempt(lambda: found.update(source=source_of(self._value)))
        return found


def find(namespace: dict[str, Any], path: list[str], asks: bool) -> Any:
    """Return what `a.b.c` means; an attribute that is not stored is asked for."""
    value = lookup.find(path[0], namespace)
    if value is lookup.MISSING:
        raise NoPart("there is no name %s" % path[0])
    for place, name in enumerate(path[1:], 1):
        try:
            value = getattr(value, name) if asks else lookup.attribute(value, name)
        except Exception:
            value = lookup.MISSING
        if value is lookup.MISSING:
            raise NoPart("%s has no attribute %s" % (".".join(path[:place]), name))
    return value


def attempt(work: Callable[[], None]) -> None:
    """Find out what can be found: much has no file, no documentation, no source."""
    try:
        work()
    except Exception:
        return


def code_of(value: Any) -> Any:
    if type(value) is types.MethodType:
        value = value.__func__
    return value.__code__ if type(value) is types.FunctionType else None


def documentation_of(value: Any) -> str | None:
    """Return its documentation, or that of its class."""
    import inspect

    text = None if is_plain(value) else inspect.getdoc(value)
    return clean(text) if isinstance(text, str) and text.strip() else None


def is_plain(value: Any) -> bool:
    """Whether it is a number, a text, a list: what is written about those is known to everybody."""
    return kinds.group_of(type(value)) == "data" and module_of(type(value)) == "builtins"


def clean(text: str) -> str:
    import inspect

    return inspect.cleandoc(text)[:LONGEST]


def place_of(value: Any) -> dict[str, Any]:
    """Return the file and the line where it is defined; of an instance where its class is."""
    import inspect

    value = definition_of(value)
    if inspect.ismodule(value):
        return {"file": inspect.getsourcefile(value), "line": None}
    file = inspect.getsourcefile(value) or inspect.getfile(value)
    return {"file": file, "line": inspect.getsourcelines(value)[1] or 1}


def source_of(value: Any) -> str | None:
    import inspect

    value = definition_of(value)
    try:
        return inspect.getsource(value)[:LONGEST]
    except (OSError, TypeError):
        name = getattr(value, "__name__", "")
        return sources.text_of_class(name)[:LONGEST] or None if inspect.isclass(value) else None


def definition_of(value: Any) -> Any:
    """Return what has a source: a function, a class or a module; of an instance its class."""
    import inspect

    value = inspect.unwrap(value) if callable(value) else value
    is_definition = inspect.isroutine(value) or inspect.isclass(value) or inspect.ismodule(value)
    return value if is_definition else type(value)
