"""Find which names share objects: saved apart, what was one object would come back as two."""

from __future__ import annotations

import gc
import operator
import sys
import types
from itertools import compress

from . import module_registry, parts
from .naming import identity, is_importable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable

ATOMS = frozenset(
    (
        *(int, float, complex, bool, type(None), type(...), type(NotImplemented), range, slice),
        *(types.CodeType, types.MethodDescriptorType),
        *(types.WrapperDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType),
    )
)
"""Nothing of theirs is shared in a way that anybody could notice."""
TEXTS = frozenset((str, bytes))
LARGE = 1000
"""A text of this length or more is worth being saved once only."""
AT_ONCE = 5_000
"""So many objects are looked at together, by loops in C."""

# By their identity: a type may have a metaclass that answers to `hash`.
ATOM_IDS = frozenset(map(identity, ATOMS))
TEXT_IDS = frozenset(map(identity, TEXTS))
PLAIN_IDS = frozenset(map(identity, (list, dict, tuple)))
EMPTY_IDS = frozenset(map(identity, ((), frozenset())))
"""There is one of each for all."""


def is_leaf(value: object) -> bool:
    """Whether nothing is to be looked for in a value."""
    return identity(type(value)) in ATOM_IDS or identity(type(value)) in TEXT_IDS


