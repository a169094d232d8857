"""List the names of a state, or the parts of one value: first as anybody could, then as the values tell."""

from __future__ import annotations

from itertools import islice

from ..checkpoints.session.inventory import names_of
from ..checkpoints.values.naming import identity
from . import kinds, parts, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, List, Tuple

    Parts = List[Tuple[str, Any]]

MOST_SAME = 20
"""So many other names of an object are told."""


class Listing:
    """The answer to the contract's `inspect`; `asks` lets it call what the user has written.

    Raises:
        parts.NoPart: The path leads nowhere.
    """

    def __init__(self, namespace: dict[str, Any], question: dict[str, Any], asks: bool) -> None:
        self._asks = asks
        self._kinds: dict[int, rows.About] = {}
        """By the identity of the type, all of which live as long as their values."""
        path, first = question["path"], question["first"]
        if path:
            value = parts.at(namespace, path, asks)
            self.count = parts.count(value, asks)
            all_parts = parts.each(value, asks)
        else:
            names = names_of(namespace)
            self.count = len(names)
            all_parts = iter([(name, namespace[name]) for name in names])
        self._parts: Parts = list(islice(all_parts, first, first + question["most"]))

    def told(self) -> tuple[list[dict[str, Any]], list[int]]:
        """Return the rows without a line of the user's code, and of which the values could tell more."""
        found = [rows.told(name, value, self._about(type(value))) for name, value in self._parts]
        for (row, _), same in zip(found, self._same()):
            row["same"] = same
        return [row for row, _ in found], [place for place, (_, more) in enumerate(found) if more]

    def asked(self, place: int, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row with what the value itself tells."""
        return rows.asked(row, self._parts[place][1])

    def _about(self, kind: type) -> rows.About:
        key = identity(kind)
        if key not in self._kinds:
            self._kinds[key] = rows.About(kind)
        return self._kinds[key]

    def _same(self) -> list[list[str]]:
        """Return for each part which others are the same object."""
        names: dict[int, list[str]] = {}
        for name, value in self._parts:
            if identity(type(value)) not in kinds.ATOMS:
                names.setdefault(id(value), []).append(name)
        return [
            [other for other in names.get(id(value), ())[: MOST_SAME + 1] if other != name][:MOST_SAME]
            for name, value in self._parts
        ]
