"""Classes: empty at first, so that instances can be made, then filled."""

from __future__ import annotations

import abc

from ..missing import Missing, reason_of
from ..values.naming import identity
from .load_context import Unavailable, current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator


def skeleton(
    meta: Any, name: str, bases: tuple[Any, ...], body: dict[str, Any], number: str, bound: str | None
) -> type:
    """Return a class without its contents."""
    made = current.classes.get(number) or current.redefined_as(bound, type)
    if made is None:
        for base in (meta, *bases):
            if type(base) is Missing:
                raise Unavailable(reason_of(base))
        made = build(meta, name, bases, body)
        if "__abstractmethods__" in made.__dict__:
            # All that a base has left open is to come, but instances may come first.
            made.__abstractmethods__ = frozenset()
    current.classes[number] = made
    return made


def named_tuple(
    name: str, fields: tuple[str, ...], defaults: tuple[Any, ...], module: str, number: str, bound: str | None
) -> type:
    """Return a class of named tuples, which has what `collections` gives all of them."""
    import collections

    made = current.classes.get(number) or current.redefined_as(bound, type)
    if made is None:
        made = collections.namedtuple(name, fields, defaults=defaults, module=module)
    current.classes[number] = made
    return made


def build(meta: Any, name: str, bases: tuple[Any, ...], body: dict[str, Any]) -> Any:
    """Make a class, and leave out what the session's own classes do then: it has been done."""
    make = abc.ABCMeta.__new__ if issubclass(meta, abc.ABCMeta) else type.__new__
    hooks = list(hooks_of(bases))
    for owner, _ in hooks:
        type.__setattr__(owner, "__init_subclass__", passing(owner))
    try:
        return make(meta, name, bases, dict(body))
    except TypeError:
        # A metaclass written in C wants to do it itself.
        return meta(name, bases, dict(body))
    finally:
        for owner, hook in hooks:
            type.__setattr__(owner, "__init_subclass__", hook)


def hooks_of(bases: tuple[Any, ...]) -> Iterator[tuple[type, Any]]:
    """Yield the session's classes that act when another is derived from them, with what they do."""
    ours = {identity(each) for each in current.classes.values()}
    for owner in dict.fromkeys(each for base in bases for each in base.__mro__):
        if identity(owner) in ours and "__init_subclass__" in owner.__dict__:
            yield owner, owner.__dict__["__init_subclass__"]


def passing(owner: type) -> Any:
    """Return an `__init_subclass__` that only hands on."""

    def hand_on(cls: type, **keywords: Any) -> None:
        super(owner, cls).__init_subclass__(**keywords)

    return classmethod(hand_on)


def set_class(made: type, state: tuple[dict[str, Any], list[type]]) -> None:
    body, registered = state
    # In a trial it is the class itself, and what was made from a text is whole but for its data.
    if current.is_trial:
        return
    is_retold = any(each is made for each in current.told.values())
    for name, value in body.items():
        if not is_retold or (name in made.__dict__ and is_data(value) and is_data(made.__dict__[name])):
            set_in_class(made, name, value)
    if "__firstlineno__" in body:
        # What is set of a class may take this away.
        set_in_class(made, "__firstlineno__", body["__firstlineno__"])
    for each in registered:
        abc.ABCMeta.register(made, each)


def set_in_class(made: type, name: str, value: Any) -> None:
    try:
        type.__setattr__(made, name, value)
    except TypeError:
        setattr(made, name, value)  # A metaclass written in C has its own.


def is_data(value: Any) -> bool:
    return not hasattr(type(value), "__get__") and type(value) is not Missing
