"""Ways to save a session as a whole, into a file each time, from a plain Python with a user's `__main__`."""

# pyright: reportMissingImports=false

from __future__ import annotations

import os
import sys
import time
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

FILE = "saved"
BLOCK = 512
"""What `st_blocks` counts, in bytes."""


class WholeFile:
    """What they have in common.  Times are in milliseconds."""

    def __init__(self, folder: str) -> None:
        self.file = os.path.join(folder, FILE)
        self.main = ModuleType("__main__")
        sys.modules["__main__"] = self.main

    def run(self, code: str) -> None:
        exec(compile(code, "<bench>", "exec"), self.main.__dict__)

    def save(self, code: str) -> dict[str, float]:
        """Run code and save; return how long the call took, until all was on the disk, and the size."""
        self.run(code)
        fresh = self.file + ".new"
        begin = time.perf_counter()
        with open(fresh, "wb") as file:
            self.dump(file)
            file.flush()
            called = time.perf_counter()
            os.fsync(file.fileno())
            synced = time.perf_counter()
        os.replace(fresh, self.file)
        return {"call": (called - begin) * 1000, "durable": (synced - begin) * 1000, **taken(self.file)}

    def load(self) -> float:
        begin = time.perf_counter()
        with open(self.file, "rb") as file:
            self.fetch(file)
        return (time.perf_counter() - begin) * 1000

    def holds(self, words: str) -> bool:
        return bool(eval(words, self.main.__dict__))

    def dump(self, file: BinaryIO) -> None:
        raise NotImplementedError

    def fetch(self, file: BinaryIO) -> None:
        raise NotImplementedError


class Dill(WholeFile):
    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        import dill

        self.dill = dill

    def dump(self, file: BinaryIO) -> None:
        self.dill.dump_session(file, main=self.main)

    def fetch(self, file: BinaryIO) -> None:
        self.dill.load_session(file, main=self.main)


class Cloudpickle(WholeFile):
    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        import cloudpickle

        self.cloudpickle = cloudpickle

    def dump(self, file: BinaryIO) -> None:
        names = {name: value for name, value in self.main.__dict__.items() if not name.startswith("__")}
        self.cloudpickle.dump(names, file, protocol=5)

    def fetch(self, file: BinaryIO) -> None:
        self.main.__dict__.update(self.cloudpickle.load(file))


class Reading(WholeFile):
    """No session at all: an array's bytes alone, as NumPy writes and reads them."""

    def dump(self, file: BinaryIO) -> None:
        import numpy

        numpy.save(file, self.main.__dict__["held"])

    def fetch(self, file: BinaryIO) -> None:
        import numpy

        self.main.__dict__["held"] = numpy.load(file)


def taken(*files: str) -> dict[str, float]:
    """Return what these files take, in bytes: as they appear, and in blocks of the disk."""
    facts = [os.stat(file) for file in files]
    return {
        "size": sum(fact.st_size for fact in facts),
        "blocks": sum(fact.st_blocks for fact in facts) * BLOCK,
    }
