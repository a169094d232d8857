"""Tell how a value came back otherwise than it was, without running the user's code."""

from __future__ import annotations

from ..missing import Missing
from ..rebuild import Reopened
from ..values.groups import is_leaf
from ..values.module_registry import is_module
from ..values.naming import defined, identity, is_type, module_of, qualname_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BUDGET = 20_000
"""So many pairs of objects are compared for one value."""
BY_VALUE = frozenset(map(identity, (int, float, complex, bool, str, bytes, bytearray)))
SIZED = (list, tuple, dict, set, frozenset, str, bytes, bytearray)
STATE = ("__getstate__", "__reduce__", "__reduce_ex__")
TABULAR = frozenset(("numpy", "pandas", "polars", "scipy", "torch", "jax", "pyarrow", "xarray"))


def find(before: Any, after: Any) -> str:
    """Return a difference as a clause; empty where there is none, as far as a bounded look tells."""
    waiting = [(before, after)]
    seen: set[int] = set()
    while waiting and len(seen) < BUDGET:
        one, other = waiting.pop()
        if identity(one) in seen or is_stand_in(one) or is_stand_in(other):
            continue
        seen.add(identity(one))
        clause = differ(one, other)
        if clause:
            return clause
        waiting += pairs(one, other)
    return ""


def is_stand_in(value: object) -> bool:
    return type(value) is Missing or type(value) is Reopened


def differ(one: Any, other: Any) -> str:
    kind = type(one)
    name = qualname_of(kind)
    if kind is not type(other) and not is_same_class(kind, type(other)):
        return "%s became %s" % (name, qualname_of(type(other)))
    if identity(kind) in BY_VALUE:
        return "" if one == other or one != one else "a value became another (%s)" % name
    for measure in (size, shape):
        before, after = measure(one), measure(other)
        if before != after:
            return "%s of %s became one of %s" % (name, before, after)
    lost = attributes(one).keys() - attributes(other).keys() if not sets_own_state(kind) else ()
    return "%s lost its attribute %s" % (name, min(map(str, lost))) if lost else ""


def is_same_class(one: type, other: type) -> bool:
    return (module_of(one), qualname_of(one)) == (module_of(other), qualname_of(other))


def size(value: Any) -> int | None:
    """Return how many items a container has, whatever its own class says."""
    for base in SIZED:
        if issubclass(type(value), base):
            return base.__len__(value)
    return None


def shape(value: Any) -> Any:
    """Return what arrays and tables say of themselves, where theirs is plain data."""
    if module_of(type(value)).partition(".")[0] not in TABULAR:
        return None
    try:
        found = value.shape
        return (found, str(getattr(value, "dtype", None))) if type(found) is tuple else None
    except Exception:
        return None  # What cannot be asked about its shape has none to be compared.


def pairs(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """Return what is to be compared within the two."""
    kind = type(one)
    if is_leaf(one) or is_type(one) or is_module(one):
        return []
    found: list[tuple[Any, Any]] = []
    for base in (list, tuple):
        if issubclass(kind, base):
            found += zip(base.__iter__(one), base.__iter__(other))
    if issubclass(kind, dict):
        found += pairs_of_items(one, other)
    before, after = attributes(one), attributes(other)
    return found + [(before[key], after[key]) for key in before if key in after]


def pairs_of_items(one: Any, other: Any) -> list[tuple[Any, Any]]:
    keys = [
        key for key in dict.keys(one) if identity(type(key)) in BY_VALUE and dict.__contains__(other, key)
    ]
    return [(dict.__getitem__(one, key), dict.__getitem__(other, key)) for key in keys]


def attributes(value: Any) -> dict[str, Any]:
    """Return what the instance itself stores, where its class leaves that to pickle."""
    if has_own_state(type(value)):
        return {}
    try:
        stored = object.__getattribute__(value, "__dict__")
    except Exception:
        return {}
    return stored if type(stored) is dict else {}


def sets_own_state(kind: type) -> bool:
    """Whether the class says itself what an object gets of what was saved, and leaves some of it out."""
    return defined(kind, "__setstate__") is not None


def has_own_state(kind: type) -> bool:
    """Whether the class says itself what is to be saved of it."""
    return any(defined(kind, name) is not vars(object).get(name) for name in STATE)
