"""Functions and what is in them, type variables and modules."""

from __future__ import annotations

import gc
import sys
import types

from .. import rebuild
from ..values.module_registry import SESSION, is_imported
from ..values.naming import follow, identity, interned, is_importable, module_of, name_of, qualname_of
from ..values.parts import own_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TRAITS = ("bound", "covariant", "contravariant", "infer_variance", "default")
"""What a type variable may be told when it is made."""


class Definitions:
    """What the definitions of a session are called in its checkpoint."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.classes: dict[str, type] = {}
        """By their numbers."""
        self._numbers: dict[int, str] = {}

    def number(self, kind: type) -> str:
        """Return what tells a class from others of its name: the same in the next checkpoint."""
        known = self._numbers.get(identity(kind))
        if known is None:
            name, count = "%s:%s" % (module_of(kind), qualname_of(kind)), 0
            while "%s:%d" % (name, count) in self.classes:
                count += 1
            known = self._numbers[identity(kind)] = "%s:%d" % (name, count)
            self.classes[known] = kind
        return known

    def bound_name(self, definition: Any) -> str | None:
        """Return the name of a definition that stands for it in the session."""
        name = sys.intern(name_of(definition))
        return name if self.namespace.get(name) is definition else None


class Scope:
    """Unpickles to the dictionary in which functions look up names."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner

    def reduce(self) -> tuple[Any, ...]:
        if self._owner == SESSION:
            return rebuild.session, ()
        return rebuild.globals_of, (self._owner,)


def reduce_function(pickler: Any, value: types.FunctionType) -> Any:
    if is_importable(value):
        return NotImplemented
    state = state_of(value)
    if not is_known(pickler, value.__globals__):
        state["__globals__"] = own_names(value)
    made_of = value.__code__, scope_of(pickler, value.__globals__), value.__closure__
    bound = pickler.context.definitions.bound_name(value)
    return rebuild.function, (*made_of, bound), state, None, None, rebuild.set_function


def is_known(pickler: Any, names: dict[str, Any]) -> bool:
    """Whether the whole of a dictionary of names is saved, or somebody else's."""
    graph = pickler.context.graph
    return graph.registry.find(names) is not None or graph.knows(names)


def scope_of(pickler: Any, names: dict[str, Any]) -> Any:
    """Return what stands for a dictionary of names: itself, where a name of the session leads to it."""
    owner = pickler.context.graph.registry.find(names)
    if owner is None and pickler.context.graph.knows(names):
        return names
    # One for all functions of a dictionary; each brings the names that it uses.
    if identity(names) not in pickler.scopes:
        kept = {key: names[key] for key in ("__name__",) if key in names}
        pickler.scopes[identity(names)] = kept if owner is None else Scope(owner)
    return pickler.scopes[identity(names)]


def state_of(function: types.FunctionType) -> dict[str, Any]:
    state: dict[str, Any] = {
        "__dict__": dict(function.__dict__),
        # What is interned is one object, and stays one in a session that came back.
        "__name__": sys.intern(function.__name__),
        "__qualname__": sys.intern(function.__qualname__),
        "__module__": interned(function.__module__),
        "__doc__": function.__doc__,
        "__defaults__": function.__defaults__,
        "__kwdefaults__": function.__kwdefaults__,
    }
    if sys.version_info >= (3, 14):
        state["__annotate__"] = function.__annotate__
    else:
        state["__annotations__"] = function.__annotations__
    if sys.version_info >= (3, 12):
        state["__type_params__"] = function.__type_params__
    return state


def reduce_code(pickler: Any, value: types.CodeType) -> Any:
    import marshal
    from importlib.util import MAGIC_NUMBER

    try:
        # Without references, whose flags depend on who else holds an object.
        data = marshal.dumps(value, 2)
    except ValueError:
        data = marshal.dumps(value)  # A slice among the constants, since Python 3.14.
    return rebuild.code, (data, MAGIC_NUMBER)


def reduce_cell(pickler: Any, value: types.CellType) -> Any:
    try:
        contents = (value.cell_contents,)
    except ValueError:
        return rebuild.cell, ()
    return rebuild.cell, (), contents, None, None, rebuild.set_cell


def reduce_method(pickler: Any, value: types.MethodType) -> Any:
    return types.MethodType, (value.__func__, value.__self__)


def reduce_wrapped(pickler: Any, value: Any) -> Any:
    """Save a `classmethod` or `staticmethod`."""
    return type(value), (value.__func__,)


def reduce_property(pickler: Any, value: property) -> Any:
    return property, (value.fget, value.fset, value.fdel, value.__doc__)


def reduce_proxy(pickler: Any, value: types.MappingProxyType[Any, Any]) -> Any:
    return types.MappingProxyType, (gc.get_referents(value)[0],)


def reduce_cached(pickler: Any, value: Any) -> Any:
    if is_importable(value):
        return NotImplemented
    if hasattr(value, "cache_parameters"):
        size, typed = value.cache_parameters()["maxsize"], value.cache_parameters()["typed"]
    else:
        size, typed = value.cache_info().maxsize, False
    bound = pickler.context.definitions.bound_name(value)
    stored = {key: interned(each) for key, each in value.__dict__.items()}
    return rebuild.cached, (value.__wrapped__, size, typed, bound), stored


def reduce_type_variable(pickler: Any, value: Any) -> Any:
    name = value.__name__
    module = sys.modules.get(value.__module__ or "")
    if module not in (None, sys.modules["__main__"]) and follow(module, name) is value:
        return rebuild.attribute, (module.__name__, name)
    traits = {each: getattr(value, "__%s__" % each, None) for each in TRAITS}
    if type(value).__name__ == "TypeVarTuple" or not has_default(value):
        traits.pop("default")
    kept = {key: trait for key, trait in traits.items() if trait}
    constraints = getattr(value, "__constraints__", ())
    return rebuild.type_variable, (type(value).__name__, name, constraints, kept, value.__module__)


def has_default(variable: Any) -> bool:
    return hasattr(variable, "has_default") and variable.has_default()


def reduce_alias(pickler: Any, value: Any) -> Any:
    """Save what `type X = ...` made."""
    return rebuild.alias, (value.__name__, value.__value__, value.__type_params__)


def reduce_module(pickler: Any, value: types.ModuleType) -> Any:
    if is_imported(value):
        return rebuild.module, (value.__name__,)
    pickler.context.graph.registry.add(value)
    names = {name: each for name, each in vars(value).items() if name != "__builtins__"}
    return rebuild.new_module, (value.__name__,), names, None, None, rebuild.set_module
