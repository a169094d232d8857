"""Find the object that a dotted name means, without running a line of the user's code.

No `__getattr__`, no property, no descriptor of the user's is called: only
dictionaries are read, those of the instance, of its class and of modules.
"""

from __future__ import annotations

import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

MISSING = object()


def find(name: str, namespace: dict[str, Any]) -> object:
    """Return what `a.b.c` means in the namespace, or `MISSING`."""
    first, *rest = name.split(".")
    value = namespace.get(first, MISSING)
    if value is MISSING:
        value = builtins_of(namespace).get(first, MISSING)
    for part in rest:
        if value is MISSING:
            return MISSING
        value = attribute(value, part)
    return value


def builtins_of(namespace: dict[str, Any]) -> dict[str, Any]:
    builtins = namespace.get("__builtins__", {})
    if type(builtins) is dict:
        return builtins
    return builtins.__dict__ if type(builtins) is types.ModuleType else {}


def attribute(value: object, name: str) -> object:
    """Return an attribute that is stored, or `MISSING` where only code could tell."""
    for scope in scopes(value):
        if name in scope:
            found = scope[name]
            if isinstance(found, (staticmethod, classmethod)):
                return found.__func__
            if isinstance(found, (property, types.GetSetDescriptorType, types.MemberDescriptorType)):
                return MISSING
            return found
    return MISSING


def scopes(value: object) -> Iterator[Any]:
    """Yield the dictionaries in which an attribute of `value` may be stored."""
    yield from own(value)
    kind = type(value)
    if issubclass(kind, type):
        for base in type.__dict__["__mro__"].__get__(value):
            yield type.__dict__["__dict__"].__get__(base)
    for base in type.__dict__["__mro__"].__get__(kind):
        yield type.__dict__["__dict__"].__get__(base)


def own(value: object) -> Iterator[dict[str, Any]]:
    """Yield the instance's own dictionary, where it has a plain one."""
    # `isinstance` would ask the object for its `__class__`, which may be the user's code.
    if issubclass(type(value), type):
        return
    try:
        stored = object.__getattribute__(value, "__dict__")
    except Exception:
        return
    if type(stored) is dict:
        yield stored


def attributes(value: object) -> dict[str, object]:
    """Return the names of all stored attributes, with what is stored."""
    found: dict[str, object] = {}
    for scope in scopes(value):
        for name, stored in scope.items():
            if type(name) is str:
                found.setdefault(name, stored)
    return found
