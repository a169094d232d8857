"""Packs: files that hold pieces one after the other, and say at their end which."""

from __future__ import annotations

import bisect
import hashlib
import json
import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator

    Piece = Dict[str, Any]

BEGINNING, END = b"PYREPL3\n", b"PACKEND\n"
FOOTER = struct.Struct("<Q32s8s")
"""The size of the index, its SHA-256, and the end."""
VERSION = 1
PARALLEL = 1 << 24
"""So much is read by several threads, in bytes."""
THREADS = min(4, os.cpu_count() or 1)
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Damage(Exception):
    """A piece is not what its hash says, or is not there; the text is a clause for a person."""


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


class Packs:
    """Where each piece of a session's folder is."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.join(folder, "packs")
        self._places: dict[str, list[tuple[str, int, int]]] = {}
        """The packs that have each piece, with its position and size."""
        self._open: dict[str, int] = {}
        try:
            names = sorted(os.listdir(self._folder))
        except FileNotFoundError:
            names = []
        for name in names:
            if name.endswith(".pack"):
                for piece, place in places_in(os.path.join(self._folder, name)).items():
                    self._places.setdefault(piece, []).append(place)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def read_into(self, piece: Piece, target: memoryview) -> None:
        """Read a piece from a pack in which it is the one.

        Raises:
            Damage: There is none.
        """
        damage = Damage("a part of its data is missing on disk")
        for place in self._places.get(piece["hash"], []):
            try:
                self._read_from(place, piece, target)
                return
            except Damage as error:
                damage = error
        raise damage

    def _read_from(self, place: tuple[str, int, int], piece: Piece, target: memoryview) -> None:
        file, position, size = place
        done = 0
        if size == piece["size"] == len(target):
            done = self._read(file, position, target)
        if done != size or hashlib.sha256(target).hexdigest() != piece["hash"]:
            raise Damage("its data on disk is damaged (%s)" % os.path.basename(file))

    def _read(self, file: str, position: int, target: memoryview) -> int:
        done = 0
        try:
            if file not in self._open:
                self._open[file] = os.open(file, os.O_RDONLY | NOFOLLOW | os.O_CLOEXEC)
            while done < len(target):
                more = os.preadv(self._open[file], [target[done:]], position + done)
                if more == 0:
                    break
                done += more
        except OSError as error:
            raise Damage("its data on disk cannot be read (%s)" % error.strerror) from error
        return done

    def close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open = {}


class Stream:
    """A stream of bytes that lies in packs as pieces."""

    def __init__(self, packs: Packs, pieces: list[Piece]) -> None:
        self._packs = packs
        self._pieces = pieces
        self._starts = [0]
        for piece in pieces:
            self._starts.append(self._starts[-1] + piece["size"])
        self.size = self._starts[-1]

    def read(self, start: int, size: int) -> bytearray:
        data = bytearray(size)
        self.read_into(start, memoryview(data))
        return data

    def read_into(self, start: int, target: memoryview) -> None:
        """Read what begins there; raise `Damage` where a piece is not what it was."""
        parts = list(self._parts(start, target))
        if len(target) < PARALLEL:
            for part in parts:
                self._read_part(*part)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(THREADS) as threads:
            # `list` waits for all, and raises what any of them did.
            list(threads.map(lambda part: self._read_part(*part), parts))

    def _parts(self, start: int, target: memoryview) -> Iterator[tuple[Piece, int, memoryview]]:
        """Yield each piece that has to do with it, where in it to begin, and where that belongs."""
        if start + len(target) > self.size:
            raise Damage("its data on disk is cut off")
        done = 0
        index = bisect.bisect_right(self._starts, start) - 1
        while done < len(target):
            piece = self._pieces[index]
            skipped = start + done - self._starts[index]
            size = min(piece["size"] - skipped, len(target) - done)
            yield piece, skipped, target[done : done + size]
            done += size
            index += 1

    def _read_part(self, piece: Piece, skipped: int, target: memoryview) -> None:
        if len(target) == piece["size"]:
            self._packs.read_into(piece, target)
            return
        whole = memoryview(bytearray(piece["size"]))
        self._packs.read_into(piece, whole)
        target[:] = whole[skipped : skipped + len(target)]


def read_manifest(packs: Packs, pieces: list[Piece]) -> dict[str, Any]:
    """Return a checkpoint's manifest; raise `Damage` where it is not whole."""
    stream = Stream(packs, pieces)
    return json.loads(stream.read(0, stream.size))


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
