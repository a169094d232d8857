"""Functions, and what is in them."""

from __future__ import annotations

import builtins
import types

from ..missing import Missing, reason_of
from .load_context import Probed, Unavailable, current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Union

    Owner = Union[str, types.ModuleType]


FOREIGN = "it is byte code of another version of Python"


class Foreign:
    """Stands for byte code that this version of Python does not know."""


def session() -> dict[str, Any]:
    """Return the namespace that the functions of the session see."""
    return current.namespace


def globals_of(owner: Owner) -> dict[str, Any]:
    """Return the dictionary of a module, which may be one that was made by hand."""
    import importlib

    return (importlib.import_module(owner) if isinstance(owner, str) else owner).__dict__


def attribute(module: str, path: str) -> Any:
    """Return what a module has under a dotted name."""
    import importlib

    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


def code(data: bytes, magic: bytes) -> Any:
    import marshal
    from importlib.util import MAGIC_NUMBER

    if magic != MAGIC_NUMBER:
        if current.is_probing:
            raise Probed
        return Foreign()
    made = marshal.loads(data)
    current.codes.append(made)
    return made


def cell() -> types.CellType:
    return types.CellType()


def set_cell(made: types.CellType, contents: tuple[Any]) -> None:
    (made.cell_contents,) = contents


def function(
    body: Any, scope: dict[str, Any], closure: tuple[types.CellType, ...] | None, bound: str | None
) -> types.FunctionType:
    if type(body) is Foreign:
        found = current.redefined_as(bound, types.FunctionType)
        if found is None:
            raise Unavailable(FOREIGN)
        return found
    if "__builtins__" not in scope:
        scope["__builtins__"] = builtins
    return types.FunctionType(body, scope, None, None, closure)


def set_function(made: types.FunctionType, state: dict[str, Any]) -> None:
    made.__dict__.update(state.pop("__dict__"))
    for name, value in state.pop("__globals__", {}).items():
        made.__globals__.setdefault(name, value)
    for name, value in state.items():
        try:
            setattr(made, name, value)
        except (AttributeError, TypeError):
            continue  # This version of Python does not have it.


def cached(body: Any, size: int | None, typed: bool, bound: str | None) -> Any:
    """Return a function with `functools.lru_cache`, its cache empty."""
    import functools

    if type(body) is Missing:
        found = current.redefined_as(bound, object)
        if found is None:
            raise Unavailable(reason_of(body))
        return found
    return functools.lru_cache(size, typed)(body)


def new_type(name: str, kind: Any, module: str) -> Any:
    import typing

    made: Any = typing.NewType(name, kind)  # pyright: ignore[reportArgumentType]
    made.__module__ = module
    return made


def type_variable(
    kind: str, name: str, constraints: tuple[Any, ...], traits: dict[str, Any], module: str
) -> Any:
    import typing

    made = getattr(typing, kind)(name, *constraints, **traits)
    try:
        made.__module__ = module
    except AttributeError:
        pass  # Where it is written in C it is for good that of whoever made it.
    return made


def alias(name: str, value: Any, parameters: tuple[Any, ...]) -> Any:
    """Return what `type X = ...` makes."""
    import typing

    return typing.TypeAliasType(name, value, type_params=parameters)  # type: ignore[attr-defined]


def module(name: str) -> types.ModuleType:
    import importlib

    return importlib.import_module(name)


def new_module(name: str) -> types.ModuleType:
    return types.ModuleType(name)


def set_module(made: types.ModuleType, names: dict[str, Any]) -> None:
    made.__dict__.update(names)
