"""Open files: what opens them again."""

from __future__ import annotations

import gc
import io
import os
import stat
import sys

from .. import rebuild

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STREAM = "a stream without a file"
STREAMS = ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__")
NEWLINES = ("", "\n", "\r", "\r\n")
MOST_READ = 1 << 24
"""So much of a text is read to find out where in it a loop over its lines stands, in bytes."""


def reduce_stream(pickler: Any, value: Any) -> Any:
    for name in STREAMS:
        if getattr(sys, name, None) is value:
            return rebuild.stream, (name,)
    raise rebuild.Unavailable(STREAM)


def reduce_file(pickler: Any, value: Any) -> Any:
    """Save an open file as what opens it again, where it stands, with what is yet to be written."""
    if any(getattr(sys, name, None) is value for name in STREAMS[3:]) or is_standard(value):
        return reduce_stream(pickler, value)
    if value.closed:
        raise rebuild.Unavailable("a file that is closed")
    name, positions = name_in(value), pickler.context.positions
    descriptor = value.fileno()
    info = {
        "path": path_of(name, descriptor, positions),
        "mode": value.mode if isinstance(value.mode, str) else "rb",
        "buffering": buffering_of(value),
    }
    info["position"] = position_in(value, descriptor, positions)
    if is_written_only(value) and positions is not None:
        info["unwritten"] = pickler.context.once(value, lambda: unwritten_of(value, descriptor))
    if hasattr(value, "encoding"):
        info.update(encoding=value.encoding, errors=value.errors, newline=newline_of(value))
    return rebuild.file, (info,)


def newline_of(value: Any) -> str | None:
    """Return the `newline` that a text was opened with, which it does not tell; all of it is written now."""
    held = gc.get_referents(value)
    decoder = next((each for each in held if type(each) is io.IncrementalNewlineDecoder), None)
    if decoder is not None:
        return None if translates(decoder, value.encoding) else ""
    # It stands behind the encoding, and what encodes and decodes by it.
    names = [each for each in held[held.index(value.encoding) + 1 :] if type(each) is str]
    return names[0] if names and names[0] in NEWLINES else None


def translates(decoder: Any, encoding: str) -> bool:
    """Whether a decoder makes one kind of line end of all, found out without a trace."""
    state = decoder.getstate()
    try:
        decoder.reset()
        return decoder.decode("\r\n".encode(encoding), True) == "\n"
    finally:
        decoder.setstate(state)


def is_standard(value: Any) -> bool:
    """Whether it is one of the session's streams, and no file that the program has put there."""
    is_there = any(getattr(sys, name, None) is value for name in STREAMS)
    return is_there and (value.closed or isinstance(value.name, int) or value.name.startswith("<"))


def name_in(value: Any) -> str:
    """Return the name that a file was opened with; empty where it was opened by its descriptor."""
    buffer = getattr(value, "buffer", value)
    if not issubclass(type(getattr(buffer, "raw", buffer)), io.FileIO):
        raise rebuild.Unavailable(STREAM)
    return "" if isinstance(value.name, int) else os.fsdecode(value.name)


def buffering_of(value: Any) -> int:
    if type(value).__name__ == "FileIO":
        return 0
    return 1 if getattr(value, "line_buffering", False) else -1


def is_written_only(value: Any) -> bool:
    return value.writable() and not value.readable()


def path_of(name: str, descriptor: int, positions: dict[int, int] | None) -> str:
    """Return where the file is; the name may be relative to a folder that was left since."""
    if is_at(name, descriptor):
        return os.path.abspath(name)
    try:
        path = os.readlink("/proc/self/fd/%d" % descriptor)
    except OSError:
        path = name
    if is_at(path, descriptor):
        return path
    # In a writer `/dev/null` is in the place of what it may not read.
    if positions is not None and os.path.samestat(os.fstat(descriptor), os.stat(os.devnull)):
        if descriptor not in positions:
            raise rebuild.Unavailable(STREAM)
        if os.path.isfile(name):
            return os.path.abspath(name)
    raise rebuild.Unavailable("the file %s, which is no longer there" % name if name else STREAM)


def is_at(path: str, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except OSError:
        return False


def position_in(value: Any, descriptor: int, positions: dict[int, int] | None) -> int:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode) and descriptor not in (positions or {}):
        return 0
    if not is_written_only(value):
        try:
            return value.tell()
        except OSError:
            if not value.writable():
                return position_in_loop(value)
    elif positions is None:
        value.flush()
    # What a writer's file still holds it cannot write: it stands where the next write begins.
    return (positions or {}).get(descriptor) or os.lseek(descriptor, 0, os.SEEK_CUR)


def position_in_loop(value: Any) -> int:
    """Return where a text stands that is being read line by line, and does not tell."""
    size = os.fstat(value.fileno()).st_size
    if size - os.lseek(value.fileno(), 0, os.SEEK_CUR) > MOST_READ or value.newlines not in (None, "\n"):
        raise rebuild.Unavailable("a file that is being read line by line")
    position = size - len(value.read().encode(value.encoding, value.errors))
    value.seek(position)
    return position


def unwritten_of(value: Any, descriptor: int) -> bytes:
    """Return what a file holds that is not written yet."""
    kept, spare = os.dup(descriptor), os.memfd_create("unwritten")
    try:
        os.dup2(spare, descriptor, False)
        value.flush()
        return os.pread(spare, os.fstat(spare).st_size, 0)
    finally:
        os.dup2(kept, descriptor, False)
        os.close(kept)
        os.close(spare)
