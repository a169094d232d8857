"""Classes of the session by value: an empty one, of which there can be instances, then what is in it."""

from __future__ import annotations

import abc
import sys
import types

from .. import instances, rebuild
from ..missing import Missing
from ..naming import HEAP_TYPE, is_importable, name_of, of_type, qualname_of, type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

IMMUTABLE_TYPE = 1 << 8
"""The flag of a type that nobody can change."""
ITS_OWN = ("__dict__", "__weakref__")
"""Every class makes these for itself."""
WITH_SKELETON = ("__module__", "__orig_bases__", "_abc_impl", "__annotate_func__", "__annotations_cache__")
"""Given to the empty class, or not to be kept."""
SPECIAL = {type(None): None, type(...): ..., type(NotImplemented): NotImplemented}


def reduce_class(pickler: Any, value: type) -> Any:
    if value is Missing or is_importable(value):
        return NotImplemented
    flags = of_type("__flags__", value)
    if not flags & HEAP_TYPE or (flags & IMMUTABLE_TYPE and sys.version_info >= (3, 10)):
        return reduce_builtin(value)
    definitions = pickler.context.definitions
    made_of = type(value), name_of(value), of_type("__bases__", value), body_of_skeleton(value)
    known_as = definitions.number(value), definitions.bound_name(value)
    return rebuild.skeleton, (*made_of, *known_as), state_of(value), None, None, rebuild.set_class


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
    made: dict[str, Any] = {"__qualname__": qualname_of(value)}
    made.update({name: body[name] for name in ("__module__", "__orig_bases__") if name in body})
    if "__slots__" in body:
        made["__slots__"] = [name for name, each in body.items() if is_slot(each, name, value)]
    return made


def is_slot(each: Any, name: str, owner: type) -> bool:
    if name in ITS_OWN:
        return type(each) is types.GetSetDescriptorType
    return type(each) is types.MemberDescriptorType and each.__objclass__ is owner


def state_of(value: type) -> tuple[dict[str, Any], list[type]]:
    """Return what is in a class, and the classes that count as derived from it."""
    body = {
        name: each
        for name, each in of_type("__dict__", value).items()
        if name not in WITH_SKELETON and not is_slot(each, name, value)
    }
    if "__annotate_func__" in of_type("__dict__", value):
        body["__annotations__"] = annotations_of(value)
    registered = []
    if issubclass(type(value), abc.ABCMeta):
        references = abc._get_dump(value)[0]  # pyright: ignore[reportAttributeAccessIssue]
        registered = [each for each in (reference() for reference in references) if each is not None]
    return body, sorted(registered, key=type_name)


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
