"""Tell what a run did to the names of the session: cheaply, and without a line of the user's code.

A name is compared by the identity of its object, and what the object holds by
a digest of what can be read of it in C: the items of containers, instances'
dictionaries and slots, cells of closures, the bytes of arrays.  Both time and
memory are bounded; what is too large is named as not compared.
"""

from __future__ import annotations

import types
from collections import deque

from ..language import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List

    Prints = Dict[str, "Print"]
    Read = Callable[[Any], List[Any]]

ROOM_OF_NAME = 4_000
"""So many items are looked at for one name."""
ROOM_OF_RUN = 12_000
"""And so many for all names together, which takes 5 ms."""
LISTED = 100
"""So many names are listed; the rest are counted."""
WHOLE_ARRAY = 1 << 20
"""An array up to so many bytes is read as a whole; of a larger one only samples."""
SAMPLE, SAMPLES = 4096, 64

# An attribute of a class is looked up by its metaclass, which may be the user's code.
names_of: Callable[[type], Any] = type.__dict__["__dict__"].__get__
bases_of: Callable[[type], tuple[type, ...]] = type.__dict__["__mro__"].__get__
name_of: Callable[[type], str] = type.__dict__["__name__"].__get__
module_of: Callable[[type], str] = type.__dict__["__module__"].__get__

CACHES = frozenset(("_cache", "_item_cache", "_memo", "__weakref__"))
"""What libraries keep under these names follows from the rest, and comes with mere looking."""
PANDAS_DATA = frozenset(("axes", "blocks", "values", "_mgr_locs"))

ATOMS = frozenset((int, float, complex, bool, str, bytes, type(None), type(...), range, slice))
"""Nothing in them can change."""


class Print:
    """What was seen of one name.

    The object itself is not held: it must go when the program lets go of it, not at the end of the run.
    """

    __slots__ = ("address", "digest", "is_atom", "is_whole")

    def __init__(self, value: object, digest: int, is_whole: bool) -> None:
        self.address = id(value)
        self.digest = digest
        self.is_whole = is_whole
        self.is_atom = type(value) in ATOMS


class Room:
    """How much may still be looked at."""

    def __init__(self) -> None:
        self.left = ROOM_OF_RUN


