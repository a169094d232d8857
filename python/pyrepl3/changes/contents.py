"""Read what an object holds, as far as C code can tell: none of the user's runs."""

from __future__ import annotations

import types
from collections import deque

from ..language import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List

    Read = Callable[[Any], List[Any]]

# An attribute of a class is looked up by its metaclass, which may be the user's code.
names_of: Callable[[type], Any] = type.__dict__["__dict__"].__get__
bases_of: Callable[[type], tuple[type, ...]] = type.__dict__["__mro__"].__get__
name_of: Callable[[type], str] = type.__dict__["__name__"].__get__
module_of: Callable[[type], str] = type.__dict__["__module__"].__get__

CACHES = frozenset(("_cache", "_item_cache", "_memo", "__weakref__"))
"""What libraries keep under these names follows from the rest, and comes with mere looking."""
PACKAGE = __name__.partition(".")[0] + "."
PANDAS_DATA = frozenset(("axes", "blocks", "values", "_mgr_locs"))

ATOMS = frozenset((int, float, complex, bool, str, bytes, type(None), type(...), range, slice))
"""Nothing in them can change."""


def contents(value: Any, kind: type) -> list[Any]:
    """Return what the object holds, as far as C code can tell."""
    read = READERS.get(kind)
    if read is not None:
        return read(value)
    if is_of_session(kind):
        return []
    if issubclass(kind, type):
        return list(names_of(value).values()) if is_of_prompt(value) else []
    inner = [part for stored in lookup.own(value) for part in items_of(stored, CACHES)]
    for base in bases_of(kind):
        # What a class inherits from a container it holds like one.
        if base in CONTAINERS:
            inner += CONTAINERS[base](value)
    return inner + slots_of(value, kind)


def is_of_session(kind: type) -> bool:
    """Whether it is one of ours: `sys.stdout`, which threads and logs hold, changes with each line."""
    module = module_of(kind)
    return type(module) is str and module.startswith(PACKAGE)


def is_of_prompt(value: Any) -> bool:
    """Whether the class was made by the user; those of libraries are large and keep still."""
    return names_of(value).get("__module__") == "__main__"


def items_of(value: dict[Any, Any], but: frozenset[str] = frozenset()) -> list[Any]:
    """Return the keys and the values, but not those of some keys."""
    if but.isdisjoint(dict.keys(value)):
        return list(dict.keys(value)) + list(dict.values(value))
    kept = {key: part for key, part in dict.items(value) if key not in but}
    return list(kept) + list(kept.values())


def function_parts(function: types.FunctionType) -> list[Any]:
    return [
        function.__code__,
        *(function.__defaults__ or ()),
        *(function.__closure__ or ()),
        *items_of(function.__dict__),
    ]


def cell_parts(cell: Any) -> list[Any]:
    try:
        return [cell.cell_contents]
    except ValueError:
        return []  # It is empty.


def generator_parts(generator: types.GeneratorType[Any, Any, Any]) -> list[Any]:
    frame = generator.gi_frame
    return [frame.f_lasti] if frame is not None else [None]


def slots_of(value: Any, kind: type) -> list[Any]:
    """Return what is in the object's slots, and in the ones of pandas' C code that hold its data."""
    found = []
    for base in bases_of(kind):
        names = names_of(base)
        is_known = names.get("__module__") == "pandas._libs.internals"
        if not is_known and "__slots__" not in names:
            continue
        for slot in names.values():
            is_member = isinstance(slot, types.MemberDescriptorType)
            if is_known:
                is_member |= isinstance(slot, types.GetSetDescriptorType)
                is_member &= getattr(slot, "__name__", "") in PANDAS_DATA
            if is_member:
                try:
                    found.append(slot.__get__(value))
                except AttributeError:
                    continue  # Nothing is in it.
    return found


def is_array(kind: type) -> bool:
    return kind is bytearray or (name_of(kind) == "ndarray" and module_of(kind) == "numpy")


CONTAINERS: dict[type, Read] = {
    list: list.copy,
    tuple: list,
    dict: items_of,
    set: list,
    frozenset: list,
    deque: list,
}
READERS: dict[type, Read] = {
    **CONTAINERS,
    types.FunctionType: function_parts,
    types.CellType: cell_parts,
    types.GeneratorType: generator_parts,
    types.MethodType: lambda method: [method.__func__, method.__self__],
    types.MappingProxyType: lambda value: [],
    types.CodeType: lambda value: [],
    types.ModuleType: lambda value: [],
}
