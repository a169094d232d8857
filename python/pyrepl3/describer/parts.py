"""Find what is inside a value: the items of containers, the columns of tables, what instances store."""

from __future__ import annotations

import types
from itertools import islice

from ..checkpoints.values.naming import identity, mro_of, of_type
from ..language import lookup
from . import kinds, tables, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator, Sequence, Tuple

    Part = Tuple[str, Any]


class NoPart(Exception):
    """There is nothing where a path leads."""


def at(namespace: dict[str, Any], path: Sequence[str | int], asks: bool) -> Any:
    """Return the value that a path leads to: a name, then which part of each.

    Raises:
        NoPart: It leads nowhere.
    """
    name, *places = path
    if name not in namespace:
        raise NoPart("there is no name %s" % name)
    value = namespace[str(name)]
    for place in places:
        found = list(islice(each(value, asks), int(place), int(place) + 1))
        if not found:
            raise NoPart("%s has no part %d" % (name, int(place)))
        value = found[0][1]
    return value


def each(value: Any, asks: bool) -> Iterator[Part]:
    """Yield the parts of a value by their names; `asks` lets it call what is no code of Python's own."""
    kind = identity(type(value))
    if kind in kinds.MAPPINGS:
        for key, part in dict.items(value):
            yield "[%s]" % texts.short(key, asks), part
    elif kind in kinds.SEQUENCES or kind in kinds.SETS:
        for place, part in enumerate(value):
            yield "[%d]" % place if kind in kinds.SEQUENCES else "", part
    elif kinds.group_of(type(value)) != "data":
        return
    elif asks and tables.is_table(value):
        for name, column in tables.columns(value):
            yield "[%s]" % texts.short(name, asks), column
    else:
        yield from stored(value)


def stored(value: Any) -> Iterator[Part]:
    """Yield what an instance stores under its attributes, those in slots too."""
    for attributes in lookup.own(value):
        for name, part in dict.items(attributes):
            if type(name) is str:
                yield "." + name, part
    for base in mro_of(type(value)):
        names = of_type("__dict__", base)
        if "__slots__" not in names:
            continue
        for name, slot in list(names.items()):
            if type(slot) is types.MemberDescriptorType:
                try:
                    yield "." + name, slot.__get__(value)
                except AttributeError:
                    continue  # Nothing is in it.


def count(value: Any, asks: bool) -> int:
    """Return how many parts there are."""
    kind = identity(type(value))
    if kind in kinds.CONTAINERS:
        return len(value)
    if kind in kinds.ATOMS or kinds.group_of(type(value)) != "data":
        return 0
    if asks and tables.is_table(value):
        return tables.width(value)
    return sum(1 for _ in stored(value))
