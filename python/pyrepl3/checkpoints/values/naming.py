"""What definitions and types are called, and where they are from, without running the user's code."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


HEAP_TYPE, IMMUTABLE_TYPE = 1 << 9, 1 << 8
"""Flags of a type: it was made at run time; nobody can change it, since Python 3.10."""


identity = object.__hash__
"""What `id` tells, as far as it matters; `id` itself tells all audit hooks each time."""


def is_type(value: object) -> bool:
    # `isinstance` would ask the object for its `__class__`, which may be the user's code.
    return issubclass(type(value), type)


def interned(name: Any) -> Any:
    """Return the one object that there is for a name: the same in a session that came back."""
    return sys.intern(name) if type(name) is str else name


def module_of(definition: Any) -> str:
    """Return the name of a function's or class's module; empty where it is none."""
    try:
        found = of_type("__module__", definition) if is_type(definition) else definition.__module__
    except AttributeError:
        return ""
    return found if type(found) is str else ""


def qualname_of(definition: Any) -> str:
    return of_type("__qualname__", definition) if is_type(definition) else definition.__qualname__


def name_of(definition: Any) -> str:
    return of_type("__name__", definition) if is_type(definition) else definition.__name__


def of_type(name: str, kind: type) -> Any:
    """Return what `type` says of a type, whatever its metaclass does."""
    return type.__dict__[name].__get__(kind)


def is_of_python(kind: type) -> bool:
    """Whether a type is of C code's, and there for all."""
    return of_type("__flags__", kind) & (HEAP_TYPE | IMMUTABLE_TYPE) != HEAP_TYPE


def mro_of(kind: type) -> tuple[type, ...]:
    # Some types of old Pythons are made ready when they are used first.
    return of_type("__mro__", kind) or (kind,)


def has(kind: type, name: str) -> bool:
    """Whether the type, or one that it is derived from, defines the name."""
    return any(name in of_type("__dict__", base) for base in mro_of(kind))


def defined(kind: type, name: str) -> Any:
    """Return what the name is in the body of the type, or of one it is derived from; `None` if nothing."""
    for base in mro_of(kind):
        if name in of_type("__dict__", base):
            return of_type("__dict__", base)[name]
    return None


def is_importable(definition: Any) -> bool:
    """Whether a function or class can be had by importing its module."""
    module = sys.modules.get(module_of(definition))
    if module is None or module is sys.modules["__main__"]:
        return False
    return follow(module, qualname_of(definition)) is definition


def follow(module: Any, path: str) -> Any:
    """Return what a dotted name in a module stands for; `None` if nothing."""
    found = module
    try:
        for part in path.split("."):
            found = getattr(found, part)
    except Exception:
        return None
    return found


def type_name(kind: type) -> str:
    """Return a type's name, with its module unless that is Python's own or the session's."""
    module, name = module_of(kind), qualname_of(kind)
    return name if module in ("builtins", "__main__", "") else "%s.%s" % (module, name)


def with_article(name: str) -> str:
    return "%s %s" % ("an" if name[0] in "aeiouAEIOU" else "a", name)
