"""Which kinds of objects are saved in a way of their own."""

from __future__ import annotations

import sys
import types

from .. import rebuild
from ..missing import Missing, reason_of
from ..values.module_registry import is_module
from ..values.naming import identity, is_type, module_of, of_type
from . import arrays, definitions, files, objects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

    Reducer = Callable[[Any, Any], Any]

SINGLE = (
    *(("os", "environ"), ("os", "environb"), ("random", "_inst"), ("numpy.random", "mtrand._rand")),
    *(("matplotlib", "rcParams"), ("matplotlib", "rcParamsDefault")),
    *(("dataclasses", "MISSING"), ("dataclasses", "KW_ONLY"), ("dataclasses", "_HAS_DEFAULT_FACTORY")),
    *(("dataclasses", "_FIELD"), ("dataclasses", "_FIELD_CLASSVAR"), ("dataclasses", "_FIELD_INITVAR")),
)
"""Objects of which there is one: a copy would not be it."""


SURE = (
    *(types.FunctionType, types.CodeType, types.CellType, types.MethodType, types.ModuleType),
    *(classmethod, staticmethod, property, definitions.Scope),
)


class Table:
    """The reducers by type, those of libraries only where they are loaded."""

    def __init__(self) -> None:
        found = {**of_python(), **of_loaded()}
        self._reducers = {identity(kind): reducer for kind, reducer in found.items()}
        self._sure = frozenset(map(identity, SURE))
        self._sentinels = Sentinels()
        self._single = {identity(each): place for each, place in single()}

    def find(self, kind: type) -> Reducer | None:
        return self._reducers.get(identity(kind))

    def is_sure(self, kind: type) -> bool:
        """Whether objects of the type come back as they are, with what they hold."""
        return identity(kind) in self._sure

    def place_of_sentinel(self, value: Any) -> tuple[str, str] | None:
        return self._sentinels.place(value)

    def place(self, value: Any) -> tuple[str, str] | None:
        """Return the module and the name under which an object is found that there is one of."""
        return self._single.get(identity(value))


def of_python() -> dict[type, Reducer]:
    import _thread
    import functools
    import io

    from ...stdio.streams import Stream

    opened = (io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.FileIO)
    found: dict[type, Reducer] = {
        types.FunctionType: definitions.reduce_function,
        definitions.Scope: lambda pickler, value: value.reduce(),
        Missing: lambda pickler, value: (rebuild.missing, (reason_of(value),)),
        types.CodeType: definitions.reduce_code,
        types.CellType: definitions.reduce_cell,
        types.MethodType: definitions.reduce_method,
        types.ModuleType: definitions.reduce_module,
        types.MappingProxyType: definitions.reduce_proxy,
        classmethod: definitions.reduce_wrapped,
        staticmethod: definitions.reduce_wrapped,
        property: definitions.reduce_property,
        type(functools.lru_cache(1)(abs)): definitions.reduce_cached,
        memoryview: arrays.reduce_memoryview,
        _thread.LockType: lambda pickler, value: (rebuild.lock, ("lock",)),
        _thread.RLock: lambda pickler, value: (rebuild.lock, ("RLock",)),
        **{kind: files.reduce_file for kind in opened},
        **of_references(),
        **{type(getattr({}, name)()): objects.reduce_dict_view for name in ("keys", "values", "items")},
        Stream: files.reduce_stream,
    }
    if sys.stdin is not None:
        found.setdefault(type(sys.stdin), files.reduce_stream)
    return found


def of_references() -> dict[type, Reducer]:
    import weakref

    return {
        weakref.ref: objects.reduce_reference,
        weakref.ProxyType: objects.reduce_weak_proxy,
        weakref.CallableProxyType: objects.reduce_weak_proxy,
        weakref.WeakMethod: lambda pickler, value: (rebuild.weak_method, (value(),)),
        weakref.WeakSet: lambda pickler, value: (rebuild.weak_set, (list(value),)),
        weakref.WeakValueDictionary: lambda pickler, value: (rebuild.weak_values, (dict(value),)),
        weakref.WeakKeyDictionary: objects.reduce_weak_keys,
    }


def of_loaded() -> dict[type, Reducer]:
    """Return the reducers of what belongs to modules that few sessions load."""
    found: dict[type, Reducer] = {}
    for module, name, reducer in LOADED:
        kind = getattr(sys.modules.get(module), name, None)
        if isinstance(kind, type):
            found[kind] = reducer
    return found


LOADED: tuple[tuple[str, str, Reducer], ...] = (
    ("numpy", "ndarray", arrays.reduce_array),
    ("numpy", "memmap", arrays.reduce_memory_map),
    ("contextvars", "ContextVar", objects.reduce_context_variable),
    ("struct", "Struct", lambda pickler, value: (rebuild.structure, (value.format,))),
    ("types", "LazyImportType", objects.reduce_lazy_import),
    ("functools", "partialmethod", objects.reduce_partial_method),
    ("typing", "NewType", objects.reduce_new_type),
    ("typing", "TypeVar", definitions.reduce_type_variable),
    ("typing", "ParamSpec", definitions.reduce_type_variable),
    ("typing", "TypeVarTuple", definitions.reduce_type_variable),
    ("typing", "TypeAliasType", definitions.reduce_alias),
    ("ctypes", "CDLL", objects.reduce_library),
    ("ctypes", "PyDLL", objects.reduce_library),
    ("matplotlib.figure", "Figure", objects.reduce_figure),
    ("logging", "Logger", objects.reduce_logger),
    ("logging", "RootLogger", objects.reduce_logger),
)


def single() -> list[tuple[Any, tuple[str, str]]]:
    found = []
    for module, path in SINGLE:
        value: Any = sys.modules.get(module)
        for part in path.split("."):
            value = getattr(value, part, None)
        if value is not None:
            found.append((value, (module, path)))
    return found


class Sentinels:
    """Finds where modules have objects that hold nothing, and are there to be told from all others."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[Any, tuple[str, str]]] | None = None
        """Of those that are just `object()`, by their identity."""

    def place(self, value: Any) -> tuple[str, str] | None:
        if type(value) is object:
            if self._places is None:
                self._places = {identity(each): (each, place) for each, place in bare_objects()}
            return self._places.get(identity(value), (None, None))[1]
        module = module_of(type(value))
        for name, each in list(vars(sys.modules.get(module, types)).items()):
            if each is value and module != "__main__":
                return module, name
        return None


def bare_objects() -> Iterator[tuple[Any, tuple[str, str]]]:
    """Yield what is just an `object()` in a module or in a class of one, with its place."""
    for module, found in list(sys.modules.items()):
        if module == "__main__" or not is_module(found):
            continue
        for name, each in list(vars(found).items()):
            if type(each) is object:
                yield each, (module, name)
            elif is_type(each) and module_of(each) == module:
                for inner, one in list(of_type("__dict__", each).items()):
                    if type(one) is object:
                        yield one, (module, "%s.%s" % (name, inner))
