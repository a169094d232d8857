"""What an object holds, where the garbage collector does not tell, or tells more than is saved."""

from __future__ import annotations

import _weakref
import gc
import types

from .naming import identity, module_of, mro_of, qualname_of
from .unpicklable import unpicklable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

    from .module_registry import ModuleRegistry

    Teller = Callable[[Any], "list[Any]"]

LOGGERS = ("logging.Logger", "logging.RootLogger")
"""Are saved by their names alone."""
PROXIES = (_weakref.ProxyType, _weakref.CallableProxyType)


class Parts:
    """Knows of each type what tells the parts of its objects."""

    def __init__(self, registry: ModuleRegistry) -> None:
        self._registry = registry
        self._known: dict[int, tuple[type, Teller | None]] = {}
        """By the identity of the type, which is held here so that it stays this one's."""

    def teller(self, kind: type) -> Teller | None:
        """Return what tells the parts of an object of this type; `None` where the garbage collector does."""
        known = self._known.get(identity(kind))
        if known is None:
            known = self._known[identity(kind)] = kind, self._find(kind)
        return known[1]

    def _find(self, kind: type) -> Teller | None:
        return self._of_function if kind is types.FunctionType else find(kind)

    def _of_function(self, function: types.FunctionType) -> list[Any]:
        is_own = self._registry.find(function.__globals__) is None
        return [*of_function(function), *(own_names(function).values() if is_own else ())]


def find(kind: type) -> Teller | None:
    if issubclass(kind, type):
        return of_class
    if issubclass(kind, types.ModuleType):
        return lambda value: list(vars(value).values())
    if issubclass(kind, _weakref.ReferenceType) or any(kind is each for each in PROXIES):
        return of_reference
    if is_array(kind):
        return of_array
    if unpicklable(kind) or "%s.%s" % (module_of(kind), qualname_of(kind)) in LOGGERS:
        return lambda value: []
    return None


def of_function(function: types.FunctionType) -> list[Any]:
    """Return what goes with a function, but for the names that it looks up."""
    return [
        *(function.__closure__ or ()),
        *(function.__defaults__ or ()),
        *(function.__kwdefaults__ or {}).values(),
        *function.__dict__.values(),
        *annotations_of(function).values(),
    ]


def annotations_of(function: types.FunctionType) -> dict[str, Any]:
    """Return a function's annotations; none where Python 3.14 cannot work them out."""
    try:
        return function.__annotations__
    except Exception:
        return {}


def own_names(function: types.FunctionType) -> dict[str, Any]:
    """Return the names that a function uses of the dictionary in which it looks them up."""
    scope = function.__globals__
    return {name: scope[name] for name in dict.fromkeys(used_names(function.__code__)) if name in scope}


def used_names(code: types.CodeType) -> Iterator[str]:
    """Yield the names that code looks up, and some attributes among them."""
    yield from code.co_names
    for constant in code.co_consts:
        if type(constant) is types.CodeType:
            yield from used_names(constant)


def of_class(kind: type) -> list[Any]:
    body = type.__dict__["__dict__"].__get__(kind)
    return [*body.values(), *type.__dict__["__bases__"].__get__(kind), type(kind)]


def of_reference(reference: Any) -> list[Any]:
    target = target_of(reference)
    return [] if target is None else [target]


def target_of(reference: Any) -> Any:
    """Return what a weak reference or proxy leads to; `None` where that is gone."""
    if issubclass(type(reference), _weakref.ReferenceType):
        return _weakref.ReferenceType.__call__(reference)
    try:
        return reference.__reduce_ex__.__self__
    except (AttributeError, ReferenceError):
        return None


def is_array(kind: type) -> bool:
    return any(qualname_of(base) == "ndarray" and module_of(base) == "numpy" for base in mro_of(kind))


def of_array(array: Any) -> list[Any]:
    """Return the objects in an array, and what is beside its memory."""
    held = gc.get_referents(array)
    return [*held, *array.ravel("K").tolist()] if array.dtype.kind == "O" else held


def overlap(arrays: list[Any]) -> bool:
    """Whether some arrays of the same memory have a part of it in common."""
    spans = sorted(map(span_of, arrays))
    return any(other[0] < one[1] for one, other in zip(spans, spans[1:]))


def span_of(array: Any) -> tuple[int, int]:
    """Return where an array's memory begins and ends."""
    first = array.__array_interface__["data"][0]
    steps = [(count - 1) * step for count, step in zip(array.shape, array.strides)] if array.size else []
    begin = first + sum(step for step in steps if step < 0)
    return begin, first + sum(step for step in steps if step > 0) + (array.itemsize if array.size else 0)
