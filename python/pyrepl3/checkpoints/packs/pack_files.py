"""The file format of a pack: pieces one after the other, and at the end which and how large."""

from __future__ import annotations

import hashlib
import json
import os
import struct

BEGINNING, END = b"PYREPL3\n", b"PACKEND\n"
FOOTER = struct.Struct("<Q32s8s")
"""The size of the index, its SHA-256, and the end."""
VERSION = 1
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


class PackWriter:
    """Writes one pack."""

    def __init__(self, file: str) -> None:
        self._name = file
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW | os.O_CLOEXEC
        self._file = open(os.open(file, flags, 0o600), "wb", 1 << 20)  # noqa: SIM115
        self._file.write(BEGINNING)
        self._pieces: list[tuple[str, int]] = []
        self.size = 0
        """Of the pieces, in bytes."""

    def add(self, name: str, piece: memoryview) -> None:
        self._file.write(piece)
        self._pieces.append((name, len(piece)))
        self.size += len(piece)

    def close(self) -> str:
        """Write the index, and return the file when all is on the disk."""
        index = {"version": VERSION, "pieces": self._pieces, "root": None}
        data = json.dumps(index, separators=(",", ":")).encode()
        self._file.write(data)
        self._file.write(FOOTER.pack(len(data), hashlib.sha256(data).digest(), END))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._name


def places_in(file: str) -> dict[str, tuple[str, int, int]]:
    """Return where each piece of a pack is; nothing where the pack cannot be read."""
    try:
        with open(os.open(file, os.O_RDONLY | NOFOLLOW | os.O_CLOEXEC), "rb") as pack:
            end = pack.seek(0, os.SEEK_END)
            pack.seek(max(0, end - FOOTER.size))
            size, digest, mark = FOOTER.unpack(pack.read(FOOTER.size))
            pack.seek(end - FOOTER.size - size)
            data = pack.read(size)
    except (OSError, struct.error, ValueError):
        return {}
    if mark != END or hashlib.sha256(data).digest() != digest:
        return {}
    places: dict[str, tuple[str, int, int]] = {}
    position = len(BEGINNING)
    for name, length in json.loads(data)["pieces"]:
        places[name] = file, position, length
        position += length
    return places
