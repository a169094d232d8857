"""Objects of Python's own that pickle does not know, or would lose something of."""

from __future__ import annotations

from .load_context import current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def new(kind: Any, *arguments: Any) -> Any:
    """Return an object without state, whatever it says that it is."""
    return kind.__new__(kind, *arguments)


def instance(base: Any, kind: Any, *arguments: Any) -> Any:
    """Return an object without state, made by a class of Python's own that its own is derived from."""
    return base.__new__(kind, *arguments)


def set_state(made: Any, state: Any) -> None:
    """Give an object what it stores, past what its class does when that is set or asked for."""
    stored, slots, items = state if type(state) is tuple else (state, None, None)
    if stored:
        object.__getattribute__(made, "__dict__").update(stored)
    for name, value in (slots or {}).items():
        object.__setattr__(made, name, value)
    if type(items) is dict:
        dict.update(made, items)
    elif type(items) is list:
        list.extend(made, items)


def lock(kind: str) -> Any:
    """Return a lock that nobody holds."""
    import _thread

    return _thread.RLock() if kind == "RLock" else _thread.allocate_lock()


def reference(target: Any) -> Any:
    """Return a weak reference; its target lives as long as something else of the session holds it."""
    import weakref

    return weakref.ref(gone() if target is None else target)


def weak_proxy(target: Any) -> Any:
    import weakref

    return weakref.proxy(gone() if target is None else target)


def gone() -> Any:
    """Return an object that nobody will hold."""
    return type("Gone", (), {})()


def weak_values(items: dict[Any, Any]) -> Any:
    import weakref

    return weakref.WeakValueDictionary(items)


def weak_keys() -> Any:
    import weakref

    return weakref.WeakKeyDictionary()


def weak_set(items: list[Any]) -> Any:
    import weakref

    return weakref.WeakSet(items)


def weak_method(method: Any) -> Any:
    import weakref

    return weakref.WeakMethod(method)


def dict_view(whole: Any, kind: str) -> Any:
    return {"keys": dict.keys, "values": dict.values, "items": dict.items}[kind](whole)


def context_variable(name: str, default: tuple[Any, ...], value: tuple[Any, ...]) -> Any:
    import contextvars

    made: Any = contextvars.ContextVar(name, default=default[0]) if default else contextvars.ContextVar(name)
    if value and not current.is_trial:
        made.set(value[0])
    return made


def partial_method(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    import functools

    return functools.partialmethod(function, *arguments, **keywords)


def lazy_import(module: str | None, name: str) -> Any:
    """Return an import that happens when its name is used, as only a statement can make one."""
    made: dict[str, Any] = {}
    exec("lazy import %s" % name if module is None else "lazy from %s import %s" % (module, name), made)
    return made[name.partition(".")[0]]


def structure(format: str) -> Any:
    import struct

    return struct.Struct(format)


def library(kind: Any, name: str, functions: dict[str, tuple[Any, Any]]) -> Any:
    made = kind(name)
    for function, (arguments, result) in functions.items():
        getattr(made, function).argtypes, getattr(made, function).restype = arguments, result
    return made


def logger(name: str) -> Any:
    import logging

    return logging.getLogger(name) if name else logging.getLogger()


def exception(base: Any, kind: type[BaseException], arguments: tuple[Any, ...]) -> BaseException:
    """Return an exception as Python's own class makes it: its `__init__` may want other arguments."""
    made = base.__new__(kind, *arguments)
    base.__init__(made, *arguments)
    return made


def set_exception(made: BaseException, state: dict[str, Any]) -> None:
    made.__cause__, made.__context__, made.__suppress_context__ = state.pop("__chain__")
    made.__setstate__(state)
