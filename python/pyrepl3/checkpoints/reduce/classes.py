"""Classes of the session by value: an empty one, of which there can be instances, then what is in it."""

from __future__ import annotations

import abc
import collections
import sys
import types

from .. import rebuild
from ..missing import Missing
from ..values.naming import (
    defined,
    interned,
    is_importable,
    is_of_python,
    module_of,
    name_of,
    of_type,
    qualname_of,
    type_name,
)
from . import instances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ITS_OWN = ("__dict__", "__weakref__")
"""Every class makes these for itself."""
WITH_SKELETON = ("__module__", "__orig_bases__")
UNKEPT = ("_abc_impl", "__slotnames__", "__annotate_func__", "__annotations_cache__")
MEANT = ("__doc__", "__abstractmethods__", "__annotations__", "__type_params__", "__annotate__", *UNKEPT)
"""What every class is told through its metaclass."""
AT_ONCE = ("__doc__", "__abstractmethods__")
SPECIAL = {type(None): None, type(...): ..., type(NotImplemented): NotImplemented}


def reduce_class(pickler: Any, value: type) -> Any:
    if value is Missing or is_importable(value):
        return NotImplemented
    if is_of_python(value):
        return reduce_builtin(value)
    definitions = pickler.context.definitions
    known_as = definitions.number(value), definitions.bound_name(value)
    if is_named_tuple(value):
        made_of = named_tuple_of(value)
        return rebuild.named_tuple, (*made_of, *known_as), own_state_of(value), None, None, rebuild.set_class
    name = sys.intern(name_of(value))
    made_of = type(value), name, of_type("__bases__", value), body_of_skeleton(value)
    return rebuild.skeleton, (*made_of, *known_as), state_of(value), None, None, rebuild.set_class


def is_named_tuple(value: type) -> bool:
    """Whether a class is just what `collections.namedtuple` makes, and perhaps more."""
    body = of_type("__dict__", value)
    return of_type("__bases__", value) == (tuple,) and {"_fields", "_field_defaults", "_make"} <= body.keys()


def named_tuple_of(value: Any) -> tuple[Any, ...]:
    defaults = tuple(value._field_defaults.values())
    return sys.intern(name_of(value)), value._fields, defaults, interned(module_of(value))


def own_state_of(value: Any) -> tuple[dict[str, Any], list[type]]:
    """Return what is in a class of named tuples that others of its fields do not have."""
    usual = vars(collections.namedtuple("Usual", value._fields))
    body, registered = state_of(value)
    own = {name: each for name, each in body.items() if name not in usual or name == "__doc__"}
    bases = of_type("__dict__", value).get("__orig_bases__")
    return own if bases is None else {**own, "__orig_bases__": bases}, registered


def reduce_builtin(value: type) -> Any:
    """Return where a type of C code's is found that its own name does not lead to."""
    if value in SPECIAL:
        return type, (SPECIAL[value],)
    for module in ("types", "_collections_abc"):
        for name, found in vars(sys.modules[module]).items():
            if found is value:
                return rebuild.attribute, (module, name)
    raise rebuild.Unavailable("the type %s, which no module has under its name" % type_name(value))


def body_of_skeleton(value: type) -> dict[str, Any]:
    """Return what a class needs from the beginning."""
    body = of_type("__dict__", value)
    needed = [name for name, each in body.items() if is_needed_first(name, each, value)]
    made = {sys.intern(name): interned(body[name]) for name in needed}
    made["__qualname__"] = sys.intern(qualname_of(value))
    if "__slots__" in body:
        made["__slots__"] = [name for name, each in body.items() if is_slot(each, name, value)]
    return made


def is_needed_first(name: str, each: Any, owner: type) -> bool:
    """Whether a class has to be made with something in it: set later, it would mean the metaclass's."""
    if name in WITH_SKELETON:
        return True
    is_set_apart = hasattr(type(defined(type(owner), name)), "__set__") and name not in MEANT
    return is_set_apart and not is_slot(each, name, owner)


def is_slot(each: Any, name: str, owner: type) -> bool:
    if name in ITS_OWN:
        return type(each) is types.GetSetDescriptorType
    return type(each) is types.MemberDescriptorType and each.__objclass__ is owner


def state_of(value: type) -> tuple[dict[str, Any], list[type]]:
    """Return what is in a class, and the classes that count as derived from it."""
    whole = of_type("__dict__", value)
    # What a class has from the beginning stands first in one that came back, too.
    body = {name: whole[name] for name in AT_ONCE if whole.get(name) is not None}
    for name, each in whole.items():
        if not (name in UNKEPT or is_needed_first(name, each, value) or is_slot(each, name, value)):
            body.setdefault(sys.intern(name), each)
    if body.get("__doc__", "") is None:
        del body["__doc__"]
    if "__annotate_func__" in whole:
        body["__annotations__"] = annotations_of(value)
    return body, registered_in(value)


def registered_in(value: type) -> list[type]:
    """Return the classes that count as derived from an abstract one, though they are not."""
    if not issubclass(type(value), abc.ABCMeta):
        return []
    references = abc._get_dump(value)[0]  # pyright: ignore[reportAttributeAccessIssue]
    return sorted(
        (each for each in (reference() for reference in references) if each is not None), key=type_name
    )


def annotations_of(value: type) -> dict[str, Any]:
    """Return a class's annotations; none where Python 3.14 cannot work them out."""
    try:
        return value.__annotations__
    except Exception:
        return {}


def is_enumeration(kind: type) -> bool:
    enum = sys.modules.get("enum")
    return enum is not None and issubclass(type(kind), enum.EnumMeta)


def reduce_member(pickler: Any, value: Any) -> Any:
    """Save a member of an enumeration of the session as it is, so that no code of its class has to run."""
    return instances.reduce_instance(value)
