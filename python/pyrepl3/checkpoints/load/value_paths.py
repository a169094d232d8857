"""Say where in a value something is, as Python would write it."""

from __future__ import annotations

import gc
import types
from collections import deque

from ..missing import Missing, reason_of
from ..rebuild import Reopened
from ..reduce.instances import slots_of, stored_in
from ..values import parts
from ..values.groups import is_leaf
from ..values.naming import identity, is_importable, is_type, of_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

BUDGET = 200_000
"""So many objects are looked at for one value."""
MOST = 20
"""So many places are named."""
DEFINITIONS = frozenset(map(identity, (types.FunctionType, types.CellType, types.MethodType)))
SHORT = frozenset(map(identity, (int, float, bool, str, bytes)))
"""Types of keys that are shown."""


def find(name: str, value: Any, doubtful: list[Missing]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the holes of a value, each with path and reason, and what in it is opened again."""
    holes: list[dict[str, str]] = []
    reopened: list[str] = []
    seen = {identity(each) for each in doubtful}
    waiting = deque([(name, value)])
    while waiting and len(seen) < BUDGET and len(holes) < MOST:
        path, each = waiting.popleft()
        if is_leaf(each) or identity(each) in seen:
            continue
        seen.add(identity(each))
        if type(each) is Missing:
            holes.append({"path": path, "reason": reason_of(each)})
        elif type(each) is Reopened:
            reopened.append(each.detail)
        else:
            waiting.extend(within(path, each, type(each)))
    return holes, reopened


def within(path: str, value: Any, kind: type) -> Iterator[tuple[str, Any]]:
    """Yield what an object holds, with the expression for it."""
    if issubclass(kind, dict):
        for key, each in list(dict.items(value)):
            yield "%s[%s]" % (path, short(key)), each
            yield "%s (a key)" % path, key
    for base in (list, tuple):
        if issubclass(kind, base):
            for index, each in enumerate(list(base.__iter__(value))):
                yield "%s[%d]" % (path, index), each
    if issubclass(kind, (set, frozenset)):
        for each in gc.get_referents(value):
            yield "%s (an element)" % path, each
    elif issubclass(kind, deque):
        for index, each in enumerate(list(deque.__iter__(value))):
            yield "%s[%d]" % (path, index), each
    elif is_type(value) or identity(kind) in DEFINITIONS:
        yield from within_definition(path, value, kind)
    elif kind is not types.ModuleType:
        yield from attributes(path, value)


def within_definition(path: str, value: Any, kind: type) -> Iterator[tuple[str, Any]]:
    if kind is types.FunctionType:
        for each in parts.of_function(value):
            yield "%s (a part of the function)" % path, each
    elif not is_type(value):
        for each in gc.get_referents(value):
            yield path, each
    elif not is_importable(value):
        for key, each in list(of_type("__dict__", value).items()):
            yield "%s.%s" % (path, key), each


def attributes(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    stored = {**(stored_in(value) or {}), **(slots_of(value, type(value)) or {})}
    for key, each in list(stored.items()):
        yield "%s.%s" % (path, key), each
    known = {identity(each) for each in stored.values()}
    for each in gc.get_referents(value):
        if identity(each) not in known and not is_type(each) and not is_own_dictionary(each, value):
            yield "a part of %s" % path if " of " not in path else path, each


def is_own_dictionary(each: Any, value: Any) -> bool:
    try:
        return object.__getattribute__(value, "__dict__") is each
    except Exception:
        return False


def short(key: Any) -> str:
    parts = key if type(key) is tuple else (key,)
    if all(identity(type(part)) in SHORT for part in parts):
        words = repr(key)
        return words if len(words) < 60 else words[:59] + "…"
    return "…"
