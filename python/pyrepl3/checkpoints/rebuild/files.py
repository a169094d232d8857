"""Files that are opened again."""

from __future__ import annotations

import os
import stat
import sys

from .load_context import Unavailable, current, note_reopened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 1 << 63
"""The position in a text may have more than a number of bytes in it, above these bits."""


def file(info: dict[str, Any]) -> Any:
    """Open a file again, where it stood."""
    detail = "%s (%s, at %d)" % (info["path"], info["mode"], info["position"] % MOST)
    if current.is_trial:
        return note_reopened(detail)
    try:
        made = open_again(info)
    except (OSError, ValueError, LookupError) as error:
        raise Unavailable("the file %s cannot be opened again (%s)" % (info["path"], error)) from error
    note_reopened(detail)
    return made


def open_again(info: dict[str, Any]) -> Any:
    found = os.stat(info["path"])
    is_plain = stat.S_ISREG(found.st_mode)
    if is_plain and found.st_size < info["position"] < MOST:
        raise Unavailable("the file %s is shorter than it was" % info["path"])
    text = {key: info[key] for key in ("encoding", "errors", "newline") if key in info}
    made = open(info["path"], info["mode"], info["buffering"], opener=open_as_it_is, **text)  # noqa: SIM115
    unwritten = info.get("unwritten", b"")
    has_been = is_written(info["path"], info["position"], unwritten)
    if is_plain and "a" not in info["mode"]:
        made.seek(info["position"] + (len(unwritten) if has_been else 0))
    if not has_been:
        getattr(made, "buffer", made).write(unwritten)
    return made


def open_as_it_is(path: str, flags: int) -> int:
    """Open a file that is there, whatever the mode says of others, and leave in it what it holds."""
    return os.open(path, flags & ~(os.O_CREAT | os.O_EXCL | os.O_TRUNC), 0o666)


def is_written(path: str, position: int, data: bytes) -> bool:
    """Whether what was yet to be written has been, after the checkpoint was made."""
    if not data:
        return True
    with open(path, "rb") as file:
        file.seek(position)
        return file.read(len(data)) == data


def stream(name: str) -> Any:
    return getattr(sys, name)
