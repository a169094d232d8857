"""Tell which names differ from the checkpoint before."""

from __future__ import annotations

from ..packs import packs, piece_stream
from ..session import inventory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LISTED = 100
"""So many names of each kind of change are listed."""


def changes(job: dict[str, Any], after: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the contract's `SavedChanges`."""
    old = {each["name"]: each for each in names_before(job)}
    new = {each["name"]: each for each in after}
    found = {
        "added": [name for name in new if name not in old],
        "changed": [name for name in new if name in old and trace(new[name]) != trace(old[name])],
        "removed": [name for name in old if name not in new],
    }
    more = sum(max(0, len(names) - LISTED) for names in found.values())
    return {**{kind: names[:LISTED] for kind, names in found.items()}, "more": more}


def names_before(job: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the names of the checkpoint before; none where it cannot be read: then all is new."""
    if job["previous"] is None:
        return []
    folder = packs.Packs(job["folder"])
    try:
        names = piece_stream.read_manifest(folder, job["previous"])["names"]
    except packs.Damage:
        return []
    finally:
        folder.close()
    return [inventory.whole(each) for each in names]


def trace(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry["print"], entry["type"], entry["detail"] if entry["print"] is None else None
