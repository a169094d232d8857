"""Keep names and plain values in the live process itself, for where the process cannot be copied.

What containers, instances and arrays hold is noted, and put back into the very
same objects: so what was one object stays one.  Generators, locks, files and
all that only C code sees stay as they are, and nothing of this survives the
process.  Nothing of the user's code runs, but for what dictionaries ask of keys
whose hashes are equal.  What cannot be put back is named, and costs nothing else.
"""

from __future__ import annotations

import types
from collections import deque

from ..changes import contents
from ..language import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Tuple

    Put = Callable[[Any, Any], None]
    Note = Tuple[str, Any, Any, Put]
    """The name that led to an object, the object, what it held, and how to put that back."""
    Parts = List[Any]

BUDGET = 50_000
"""So many items are noted for one state, which takes some 20 ms."""
ARRAY_BUDGET = 8 << 20
"""And so many bytes of arrays."""
KEPT = 20
"""So many states are kept, twice as many as the supervisor counts on; the oldest goes first."""
NAMED = 8
"""So many names are told that did not come back; the rest are counted."""


class Left(Exception):
    """An object is not noted; the text is a clause that says why."""


TOO_LARGE = "it is too large"


class Snapshot:
    """What was noted of one state."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.names = dict(namespace)
        self.left: dict[str, str] = {}
        """Why an object was not noted, by the name that led to it."""
        self._notes: list[Note] = []
        self._seen: set[int] = set()
        self._budget = BUDGET
        self._bytes = ARRAY_BUDGET
        for name, value in self.names.items():
            if type(name) is str and not is_system(name):
                self._walk(name, value)
        self._seen.clear()

    def _walk(self, name: str, value: object) -> None:
        stack = [value]
        while stack:
            each = stack.pop()
            kind = type(each)
            if kind in contents.ATOMS or id(each) in self._seen or kind is types.ModuleType:
                continue
            self._seen.add(id(each))
            try:
                stack += self._note(name, each, kind)
            except MemoryError:
                raise
            except Left as left:
                self.left[name] = str(left)
            except BaseException as error:
                self.left[name] = reason_of(error)

    def _note(self, name: str, value: Any, kind: type) -> Parts:
        """Note what the object holds, where that can change; return its parts.

        Raises:
            Left: It cannot be noted.
        """
        if kind is bytearray:
            self._take_bytes(len(value))
            self._notes.append((name, value, bytearray.copy(value), put_bytearray))
            return []
        if contents.is_array(kind):
            return self._note_array(name, value)
        if kind is tuple or kind is frozenset:
            return self._take(list, value)
        if kind in CONTAINERS:
            read, put = CONTAINERS[kind]
            saved = self._take(read, value)
        else:
            stored = next(iter(lookup.own(value)), None)
            if stored is None or issubclass(kind, type):
                return []
            put, saved = put_attributes, self._take(dict.copy, stored)
        self._notes.append((name, value, saved, put))
        return contents.items_of(saved) if type(saved) is dict else list(saved)

    def _take(self, read: Callable[[Any], Any], value: Any) -> Any:
        """Read a container, which counts for its items."""
        size = 1 + len(value)
        if size > self._budget:
            raise Left(TOO_LARGE)
        self._budget -= size
        return read(value)

    def _note_array(self, name: str, value: Any) -> Parts:
        from . import array_snapshots

        if array_snapshots.is_fixed(value):
            return []
        if not array_snapshots.is_own(value):
            raise Left("its memory is not Python's alone")
        self._take_bytes(value.nbytes)
        parts = self._take(list, array_snapshots.objects_in(value))
        self._notes.append((name, value, array_snapshots.copy(value), array_snapshots.put))
        return parts

    def _take_bytes(self, size: int) -> None:
        if size > self._bytes:
            raise Left(TOO_LARGE)
        self._bytes -= size

    def restore(self, namespace: dict[str, Any]) -> list[str]:
        """Put everything back; return a clause for each name whose value did not come back whole."""
        failed = {name: "%s was left as it is (%s)" % (name, why) for name, why in self.left.items()}
        for name, value, saved, put in self._notes:
            try:
                put(value, saved)
            except BaseException as error:
                failed[name] = "%s could not be put back (%s)" % (name, reason_of(error))
        for name in list(namespace):
            if name not in self.names:
                namespace.pop(name, None)
        namespace.update(self.names)
        clauses = list(failed.values())
        more = len(clauses) - NAMED
        return [*clauses[:NAMED], *(["and %d more" % more] if more > 0 else [])]


class Values:
    """The snapshots of the live process, by their states' numbers."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._by_state: dict[int, Snapshot] = {}

    def keep(self, state: int) -> bool:
        """Note the names and values as they are; return whether all of them could be noted.

        Raises:
            MemoryError: The program has left no memory for it; nothing is kept.
        """
        self._by_state.pop(state, None)
        self._by_state[state] = Snapshot(self._namespace)
        while len(self._by_state) > KEPT:
            del self._by_state[next(iter(self._by_state))]
        return not self._by_state[state].left

    def restore(self, state: int) -> list[str]:
        """Go back to a state, to which one can go back again; return what did not come back, in clauses.

        Raises:
            KeyError: It is not kept; nothing has changed.
        """
        return self._by_state[state].restore(self._namespace)


def is_system(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def reason_of(error: BaseException) -> str:
    """Return the error's words, where they are its own and no code of the user's makes them."""
    kind = contents.name_of(type(error))
    is_plain = contents.module_of(type(error)) == "builtins" and [type(each) for each in error.args] == [str]
    return "%s: %s" % (kind, error.args[0]) if is_plain else kind


def put_list(value: list[Any], saved: list[Any]) -> None:
    list.__setitem__(value, slice(None), saved)


def put_dict(value: dict[Any, Any], saved: dict[Any, Any]) -> None:
    dict.clear(value)
    dict.update(value, saved)


def put_attributes(value: Any, saved: dict[Any, Any]) -> None:
    put_dict(next(iter(lookup.own(value))), saved)


def put_set(value: set[Any], saved: set[Any]) -> None:
    set.clear(value)
    set.update(value, saved)


def put_deque(value: deque[Any], saved: deque[Any]) -> None:
    deque.clear(value)
    deque.extend(value, saved)


def put_bytearray(value: bytearray, saved: bytearray) -> None:
    value[:] = saved


CONTAINERS: dict[type, tuple[Callable[[Any], Any], Put]] = {
    list: (list.copy, put_list),
    dict: (dict.copy, put_dict),
    set: (set.copy, put_set),
    deque: (deque.copy, put_deque),
}