class Changes:
    """Compares a namespace before and after each run."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._seen: Prints | None = None
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


def look_or_not(namespace: dict[str, Any]) -> Prints:
    """Look at the names; where the program has left no memory for it, at none."""
    try:
        return look(namespace)
    except MemoryError:
        return {}


def compare(before: Print | None, now: Print) -> str:
    """Return the list that the name belongs to, empty where nothing was seen to change."""
    if before is None:
        return ""
    if before.address != now.address:
        return "rebound"
    if before.digest != now.digest:
        # Another object may have been given the address of the one before.
        return "rebound" if now.is_atom else "changed"
    return "" if now.is_whole and before.is_whole else "skipped"


def look(namespace: dict[str, Any]) -> Prints:
    """Look at all names but those of the system (`__name__`), and at no module."""
    room = Room()
    prints: Prints = {}
    for name, value in list(namespace.items()):
        if type(name) is not str or (name.startswith("__") and name.endswith("__")):
            continue
        kind = type(value)
        if kind in ATOMS and kind is not slice:
            prints[name] = Print(value, hash(value), True)
        elif kind is slice or kind is types.ModuleType:
            prints[name] = Print(value, 0, True)
        else:
            digest, is_whole = digest_of(value, room)
            prints[name] = Print(value, digest, is_whole)
    return prints


def digest_of(value: object, room: Room) -> tuple[int, bool]:
    """Return a number that changes with what the object holds, and whether all of it was looked at."""
    before = room.left
    bound = max(0, before - ROOM_OF_NAME)
    seen: set[int] = set()
    digest: list[int] = []
    stack: list[Any] = [value]
    while stack:
        each = stack.pop()
        kind = type(each)
        room.left -= 1
        if room.left < bound:
            return 0, False
        if kind in ATOMS:
            digest.append(id(each) if kind is slice else hash(each))
            continue
        address = id(each)
        digest.append(address)
        if address in seen:
            continue
        seen.add(address)
        if is_array(kind):
            part, is_whole = digest_of_array(each)
            digest.append(part)
            if not is_whole:
                return hash(tuple(digest)), False
            continue
        if kind in CONTAINERS and len(each) > room.left - bound:
            # Not even copied; its length alone may tell that it has changed.
            room.left = bound
            return len(each), False
        try:
            inner = contents(each, kind)
        except Exception:
            # Another thread changes it under our hands.
            return 0, False
        if len(inner) > room.left - bound:
            room.left = bound
            return len(inner), False
        stack += inner
    return hash(tuple(digest)), True


def contents(value: Any, kind: type) -> list[Any]:
    """Return what the object holds, as far as C code can tell."""
    read = READERS.get(kind)
    if read is not None:
        return read(value)
    if issubclass(kind, type):
        return list(names_of(value).values()) if is_of_prompt(value) else []
    inner = [part for stored in lookup.own(value) for part in items_of(stored, CACHES)]
    for base in bases_of(kind):
        # What a class inherits from a container it holds like one.
        if base in CONTAINERS:
            inner += CONTAINERS[base](value)
    return inner + slots_of(value, kind)


def is_of_prompt(value: Any) -> bool:
    """Whether the class was made by the user; those of libraries are large and keep still."""
    return names_of(value).get("__module__") == "__main__"


def items_of(value: dict[Any, Any], but: frozenset[str] = frozenset()) -> list[Any]:
    """Return the keys and the values, but not those of some keys."""
    if but.isdisjoint(dict.keys(value)):
        return list(dict.keys(value)) + list(dict.values(value))
    kept = {key: part for key, part in dict.items(value) if key not in but}
    return list(kept) + list(kept.values())


def function_parts(function: types.FunctionType) -> list[Any]:
    return [
        function.__code__,
        *(function.__defaults__ or ()),
        *(function.__closure__ or ()),
        *items_of(function.__dict__),
    ]


def cell_parts(cell: Any) -> list[Any]:
    try:
        return [cell.cell_contents]
    except ValueError:
        return []  # It is empty.


def generator_parts(generator: types.GeneratorType[Any, Any, Any]) -> list[Any]:
    frame = generator.gi_frame
    return [frame.f_lasti] if frame is not None else [None]


def slots_of(value: Any, kind: type) -> list[Any]:
    """Return what is in the object's slots, and in the ones of pandas' C code that hold its data."""
    found = []
    for base in bases_of(kind):
        names = names_of(base)
        is_known = names.get("__module__") == "pandas._libs.internals"
        if not is_known and "__slots__" not in names:
            continue
        for slot in names.values():
            is_member = isinstance(slot, types.MemberDescriptorType)
            if is_known:
                is_member |= isinstance(slot, types.GetSetDescriptorType)
                is_member &= getattr(slot, "__name__", "") in PANDAS_DATA
            if is_member:
                try:
                    found.append(slot.__get__(value))
                except AttributeError:
                    continue  # Nothing is in it.
    return found


def is_array(kind: type) -> bool:
    return kind is bytearray or (name_of(kind) == "ndarray" and module_of(kind) == "numpy")


def digest_of_array(value: Any) -> tuple[int, bool]:
    """Return a digest of the bytes, and whether it is of all of them."""
    import zlib

    shape = getattr(value, "__array_interface__", None)
    try:
        view = memoryview(value)
        if view.nbytes == 0:
            return hash(str(shape)), True
        data = view.cast("B") if view.c_contiguous else None
    except (ValueError, TypeError, BufferError):
        # Objects, dates, a layout with gaps: their bytes are not to be had.
        return hash(str(shape)), False
    if data is None:
        return hash(str(shape)), False
    digest = zlib.crc32(str(shape).encode())
    if len(data) <= WHOLE_ARRAY:
        return zlib.crc32(data, digest), True
    step = len(data) // SAMPLES
    for start in range(0, len(data), step):
        digest = zlib.crc32(data[start : start + SAMPLE], digest)
    return digest, False


CONTAINERS: dict[type, Read] = {
    list: list.copy,
    tuple: list,
    dict: items_of,
    set: list,
    frozenset: list,
    deque: list,
}
READERS: dict[type, Read] = {
    **CONTAINERS,
    types.FunctionType: function_parts,
    types.CellType: cell_parts,
    types.GeneratorType: generator_parts,
    types.MethodType: lambda method: [method.__func__, method.__self__],
    types.MappingProxyType: lambda value: [],
    types.CodeType: lambda value: [],
    types.ModuleType: lambda value: [],
}
