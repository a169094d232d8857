"""Find the text of a function or class, from which it can be made again where nothing else works."""

from __future__ import annotations

import ast
import functools
import linecache
import types

from ...language import sources
from ..values.naming import is_type, module_of, name_of, of_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_WRAPPERS = 100
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def source_of(value: Any, namespace: dict[str, Any]) -> str | None:
    """Return the text of a definition of the session's, with its decorators."""
    value = unwrapped(value)
    code = code_of(value, namespace)
    if code is not None:
        text = sources.texts().get(code.co_filename) or "".join(linecache.getlines(code.co_filename))
        return definition_in(text, name_of(value), code.co_firstlineno)
    if is_type(value) and module_of(value) == "__main__":
        return definition_in(sources.text_of_class(name_of(value)), name_of(value), None)
    return None


def definition_in(text: str, name: str, line: int | None) -> str | None:
    """Return the text of the definition of this name, the last one or the one that the line is in."""
    for node in reversed(definitions_in(text)):
        if node.name == name and (line is None or begin_of(node) <= line <= node.end_lineno):
            return "".join(sources.split(text)[begin_of(node) - 1 : node.end_lineno])
    return None


def unwrapped(value: Any) -> Any:
    """Return the function that decorators have wrapped, as `functools.wraps` tells."""
    for _ in range(MOST_WRAPPERS):
        try:
            # A metaclass may have a `__dict__` of its own, which is the user's code.
            own = of_type("__dict__", value) if is_type(value) else object.__getattribute__(value, "__dict__")
            value = own["__wrapped__"]
        except Exception:
            break
    return value


@functools.lru_cache(64)
def definitions_in(text: str) -> list[Any]:
    """Return the definitions that stand by themselves, not in functions, of a text."""
    try:
        return [node for node in ast.parse(text).body if isinstance(node, DEFINITIONS)]
    except (SyntaxError, ValueError):
        return []


def code_of(value: Any, namespace: dict[str, Any]) -> types.CodeType | None:
    """Return a code object that was compiled with the definition."""
    if type(value) is types.FunctionType:
        return value.__code__ if value.__globals__ is namespace else None
    if is_type(value):
        for each in of_type("__dict__", value).values():
            if type(each) is types.FunctionType and each.__globals__ is namespace:
                if each.__code__.co_filename.startswith("<string>"):
                    continue  # Made by `dataclasses` and the like.
                return each.__code__
    return None


def begin_of(node: Any) -> int:
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])
