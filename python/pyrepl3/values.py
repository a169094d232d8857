"""Keep names and plain values in the live process itself, for where the process cannot be copied.

What containers, instances and arrays hold is noted, and put back into the very
same objects: so what was one object stays one.  Generators, locks, files and
all that only C code sees stay as they are, and nothing of this survives the
process.  Nothing of the user's code runs.
"""

from __future__ import annotations

import types
from collections import deque

from . import changes, lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Tuple

    Put = Callable[[Any, Any], None]
    Notes = List[Tuple[Any, Any, Put]]

ROOM = 50_000
"""So many items are noted for one state, which takes some 20 ms."""
ARRAY_ROOM = 8 << 20
"""And so many bytes of arrays."""
KEPT = 20
"""So many states are kept, twice as many as the supervisor counts on; the oldest goes first."""


class Snapshot:
    """What was noted of one state."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.names = dict(namespace)
        self.is_whole = True
        """Whether there was room for all that can be noted."""
        self._notes: Notes = []
        self._walk([value for name, value in self.names.items() if not is_system(name)])

    def _walk(self, stack: list[Any]) -> None:
        seen: set[int] = set()
        room, bytes_left = ROOM, ARRAY_ROOM
        while stack:
            value = stack.pop()
            kind = type(value)
            if kind in changes.ATOMS or id(value) in seen or kind is types.ModuleType:
                continue
            seen.add(id(value))
            note = note_of(value, kind, bytes_left)
            if note is None:
                continue
            saved, put, inner, size = note
            room -= 1 + len(inner)
            if room < 0:
                self.is_whole = False
                return
            bytes_left -= size
            self._notes.append((value, saved, put))
            stack += inner

    def restore(self, namespace: dict[str, Any]) -> None:
        """Put everything back."""
        for value, saved, put in self._notes:
            put(value, saved)
        for name in [name for name in namespace if name not in self.names]:
            del namespace[name]
        namespace.update(self.names)


class Values:
    """The snapshots of the live process, by their states' numbers."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._by_state: dict[int, Snapshot] = {}

    def keep(self, state: int) -> bool:
        """Note the names and values as they are; return whether there was room for all of them."""
        self._by_state.pop(state, None)
        self._by_state[state] = Snapshot(self._namespace)
        while len(self._by_state) > KEPT:
            del self._by_state[next(iter(self._by_state))]
        return self._by_state[state].is_whole

    def restore(self, state: int) -> None:
        """Go back to a state; it can be gone back to again."""
        self._by_state[state].restore(self._namespace)


def is_system(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def note_of(value: Any, kind: type, bytes_left: int) -> tuple[Any, Put, list[Any], int] | None:
    """Return what the object holds, how to put it back, its parts, and its size where it is an array."""
    for container, (read, put) in CONTAINERS.items():
        if kind is container:
            saved = read(value)
            parts = changes.items_of(saved) if container is dict else list(saved)
            return saved, put, [] if container is bytearray else parts, 0
    if changes.is_array(kind):
        return note_of_array(value, bytes_left)
    if kind is tuple or kind is frozenset:
        return None, nothing, list(value), 0
    stored = next(iter(lookup.own(value)), None)
    if stored is None or issubclass(kind, type):
        return None
    saved = dict.copy(stored)
    return (
        saved,
        lambda instance, old: put_dict(next(iter(lookup.own(instance))), old),
        list(saved.values()),
        0,
    )


def note_of_array(value: Any, bytes_left: int) -> tuple[Any, Put, list[Any], int] | None:
    """Note an array's bytes, where they are plain and there is room."""
    try:
        view = memoryview(value)
        if view.readonly or not view.c_contiguous or view.nbytes > bytes_left or view.format == "O":
            return None
        return bytes(view), put_bytes, [], view.nbytes
    except (ValueError, TypeError, BufferError):
        # Dates, or a layout that has no plain bytes.
        return None


def put_bytes(array: Any, saved: bytes) -> None:
    memoryview(array).cast("B")[:] = saved


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


def nothing(value: Any, saved: Any) -> None:
    """A tuple is what it is; what is in it may change."""


CONTAINERS: dict[type, tuple[Callable[[Any], Any], Put]] = {
    list: (list.copy, put_list),
    dict: (dict.copy, put_dict),
    set: (set.copy, put_set),
    deque: (deque.copy, put_deque),
    bytearray: (bytearray.copy, put_bytearray),
}
