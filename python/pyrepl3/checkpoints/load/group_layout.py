"""Where in a checkpoint's stream its groups are."""

from __future__ import annotations

from itertools import accumulate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def of_groups(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
