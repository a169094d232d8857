"""Decide how objects are taken apart which pickle has no code of its own for, or leave holes."""

from __future__ import annotations

import copyreg
import pickle
import sys

from .. import rebuild
from ..values.naming import follow, has, identity, is_importable, module_of, type_name
from ..values.unpicklable import describe, unpicklable
from . import classes, definitions, instances, kinds, objects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from ..values.groups import Graph

    Reducer = Callable[[Any, Any], Any]

PROTOCOL = 5
MOST_PARTS = 6
"""The most that `__reduce__` may return."""


class Route:
    """How objects of one type are taken apart."""

    def __init__(self, kind: type, reduce: Reducer | None, is_sure: bool) -> None:
        self.kind = kind
        """Held here, as the route is known by its identity."""
        self.reduce = reduce
        """`None` where pickle does it by itself."""
        self.is_sure = is_sure
        """Whether what comes back is what was saved: nothing runs then but code of ours."""
        self.is_final = has(kind, "__del__")
        """Whether they do something when they go."""


class Context:
    """What the pickles of one checkpoint have in common."""

    def __init__(self, namespace: dict[str, Any], graph: Graph, positions: dict[int, int] | None) -> None:
        self.definitions = definitions.Definitions(namespace)
        self.graph = graph
        self.positions = positions
        """Where files stood when a copy of the process was made; `None` in the process itself."""
        self.table = kinds.Table()
        self._copyreg = {identity(kind): reducer for kind, reducer in copyreg.dispatch_table.items()}
        self._routes: dict[int, Route] = {}
        self._found: dict[int, tuple[Any, Any]] = {}

    def once(self, value: Any, find: Callable[[], Any]) -> Any:
        """Return what was found for a value, or find it: an object may be pickled more than once."""
        if identity(value) not in self._found:
            self._found[identity(value)] = value, find()
        return self._found[identity(value)][1]

    def route(self, kind: type) -> Route:
        known = self._routes.get(identity(kind))
        if known is None:
            known = self._routes[identity(kind)] = self._find(kind)
        return known

    def _find(self, kind: type) -> Route:
        special = self.table.find(kind)
        if special is not None:
            return Route(kind, special, self.table.is_sure(kind))
        if issubclass(kind, type):
            return Route(kind, classes.reduce_class, True)
        reason = unpicklable(kind)
        if reason:
            return Route(kind, lambda pickler, value: hole(reason), False)
        if classes.is_enumeration(kind) and not is_importable(kind):
            return Route(kind, classes.reduce_member, True)
        if issubclass(kind, BaseException) and objects.is_python_exception(kind):
            return Route(kind, objects.reduce_exception, False)
        reducer = self._copyreg.get(identity(kind))
        if reducer is not None:
            return Route(kind, lambda pickler, value: checked(value, reducer(value), self.table), False)
        if instances.is_answering(kind):
            return Route(kind, lambda pickler, value: instances.reduce_instance(value), True)
        if instances.is_plain(kind):
            return Route(kind, None, True)
        return Route(
            kind, lambda pickler, value: checked(value, value.__reduce_ex__(PROTOCOL), self.table), False
        )


class Reducing:
    """What all picklers do with an object."""

    context: Context
    arrays: list[Any]
    scopes: dict[int, Any]
    """What stands for dictionaries of names, by the identity of each."""
    is_sure: bool
    has_finalisers: bool

    def reducer_override(self, value: Any) -> Any:
        route = self.context.route(type(value))
        if route.is_final:
            self.has_finalisers = True
        if route.reduce is None:
            return NotImplemented
        try:
            place = self.context.table.place(value)
            if place is not None:
                return rebuild.attribute, place
            reduced = route.reduce(self, value)
            self.is_sure &= route.is_sure
            return reduced
        except (MemoryError, KeyboardInterrupt):
            raise
        except RecursionError:
            return self.give_up(value)
        except BaseException as error:
            self.is_sure = False
            return hole(str(error) if isinstance(error, rebuild.Unavailable) else describe(value, error))

    def give_up(self, value: Any) -> Any:
        """There was no room on the stack: for a slower pickler, which has more, to try."""
        raise


def hole(reason: str) -> tuple[Any, ...]:
    return rebuild.missing, (reason,)


def checked(value: Any, reduced: Any, table: kinds.Table) -> Any:
    """Return what `__reduce__` has said, where pickle can use it."""
    if isinstance(reduced, str):
        return named(value, reduced)
    if not is_usable(reduced):
        raise rebuild.Unavailable(
            "%s, whose __reduce__ returns what pickle cannot use" % type_name(type(value))
        )
    maker, arguments, *rest = reduced
    if maker is copyreg.__newobj__:  # pyright: ignore[reportAttributeAccessIssue]
        if arguments == (type(value),) and not any(rest):
            place = table.place_of_sentinel(value)
            if place is not None:
                return rebuild.attribute, place
        if not is_what_it_says(value, arguments[0]):
            maker = rebuild.new
    if module_of(type(value)) == "__main__" and any(rest[1:3]):
        rest[1:3] = drawn(*rest[1:3])
    return (maker, arguments, *rest)


def drawn(items: Any, pairs: Any = None) -> list[Any]:
    """Return items from code of the user's, which may fail halfway, or give no pairs."""
    items, pairs = (each and list(each) for each in (items, pairs))
    if any(type(each) is not tuple or len(each) != 2 for each in pairs or ()):
        raise rebuild.Unavailable("items that are no pairs")
    return [each and iter(each) for each in (items, pairs)]


def is_usable(reduced: Any) -> bool:
    if type(reduced) is not tuple or not 2 <= len(reduced) <= MOST_PARTS:
        return False
    maker, arguments, *rest = reduced
    are_iterators = all(each is None or hasattr(type(each), "__next__") for each in rest[1:3])
    setters = [each for each in rest[3:] if each is not None]
    return callable(maker) and type(arguments) is tuple and are_iterators and all(map(callable, setters))


def is_what_it_says(value: Any, kind: type) -> bool:
    """Whether pickle will take the object for one of its class: mocks say something else."""
    try:
        return value.__class__ is kind
    except Exception:
        return False


def named(value: Any, name: str) -> Any:
    """Return where the object is that has this name in its module; in the session, save it by value."""
    try:
        module = pickle.whichmodule(value, name)  # pyright: ignore[reportAttributeAccessIssue]
    except pickle.PicklingError:
        module = "__main__"  # From Python 3.14 on it looks there as well, and complains.
    if module != "__main__" and follow(sys.modules.get(module), name) is value:
        return rebuild.attribute, (module, name)
    return instances.reduce_instance(value)
