"""Tell what a run did to the names of the session: cheaply, and without a line of the user's code.

A name is compared by the identity of its object, and what the object holds by
a digest of what can be read of it in C: the items of containers, instances'
dictionaries and slots, cells of closures, the bytes of arrays.  Both time and
memory are bounded; what is too large is named as not compared.
"""

from __future__ import annotations

import types

from .contents import ATOMS
from .digests import Budget, digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

    Fingerprints = Dict[str, "Fingerprint"]

LISTED = 100
"""So many names are listed; the rest are counted."""


class Fingerprint:
    """What was seen of one name.

    The object itself is not held: it must go when the program lets go of it, not at the end of the run.
    """

    __slots__ = ("address", "digest", "is_atom", "is_whole")

    def __init__(self, value: object, digest: int, is_whole: bool) -> None:
        self.address = id(value)
        self.digest = digest
        self.is_whole = is_whole
        self.is_atom = type(value) in ATOMS


class Changes:
    """Compares a namespace before and after each run."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._seen: Fingerprints | None = None
        """What the end of the last run saw: what has changed since counts for the next."""

    def begin(self) -> None:
        """A run begins."""
        if self._seen is None:
            self._seen = look_or_not(self._namespace)

    def end(self) -> dict[str, Any]:
        """Return the contract's `Changes`, but for `outside`."""
        before = self._seen or {}
        self._seen = after = look_or_not(self._namespace)
        found: dict[str, Any] = {
            "added": [name for name in after if name not in before],
            "rebound": [],
            "changed": [],
            "removed": [name for name in before if name not in after],
            "skipped": [],
        }
        for name, now in after.items():
            kind = compare(before.get(name), now)
            if kind:
                found[kind].append(name)
        more = 0
        for kind, names in found.items():
            more += max(0, len(names) - LISTED)
            found[kind] = names[:LISTED]
        found["more"] = more
        return found


def look_or_not(namespace: dict[str, Any]) -> Fingerprints:
    """Look at the names; where the program has left no memory for it, at none."""
    try:
        return look(namespace)
    except MemoryError:
        return {}


def compare(before: Fingerprint | None, now: Fingerprint) -> str:
    """Return the list that the name belongs to, empty where nothing was seen to change."""
    if before is None:
        return ""
    if before.address != now.address:
        return "rebound"
    if before.digest != now.digest:
        # Another object may have been given the address of the one before.
        return "rebound" if now.is_atom else "changed"
    return "" if now.is_whole and before.is_whole else "skipped"


def look(namespace: dict[str, Any]) -> Fingerprints:
    """Look at all names but those of the system (`__name__`), and at no module."""
    budget = Budget()
    fingerprints: Fingerprints = {}
    for name, value in list(namespace.items()):
        if type(name) is not str or (name.startswith("__") and name.endswith("__")):
            continue
        kind = type(value)
        if kind in ATOMS and kind is not slice:
            fingerprints[name] = Fingerprint(value, hash(value), True)
        elif kind is slice or kind is types.ModuleType:
            fingerprints[name] = Fingerprint(value, 0, True)
        else:
            digest, is_whole = digest_of(value, budget)
            fingerprints[name] = Fingerprint(value, digest, is_whole)
    return fingerprints
