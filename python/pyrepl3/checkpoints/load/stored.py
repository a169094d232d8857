"""Read what a checkpoint says of itself: its manifest, and where in its stream the groups are."""

from __future__ import annotations

from itertools import accumulate

from ..packs import packs, piece_stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


class Unloadable(Exception):
    """A checkpoint cannot be loaded at all; the text says why, and what can be done."""


def read_manifest(folder: packs.Packs, source: dict[str, Any]) -> dict[str, Any]:
    try:
        manifest = piece_stream.read_manifest(folder, source["manifest"])
    except packs.Damage as error:
        raise Unloadable("its list of names cannot be read: %s; restore an earlier one" % error) from None
    if manifest["version"] > VERSION:
        raise Unloadable("it was made by a later version of PyREPL3; update this one")
    return manifest


def groups_in(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return of each group its names, its size, and where in the stream its parts are: position and size."""
    found: list[dict[str, Any]] = []
    begin = 0
    for group in groups:
        sizes = [group["size"], *group["arrays"], *group["buffers"]]
        ends = list(accumulate(sizes, initial=begin))
        places = list(zip(ends, sizes))
        count = 1 + len(group["arrays"])
        parts = {"data": places[0], "arrays": places[1:count], "buffers": places[count:]}
        found.append({"names": group["names"], "size": sum(sizes), **parts})
        begin = ends[-1]
    return found