class Graph:
    """The objects that the names lead to."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.registry = module_registry.ModuleRegistry(namespace)
        self.meets_modules = False
        """Whether some value is the dictionary of the session or of a module."""
        self._parts = parts.Parts(self.registry)
        self._owners: dict[int, int] = {}
        """The first name that led to an object which more than one may lead to, as its index."""
        self._leaders: list[int] = []
        self._kinds: dict[int, type] = {}
        """All types that were met, by their identity."""
        self._arrays: list[Any] = []
        self._scopes: list[tuple[dict[str, Any], int]] = []

    def knows(self, value: object) -> bool:
        """Whether some name leads to the object, which is no plain container that only one other has."""
        return identity(value) in self._owners

    def group(self, values: dict[str, Any]) -> list[list[str]]:
        """Return the names in groups, both in the order of the names."""
        names = list(values)
        self._leaders = list(range(len(names)))
        for index, name in enumerate(names):
            try:
                self._walk(values[name], index)
            except MemoryError:
                raise
            except Exception:
                continue  # A class of the user's does not tell what it holds: what is known of it has to do.
        self._join_scopes()
        self._join_views()
        groups: dict[int, list[str]] = {}
        for index, name in enumerate(names):
            groups.setdefault(self._leader(index), []).append(name)
        return list(groups.values())

    def _leader(self, index: int) -> int:
        while self._leaders[index] != index:
            self._leaders[index] = index = self._leaders[self._leaders[index]]
        return index

    def _join(self, one: int, other: int) -> None:
        one, other = sorted((self._leader(one), self._leader(other)))
        self._leaders[other] = one

    def _walk(self, value: Any, index: int) -> None:
        waiting = self._new([value], index)
        while waiting:
            some, waiting[-AT_ONCE:] = waiting[-AT_ONCE:], []
            waiting += self._new(self._referents(some, index), index)

    def _referents(self, objects: list[Any], index: int) -> list[Any]:
        """Return what the objects hold, as far as it matters."""
        if set(map(identity, map(type, objects))) <= PLAIN_IDS:
            return gc.get_referents(*objects)
        found: list[Any] = []
        plain: list[Any] = []
        for each in objects:
            tell = self._parts.teller(type(each))
            if tell is None:
                plain.append(each)
            else:
                found += tell(each)
                self._note(each, index)
        return found + gc.get_referents(*plain)

    def _note(self, value: Any, index: int) -> None:
        """Take note of what is looked at again when all is known."""
        if type(value) is types.FunctionType:
            if self.registry.find(value.__globals__) is None:
                self._scopes.append((value.__globals__, index))
        elif module_registry.is_module(value):
            self.registry.add(value)
        elif parts.is_array(type(value)):
            self._arrays.append(value)

    def _new(self, found: list[Any], index: int) -> list[Any]:
        """Return what has not been seen, each once; join with the names that led to the rest."""
        kinds = list(map(identity, map(type, found)))
        distinct = set(kinds)
        if not distinct <= self._kinds.keys():
            self._kinds.update(zip(kinds, map(type, found)))
        chosen, kinds = choose(found, kinds, distinct)
        found.clear()
        is_alone = list(map(operator.and_, map(PLAIN_IDS.__contains__, kinds), are_alone(chosen)))
        new = list(compress(chosen, is_alone))
        shared = compress(chosen, map(operator.not_, is_alone))
        new += self._take({identity(each): each for each in shared}, index)
        if any(is_of_modules(self._kinds[kind]) for kind in distinct):
            return [each for each in new if not is_imported(each)]
        return new

    def _take(self, found: dict[int, Any], index: int) -> Iterable[Any]:
        """Return what has not been seen, of what more than one may lead to, and remember that it has been."""
        owners = self._owners
        known = found.keys() & owners.keys()
        for owner in set(map(owners.__getitem__, known)) - {index}:
            self._join(owner, index)
        of_modules = self.registry.among(found.keys())
        self.meets_modules |= bool(of_modules)
        for number in (*known, *of_modules, *(EMPTY_IDS & found.keys())):
            del found[number]
        owners.update(dict.fromkeys(found, index))
        return found.values()

    def _join_scopes(self) -> None:
        """Join functions that look names up in the same dictionary, and with the name that holds it."""
        for scope, index in self._scopes:
            self._join(self._owners.setdefault(-identity(scope), index), index)
            if self.knows(scope):
                self._join(self._owners[identity(scope)], index)

    def _join_views(self) -> None:
        """Join arrays that share memory; where they overlap, and nothing else holds it, it counts as held."""
        by_base: dict[int, list[Any]] = {}
        for array in self._arrays:
            if array.base is not None:
                by_base.setdefault(identity(array.base), []).append(array)
        for views in by_base.values():
            base = views[0].base
            if not self.knows(base) and parts.is_array(type(base)) and parts.overlap(views):
                self._owners[identity(base)] = self._owners[identity(views[0])]
            if self.knows(base):
                for view in views:
                    self._join(self._owners[identity(view)], self._owners[identity(base)])


def choose(found: list[Any], kinds: list[int], distinct: set[int]) -> tuple[list[Any], list[int]]:
    """Return what may be shared, no atoms, of the texts the large ones; and the identities of the types."""
    is_wanted = {kind: kind not in ATOM_IDS and kind not in TEXT_IDS for kind in distinct}
    wanted = list(map(is_wanted.__getitem__, kinds))
    chosen, theirs = list(compress(found, wanted)), list(compress(kinds, wanted))
    if not distinct.isdisjoint(TEXT_IDS):
        texts = compress(found, map(TEXT_IDS.__contains__, kinds))
        chosen += [text for text in texts if len(text) >= LARGE]
        theirs += [0] * (len(chosen) - len(theirs))
    return chosen, theirs


def are_alone(objects: list[Any]) -> Iterable[bool]:
    """Tell of each whether only one other refers to it."""
    return map(ALONE.__eq__, map(sys.getrefcount, objects))


def count_alone() -> int:
    """Return the count of references to an object that one other refers to, and a list."""
    holder = [[]]
    return next(map(sys.getrefcount, [holder[0]]))


ALONE = count_alone()


def is_of_modules(kind: type) -> bool:
    return kind is types.FunctionType or issubclass(kind, (type, types.ModuleType))


def is_imported(value: Any) -> bool:
    """Whether a definition or module is not saved, as it can be imported."""
    kind = type(value)
    if kind is types.FunctionType or issubclass(kind, type):
        return is_importable(value)
    return issubclass(kind, types.ModuleType) and module_registry.is_imported(value)
