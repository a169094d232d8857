"""Tell what a run did to the names of the session: cheaply, and without a line of the user's code.

A name is compared by the identity of its object, and what the object holds by
a digest of what can be read of it in C: the items of containers, instances'
dictionaries and slots, cells of closures, the bytes of arrays.  Both time and
memory are bounded; what is too large is named as not compared.

Most names of a long session stay as they are, and lead to what cannot change.
All of them are compared by C code alone, one list with another; only those
that lead elsewhere, and those whose objects may change, are looked at one by
one.
"""

from __future__ import annotations

import types
from itertools import compress, count, islice
from operator import is_not

from .contents import ATOMS
from .digests import Budget, digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LISTED = 100
"""So many names are listed; the rest are counted."""
HELD = 1024
"""An atom of up to so many characters, bytes or bits is small."""
KINDS = ("added", "rebound", "changed", "removed", "skipped")
UNHELD = object()
identity = object.__hash__
ATOM_IDS = frozenset(map(identity, ATOMS))
"""By identity: another type may have a metaclass that answers to `hash` and `==`."""


class Fingerprint:
    """What was seen of one name.

    Only a small atom is held, so that nothing else gets its address.  What may
    change, or is large, must go when the program lets go of it, not at the end
    of the run.
    """

    __slots__ = ("address", "digest", "is_atom", "is_held", "is_whole")

    def __init__(self, value: object, budget: Budget) -> None:
        kind = type(value)
        self.address = id(value)
        self.is_atom = identity(kind) in ATOM_IDS
        self.is_held = self.is_atom and kind is not slice and is_small(value, kind)
        self.digest, self.is_whole = 0, True
        if self.is_atom and kind is not slice:
            self.digest = hash(value)
        elif not self.is_atom and kind is not types.ModuleType:
            try:
                self.digest, self.is_whole = digest_of(value, budget)
            except MemoryError:
                raise
            except Exception:
                self.is_whole = False  # Its metaclass is the user's.


def is_small(value: Any, kind: type) -> bool:
    if kind is str or kind is bytes:
        return len(value) <= HELD
    return kind is not int or value.bit_length() <= HELD


class Changes:
    """Compares a namespace before and after each run."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._seen: Seen | None = None
        """What the end of the last run saw: what has changed since counts for the next."""

    def begin(self) -> None:
        """A run begins."""
        if self._seen is None:
            try:
                self._seen = Seen(dict.copy(self._namespace))
            except MemoryError:
                self._seen = Seen({})

    def end(self) -> dict[str, Any]:
        """Return the contract's `Changes`, but for `outside`."""
        seen = self._seen or Seen({})
        try:
            found = seen.update(dict.copy(self._namespace))
        except MemoryError:
            # The program has left no memory for it: the next run is compared with its own begin.
            self._seen, found = None, {kind: [] for kind in KINDS}
        more = 0
        for kind, names in found.items():
            more += max(0, len(names) - LISTED)
            found[kind] = names[:LISTED]
        return {**found, "more": more}


class Seen:
    """What was seen of all names but those of the system (`__name__`)."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._names: list[str] = []
        """All of them, in the order of the namespace."""
        self._held: list[object] = []
        """What each leads to, where that is held; else something that nothing leads to."""
        self._prints: dict[str, Fingerprint] = {}
        self.update(values)

    def update(self, values: dict[str, Any]) -> dict[str, list[str]]:
        """Look at the names as they are now; return which were added, rebound and so on, in order."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        known = len(self._names)
        new = list(islice(values, known, None))
        is_longer = known <= len(values) and not any(map(is_not, self._names, values))
        if not is_longer or not {str}.issuperset(map(type, new)):
            # To look another name up may be the user's code.
            values = {name: value for name, value in values.items() if type(name) is str}
            found["removed"] = [name for name in self._names if name not in values and self._forget(name)]
            self._arrange(values)
        else:
            self._names += new
            self._held += [UNHELD] * len(new)
        budget = Budget()
        for place in list(compress(count(), map(is_not, self._held, values.values()))):
            kind = self._look(place, values, budget)
            if kind:
                found[kind].append(self._names[place])
        return found

    def _arrange(self, values: dict[str, Any]) -> None:
        """Take over another order of the names."""
        held = dict(zip(self._names, self._held))
        self._names = list(values)
        self._held = [held.get(name, UNHELD) for name in values]

    def _look(self, place: int, values: dict[str, Any], budget: Budget) -> str:
        """Look at one name; return the list that it belongs to, empty for none."""
        name = self._names[place]
        value = values[name]
        if name.startswith("__") and name.endswith("__"):
            self._held[place] = value if value is None or type(value) is str else UNHELD
            return ""
        before = self._prints.get(name)
        now = self._prints[name] = Fingerprint(value, budget)
        self._held[place] = value if now.is_held else UNHELD
        return "added" if before is None else compare(before, now)

    def _forget(self, name: str) -> bool:
        """Return whether it was one of those that are told of."""
        return self._prints.pop(name, None) is not None


def compare(before: Fingerprint, now: Fingerprint) -> str:
    """Return the list that the name belongs to, empty where nothing was seen to change."""
    if before.address != now.address:
        return "rebound"
    if before.digest != now.digest:
        # Another object may have been given the address of the one before.
        return "rebound" if now.is_atom else "changed"
    return "" if now.is_whole and before.is_whole else "skipped"
