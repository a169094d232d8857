"""Keep what the fault handler writes as a live state crashes, and tell of a fault of the host itself."""

from __future__ import annotations

import os

from ..protocol import frames

LIMIT = 65536
FRAME = '  File "'
OURS = os.path.dirname(os.path.dirname(os.path.dirname(__file__))) + os.sep
LIBRARIES = (
    *(FRAME + os.path.dirname(os.__file__) + os.sep, "/site-packages/", "/dist-packages/"),
    *(FRAME + "<frozen ", FRAME + "<string>"),
)
BEFALLEN = ("Current thread 0x", "Stack ")
EMPTY = (":", "<no Python frame>")
"""How the stack of a thread ends that has no frame of the program's, as our own has none."""


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


def last_report(faults: int) -> tuple[str | None, str | None]:
    """Return the fault handler's last report, and the innermost line of the program's own code in it.

    The report is without our own frames; the thread that the fault befell comes
    first, and before it that line.
    """
    size = os.fstat(faults).st_size
    text = os.pread(faults, LIMIT, max(0, size - LIMIT)).decode("utf-8", "replace")
    header, *blocks = text[max(0, text.rfind("Fatal Python error")) :].split("\n\n")
    blocks = [block for block in map(theirs, blocks) if not block.endswith(EMPTY)]
    befallen = [block for block in blocks if block.startswith(BEFALLEN)]
    line = innermost(befallen[0]) if befallen else None
    parts = [header.strip()]
    if line is not None:
        parts.append("Innermost line of the program:\n  %s" % line)
    parts += befallen
    parts += [block for block in blocks if block not in befallen]
    return "\n\n".join(parts).strip() or None, line


def theirs(block: str) -> str:
    """Return what is not of our own files."""
    return "\n".join(line for line in block.strip().splitlines() if FRAME + OURS not in line)


def innermost(block: str) -> str | None:
    """Return the first line of a stack that is of no library, nor of text that can nowhere be looked up."""
    for line in block.splitlines():
        if line.startswith(FRAME) and not any(folder in line for folder in LIBRARIES):
            return line.strip()
    return None


def tell_broken(control: frames.Channel, error: BaseException) -> None:
    """Tell the supervisor why there will be no host in a moment."""
    import traceback

    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    try:
        control.send({"kind": "broken", "text": text})
    except (frames.Closed, OSError):
        # It has gone as well, and nobody is left to be told.
        pass
