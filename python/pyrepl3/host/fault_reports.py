"""Keep what the fault handler writes as a live state crashes, and tell of a fault of the host itself."""

from __future__ import annotations

import os

from ..protocol import frames

LIMIT = 65536


def open_faults() -> int:
    """Open the file to which the fault handler writes, without a name on any disk."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("faults")
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def clear(faults: int) -> None:
    """Forget earlier reports: the next state writes from the beginning, as all share the file's offset."""
    os.ftruncate(faults, 0)
    os.lseek(faults, 0, os.SEEK_SET)


def last_stack(faults: int) -> str | None:
    """Return the fault handler's last report without our own frames."""
    size = os.fstat(faults).st_size
    text = os.pread(faults, LIMIT, max(0, size - LIMIT)).decode("utf-8", "replace")
    text = text[max(0, text.rfind("Fatal Python error")) :]
    ours = os.path.dirname(os.path.dirname(__file__))
    lines = [line for line in text.splitlines() if '"%s' % ours not in line and 'File "<string>"' not in line]
    blocks = "\n".join(lines).split("\n\n")
    # Our own thread has no frame of the user's.
    empty = (":", "<no Python frame>")
    return "\n\n".join(block for block in blocks if not block.endswith(empty)).strip() or None


def tell_broken(control: frames.Channel, error: BaseException) -> None:
    """Tell the supervisor why there will be no host in a moment."""
    import traceback

    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    try:
        control.send({"kind": "broken", "text": text})
    except (frames.Closed, OSError):
        # It has gone as well, and nobody is left to be told.
        pass
