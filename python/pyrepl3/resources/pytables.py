"""Let a library that hears of no failed write refuse it, where a woken state can only read its file."""

from __future__ import annotations

import os
import sys


def tell(descriptors: list[int]) -> None:
    """Tell PyTables, and so pandas' HDFStore, of the files that can only be read from now on.

    It drops what HDF5 says of a flush or a close that failed: what it had appended would be seen
    in memory, and never stand in the file.
    """
    tables = sys.modules.get("tables.file")
    for handle in list(getattr(getattr(tables, "_open_files", None), "handlers", ())):
        # Asked by name: its own number would be HDF5's to tell, which another thread may be in the middle of.
        if any(is_file(handle.filename, each) for each in descriptors):
            handle.mode = "r"


def is_file(path: str, number: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(number))
    except OSError:
        return False  # It has been removed or renamed, or the working directory is another.
