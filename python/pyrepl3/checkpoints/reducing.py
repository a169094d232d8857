"""Decide how objects are taken apart which pickle has no code of its own for, or leave holes."""

from __future__ import annotations

import copyreg
import pickle
import sys
import types

from . import instances, kinds, rebuild
from .hopeless import describe, hopeless
from .naming import follow, has, is_importable, module_of, type_name
from .reduce import classes, definitions, objects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .groups import Graph

    Reducer = Callable[[Any, Any], Any]

PROTOCOL = 5
MOST_PARTS = 6
"""The most that `__reduce__` may return."""


class Context:
    """What the pickles of one checkpoint have in common."""

    def __init__(self, namespace: dict[str, Any], graph: Graph, positions: dict[int, int] | None) -> None:
        self.definitions = definitions.Definitions(namespace)
        self.graph = graph
        self.positions = positions
        """Where files stood when a copy of the process was made; `None` in the process itself."""
        self.table = kinds.Table()
        self._copyreg = {id(kind): reducer for kind, reducer in copyreg.dispatch_table.items()}
        self._known: dict[int, tuple[type, Reducer, bool]] = {}
        self._found: dict[int, tuple[Any, Any]] = {}

    def once(self, value: Any, find: Callable[[], Any]) -> Any:
        """Return what was found for a value, or find it: an object may be pickled more than once."""
        if id(value) not in self._found:
            self._found[id(value)] = value, find()
        return self._found[id(value)][1]

    def route(self, kind: type) -> tuple[type, Reducer, bool]:
        """Return what reduces objects of this type, and whether they do something when they go."""
        known = self._known.get(id(kind))
        if known is None:
            known = self._known[id(kind)] = kind, self._find(kind), has(kind, "__del__")
        return known

    def _find(self, kind: type) -> Reducer:
        special = self.table.find(kind)
        if special is not None:
            return special
        if issubclass(kind, type):
            return classes.reduce_class
        if kind is types.FunctionType:
            return definitions.reduce_function
        reason = hopeless(kind)
        if reason:
            return lambda pickler, value: hole(reason)
        if classes.is_enumeration(kind) and not is_importable(kind):
            return classes.reduce_member
        if issubclass(kind, BaseException) and objects.is_python_exception(kind):
            return objects.reduce_exception
        if instances.is_answering(kind):
            return lambda pickler, value: instances.reduce_instance(value)
        reducer = self._copyreg.get(id(kind))
        if reducer is not None:
            return lambda pickler, value: checked(value, reducer(value))
        return lambda pickler, value: checked(value, value.__reduce_ex__(PROTOCOL))


class Reducing:
    """What all picklers do with an object."""

    context: Context
    arrays: list[Any]
    scopes: dict[int, Any]
    """What stands for dictionaries of names, by the `id` of each."""
    is_plain: bool
    has_finalisers: bool

    def reducer_override(self, value: Any) -> Any:
        self.is_plain = False
        try:
            place = self.context.table.place(value)
            if place is not None:
                return rebuild.attribute, place
            _, reduce, is_final = self.context.route(type(value))
            self.has_finalisers |= is_final
            return reduce(self, value)
        except rebuild.Unavailable as error:
            return hole(str(error))
        except (MemoryError, KeyboardInterrupt):
            raise
        except RecursionError:
            return self.give_up(value)
        except BaseException as error:
            return hole(describe(value, error))

    def give_up(self, value: Any) -> Any:
        """There was no room on the stack: for a slower pickler, which has more, to try."""
        raise


def hole(reason: str) -> tuple[Any, ...]:
    return rebuild.missing, (reason,)


def checked(value: Any, reduced: Any) -> Any:
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
            place = kinds.place_of_sentinel(value)
            if place is not None:
                return rebuild.attribute, place
        if not is_what_it_says(value, arguments[0]):
            maker = rebuild.new
    if module_of(type(value)) == "__main__":
        # Its items come from code of the user's, which may fail halfway.
        rest[1:3] = [each and iter(list(each)) for each in rest[1:3]]
    return (maker, arguments, *rest)


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
    module = pickle.whichmodule(value, name)  # pyright: ignore[reportAttributeAccessIssue]
    if module != "__main__" and follow(sys.modules.get(module), name) is value:
        return rebuild.attribute, (module, name)
    return instances.reduce_instance(value)
