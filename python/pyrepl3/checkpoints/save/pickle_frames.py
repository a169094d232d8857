"""Take the frames out of a pickle: nobody needs them, and each would move with all that stands before it."""

from __future__ import annotations

import pickle

FRAME_HEAD = 9
"""What stands before a frame: its code, and its length in eight bytes."""
LARGE = {b"B": 4, b"X": 4, b"\x8d": 8, b"\x8e": 8, b"\x96": 8}
"""What is too large for a frame: the codes of bytes and texts, and how many bytes their lengths have."""


def without_frames(data: bytes) -> bytes:
    whole = memoryview(data)
    parts = [whole[:2]]
    position = 2
    while position < len(data):
        code = data[position : position + 1]
        if code == pickle.FRAME:
            begin = position + FRAME_HEAD
            end = begin + int.from_bytes(data[position + 1 : begin], "little")
        else:
            begin, end = position, end_of(data, position)
        parts.append(whole[begin:end])
        position = end
    return b"".join(parts)


def end_of(data: bytes, position: int) -> int:
    """Return where an operation ends that is in no frame."""
    code = data[position : position + 1]
    if code in LARGE:
        begin = position + 1 + LARGE[code]
        return begin + int.from_bytes(data[position + 1 : begin], "little")
    import pickletools

    # A frame of less than four bytes has no head.
    argument = pickletools.code2op[code.decode("latin-1")].arg  # type: ignore[attr-defined]
    return position + 1 + (0 if argument is None else argument.n)
