"""Find and read the pieces of a session in its packs."""

from __future__ import annotations

import hashlib
import os

from .pack_files import NOFOLLOW, places_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator

    Piece = Dict[str, Any]


class Damage(Exception):
    """A piece is not what its hash says, or is not there; the text is a clause for a person."""


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
