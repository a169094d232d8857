"""Tell values apart by their exact types, without a line of the user's code."""

from __future__ import annotations

import types
from collections import Counter, OrderedDict, defaultdict, deque

from ..checkpoints.values.naming import identity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable


def identities(kinds: Iterable[type]) -> frozenset[int]:
    """Return what tells the types apart: another may have a metaclass that answers to `==` and `hash`."""
    return frozenset(map(identity, kinds))


ATOMS = identities(
    (int, float, complex, bool, str, bytes, type(None), type(...), type(NotImplemented), range)
)
"""Nothing in them is another object's."""
MAPPINGS = identities((dict, OrderedDict, defaultdict, Counter))
SEQUENCES = identities((list, tuple, deque))
SETS = identities((set, frozenset))
CONTAINERS = MAPPINGS | SEQUENCES | SETS
FUNCTIONS = identities((types.FunctionType, types.BuiltinFunctionType, types.MethodType))
MODULE = identity(types.ModuleType)
BYTEARRAY = identity(bytearray)


def group_of(kind: type) -> str:
    """Return the contract's group of values of a type."""
    if issubclass(kind, types.ModuleType):
        return "module"
    return "definition" if issubclass(kind, type) or identity(kind) in FUNCTIONS else "data"
