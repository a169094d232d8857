"""Pickle what a session holds, with arrays and buffers beside the pickle."""

from __future__ import annotations

import io
import pickle

from ..reduce.routes import PROTOCOL, Reducing, hole
from ..values.naming import type_name
from .deep_recursion import act_deeply
from .pickle_frames import without_frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..reduce.routes import Context

BASIC = (str, bytes, bytearray, int, float, bool, type(None), list, dict, tuple, set, frozenset)
BASIC_IDS = frozenset(map(id, (*BASIC, pickle.PickleBuffer)))
PurePickler: Any = pickle._Pickler


class Pickler(Reducing, pickle.Pickler):
    """As quick as can be."""


class Linked:
    """For a session in which somebody holds the dictionary of a module, as `globals()`: asks about each."""

    context: Context

    def persistent_id(self, obj: Any, /) -> Any:
        return self.context.graph.registry.find(obj) if type(obj) is dict else None


class LinkedPickler(Linked, Pickler):
    """Written in C."""


class PatientPickler(Linked, Reducing, PurePickler):
    """Written in Python: slow, but it follows any depth."""

    def reducer_override(self, value: Any) -> Any:
        # The one written in C does not ask about these.
        if id(type(value)) in BASIC_IDS:
            return NotImplemented
        reduced = super().reducer_override(value)
        is_plain = reduced is NotImplemented and self.context.route(type(value)).reduce is None
        return value.__reduce_ex__(PROTOCOL) if is_plain else reduced

    def save(self, obj: Any, save_persistent_id: bool = True) -> None:
        """Save an object, without the calls of the original that Python 3.12 and later count as deep."""
        reduced = NotImplemented if id(obj) in self.memo else self.reducer_override(obj)
        if reduced is NotImplemented:
            super().save(obj, save_persistent_id)
            return
        maker, arguments, state, items, pairs, setter, *_ = (*reduced, *[None] * 4)
        self.framer.commit_frame()
        self.save_reduce(maker, arguments, state, items, pairs, setter, obj=obj)

    def give_up(self, value: Any) -> Any:
        self.is_sure = False
        return hole("%s, whose __reduce__ comes to no end" % type_name(type(value)))


class Result:
    """A pickle, and what belongs beside it."""

    def __init__(self, data: bytes, pickler: Reducing, buffers: list[memoryview]) -> None:
        self.data = data
        self.arrays = pickler.arrays
        self.buffers = buffers
        self.is_sure = pickler.is_sure
        """Whether it comes back as it is, as nothing runs then but pickle's code and ours."""
        self.has_finalisers = pickler.has_finalisers
        """Whether something in it acts when it goes."""

    @property
    def size(self) -> int:
        return len(self.data) + sum(each.nbytes for each in [*self.arrays, *self.buffers])


class TooLarge(Exception):
    """A pickle would be larger than it may be."""


class Bounded(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, budget: int) -> None:
        super().__init__()
        self._budget = budget

    def write(self, data: Any, /) -> int:
        self._budget -= len(data)
        if self._budget < 0:
            raise TooLarge
        return super().write(data)


def dump(value: object, context: Context, most: int | None = None) -> Result:
    """Pickle a value.

    Raises:
        TooLarge: There would be more than so many bytes.
        MemoryError: There is not enough.
        Exception: What pickle cannot do at all.
    """
    file = io.BytesIO() if most is None else Bounded(most)
    try:
        quick = LinkedPickler if context.graph.meets_modules else Pickler
        return dump_with(quick, value, context, file)
    except RecursionError:
        return act_deeply(lambda: dump_with(PatientPickler, value, context, io.BytesIO()))


def dump_with(make: Any, value: object, context: Context, file: io.BytesIO) -> Result:
    buffers: list[Any] = []

    def keep(buffer: Any) -> bool:
        try:
            buffers.append(buffer.raw())
        except BufferError:
            return True  # It is not contiguous: it goes into the pickle.
        return False

    pickler = make(file, PROTOCOL, buffer_callback=keep)
    pickler.context = context
    pickler.arrays, pickler.scopes = [], {}
    pickler.is_sure, pickler.has_finalisers = True, False
    pickler.dump(value)
    return Result(without_frames(file.getvalue()), pickler, buffers)
