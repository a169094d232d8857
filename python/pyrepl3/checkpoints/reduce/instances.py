"""Take instances apart as pickle does where their class leaves that to it, but ask them for nothing."""

from __future__ import annotations

import copyreg

from .. import rebuild
from ..values.naming import HEAP_TYPE, is_importable, is_of_python, mro_of, of_type, type_name, with_article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANSWERING = ("__getattr__", "__getattribute__", "__setattr__")
"""What a class of the user's may do when pickle asks for something, or sets it."""
FILLING = ("__setitem__", "update", "append", "extend", "items", "__iter__")
"""The same of lists and dictionaries."""
VALUES = (int, float, str, bytes, tuple)
HELPING = ("__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__")
"""What a class may define for pickle; then it is left to the two."""


def is_answering(kind: type) -> bool:
    """Whether instances are better not asked, and need not be."""
    if any(is_own(kind, name) for name in (*HELPING, "__reduce__", "__reduce_ex__")):
        return False
    base = builtin_base(kind)
    if has_hidden_state(kind, base):
        return False
    if any(base is each for each in VALUES):
        # Pickle would give its `__new__` what Python's own wants.
        return is_own(kind, "__new__")
    if base is object:
        # Pickle would call `__new__` without arguments.
        return any(is_own(kind, name) for name in ANSWERING) or (
            is_own(kind, "__new__") and not is_importable(kind)
        )
    is_filled = base is list or base is dict
    return is_filled and any(is_own(kind, name) for name in (*ANSWERING, *FILLING))


def is_plain(kind: type) -> bool:
    """Whether pickle does with instances what it does where nobody says anything."""
    is_usual = type(kind) is type and builtin_base(kind) is object and not is_importable(kind)
    names = (*HELPING, "__new__", "__reduce__", "__reduce_ex__", "__class__")
    return is_usual and not has_hidden_state(kind, object) and not any(is_own(kind, name) for name in names)


def has_hidden_state(kind: type, base: Any) -> bool:
    """Whether C code keeps more in instances than Python's own class, attributes and slots."""
    pointers = len(("__dict__", "__weakref__", *copyreg._slotnames(kind)))  # type: ignore[attr-defined]
    return of_type("__basicsize__", kind) > base.__basicsize__ + pointers * tuple.__itemsize__


def is_own(kind: type, name: str) -> bool:
    """Whether a name is defined by a class that is not Python's own."""
    owner = next((base for base in mro_of(kind) if name in of_type("__dict__", base)), None)
    if owner is None or is_of_python(owner):
        return False
    found = of_type("__dict__", owner)[name]
    # What C code gives a type it may make at run time is bound to it.
    return owner is not getattr(found, "__objclass__", getattr(found, "__self__", None))


def builtin_base(kind: type) -> Any:
    """Return the first class of C code's that a class is derived from."""
    return next(base for base in mro_of(kind) if not of_type("__flags__", base) & HEAP_TYPE)


def reduce_instance(value: Any) -> Any:
    """Return what `__reduce_ex__` would."""
    kind = type(value)
    base = builtin_base(kind)
    if has_hidden_state(kind, base):
        raise rebuild.Unavailable("%s, which cannot be pickled" % with_article(type_name(kind)))
    items = copy_of(value, base) if base is list or base is dict else None
    state = stored_in(value), slots_of(value, kind), items
    return rebuild.instance, (base, kind, *arguments_of(value, base)), state, None, None, rebuild.set_state


def arguments_of(value: Any, base: Any) -> tuple[Any, ...]:
    """Return what Python's own class makes such an object of."""
    if base is object or base is list or base is dict:
        return ()
    if base is int or base is float:
        return ({int: int.__int__, float: float.__float__}[base](value),)
    if base is str or base is bytes or base is tuple:
        return (base.__getitem__(value, slice(None)),)
    return base.__reduce_ex__(value, 2)[1]


def copy_of(value: Any, base: Any) -> Any:
    return list(list.__iter__(value)) if base is list else dict(dict.items(value))


def stored_in(value: Any) -> dict[str, Any] | None:
    try:
        stored = object.__getattribute__(value, "__dict__")
    except Exception:
        return None  # There is none, or the class has something else of the name.
    return dict(stored) if issubclass(type(stored), dict) else None


def slots_of(value: Any, kind: type) -> dict[str, Any] | None:
    found = {}
    for name in copyreg._slotnames(kind):  # pyright: ignore[reportAttributeAccessIssue]
        try:
            found[name] = object.__getattribute__(value, name)
        except Exception:
            continue  # It has never been set.
    return found or None
