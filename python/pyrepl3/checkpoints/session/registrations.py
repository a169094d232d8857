"""What the session has entered into tables of Python's: builtins, abstract classes, codecs and others."""

from __future__ import annotations

import abc
import gc
import sys

from ..reduce.classes import registered_in
from ..values.naming import is_importable, is_of_python, is_type, module_of, of_type, type_name
from .process_state import at_save
from .setting import Setting, each_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

ERROR_HANDLERS = (
    *("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace"),
    *("surrogatepass", "surrogateescape"),
)
"""Python's own."""


def set_builtins(builtins: Any, found: dict[str, Any]) -> None:
    each_there(found, vars(builtins).__setitem__, str)


def registered(module: Any) -> list[tuple[type, list[type]]]:
    """Return the abstract classes of libraries, each with the classes of the session that count as theirs."""
    if not any(is_type(each) for each in vars(sys.modules["__main__"]).values()):
        return []
    found = []
    for kind in abstract_classes():
        own = [each for each in registered_in(kind) if not (is_importable(each) or is_of_python(each))]
        if own and is_importable(kind):
            found.append((kind, own))
    return sorted(found, key=lambda pair: type_name(pair[0]))


def abstract_classes() -> Iterator[type]:
    """Yield all classes that others can be registered with."""
    waiting: list[type] = [object]
    seen: set[int] = set()
    while waiting:
        kind = waiting.pop()
        if id(kind) in seen:
            continue
        seen.add(id(kind))
        if issubclass(type(kind), abc.ABCMeta):
            yield kind
        waiting += of_type("__subclasses__", kind)()


def set_registered(module: Any, found: list[tuple[type, list[type]]]) -> None:
    pairs = {(kind, each): each for kind, classes in found for each in classes}
    each_there(pairs, lambda pair, each: module.ABCMeta.register(pair[0], each), repr)


def error_handlers(codecs: Any) -> dict[str, Any]:
    """Return what the session has registered for characters that cannot be encoded or decoded."""
    for each in gc.get_referrers(codecs.lookup_error("strict")):
        if type(each) is dict and all(name in each for name in ERROR_HANDLERS):
            return {name: each[name] for name in sorted(each) if name not in ERROR_HANDLERS}
    return {}


def set_error_handlers(codecs: Any, found: dict[str, Any]) -> None:
    each_there(found, codecs.register_error, str)


def codecs_of_session(codecs: Any) -> list[Any]:
    """Return the functions of the session that search for encodings."""
    import encodings

    for each in gc.get_referrers(encodings.search_function):
        if type(each) is list and each and each[0] is encodings.search_function:
            return [function for function in each[1:] if module_of(function) == "__main__"]
    return []


def set_codecs(codecs: Any, found: list[Any]) -> None:
    each_there(dict(enumerate(found)), lambda _, function: codecs.register(function), str)


def reducers(copyreg: Any) -> list[tuple[Any, Any]]:
    table = copyreg.dispatch_table.items()
    return [(kind, each) for kind, each in table if "__main__" in (module_of(kind), module_of(each))]


def set_reducers(copyreg: Any, found: list[tuple[Any, Any]]) -> None:
    for kind, reduce in found:
        each_there({kind: reduce}, copyreg.pickle, repr)


def callbacks(gc: Any) -> list[Any]:
    return [each for each in gc.callbacks if module_of(each) == "__main__"]


SETTINGS: dict[str, Setting] = {
    ":abc": Setting("classes registered with others", "abc", registered, set_registered, lambda _: []),
    ":codecs": Setting(
        "error handlers of codecs", "codecs", error_handlers, set_error_handlers, lambda _: {}
    ),
    ":codecs.search": Setting(
        "functions that find codecs", "codecs", codecs_of_session, set_codecs, lambda _: []
    ),
    ":copyreg": Setting("the functions in copyreg", "copyreg", reducers, set_reducers, lambda _: []),
    ":gc.callbacks": Setting(
        "gc.callbacks", "gc", callbacks, lambda module, value: module.callbacks.extend(value), lambda _: []
    ),
    ":builtins": Setting(
        "names put into builtins", "builtins", lambda _: at_save["builtins"], set_builtins, lambda _: {}
    ),
}
