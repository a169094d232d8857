"""Unpickle quickly; where something fails, once more and patiently."""

from __future__ import annotations

import io
import pickle

from .. import rebuild
from ..values.naming import has
from .patient_unpickler import Linked, PatientUnpickler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable


def load(data: bytes | bytearray, buffers: Iterable[Any]) -> Any:
    """Unpickle; what cannot be made again comes back as `Missing`.

    Raises:
        Exception: Nothing of it can be read.
    """
    buffers = list(buffers)
    remarks = list(rebuild.current.remarks)
    quick = unpickler(QuickUnpickler, data, buffers)
    try:
        return quick.load()
    except (KeyboardInterrupt, MemoryError, rebuild.Probed):
        raise
    except BaseException:
        # From the beginning, and more slowly; what was remarked on is remarked on again.
        rebuild.current.remarks[:] = remarks
        keep_finalisers(quick.memo.copy().values())
    return unpickler(PatientUnpickler, data, buffers).load()


def unpickler(make: Any, data: bytes | bytearray, buffers: list[Any]) -> Any:
    return make(io.BytesIO(data), buffers=buffers)


def keep_finalisers(made: Iterable[Any]) -> None:
    kept = [each for each in made if has(type(each), "__del__")]
    if kept:
        keep(kept)


def keep(value: Any) -> None:
    """Let a value stay for good: there is another like it, and what it does when it goes is the other's."""
    import ctypes

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(value))


class QuickUnpickler(Linked, pickle.Unpickler):
    """Written in C."""
