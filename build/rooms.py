"""Check that the sources stand in their rooms: `npm run check` runs `python3 build/rooms.py`.

A room is a folder.  A file uses what stands in its own room or in a lower one,
no files use each other in a circle, and neither a room nor a file grows beyond
what one sees at a look.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Iterable

ROOT = Path(__file__).resolve().parent.parent
MOST_FILES, MOST_LINES = 20, 350

NATIVE = ROOT / "python" / "native"
NATIVE_ROOMS = (("freeze",), ("frozen",), ("descriptors",), ("sockets", "files"), ("table",), ("platform",))
"""From the top down; those that stand beside each other do not use each other either."""

Uses = dict[Path, set[Path]]
"""For each file the files that it uses."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Check that the sources stand in their rooms.")
    parser.add_argument("--native", type=Path, default=NATIVE, help="where the C is")
    native: Path = parser.parse_args().native
    faults = [*check(native, uses_in_c(native), NATIVE_ROOMS)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def check(root: Path, uses: Uses, rooms: tuple[tuple[str, ...], ...]) -> Iterable[str]:
    """Say in a sentence each what is wrong with the sources below a folder."""
    yield from sizes(uses)
    yield from crossings(root, uses, rooms)
    for circle in circles(uses):
        names = " → ".join(shorten(file) for file in [*circle, circle[0]])
        yield f"{names}: these use each other; move what they share to a lower file"


def sizes(files: Iterable[Path]) -> Iterable[str]:
    rooms: dict[Path, int] = {}
    for file in files:
        rooms[file.parent] = rooms.get(file.parent, 0) + 1
        lines = len(file.read_text("utf-8").splitlines())
        if lines > MOST_LINES:
            yield f"{shorten(file)}: {lines} lines, of {MOST_LINES} at most; divide it into two ideas"
    for room, count in rooms.items():
        if count > MOST_FILES:
            yield f"{shorten(room)}: {count} files, of {MOST_FILES} at most; divide the room"


def crossings(root: Path, uses: Uses, rooms: tuple[tuple[str, ...], ...]) -> Iterable[str]:
    heights = {name: height for height, names in enumerate(rooms) for name in names}
    for file, used in uses.items():
        room = room_of(file, root)
        if room and room not in heights:
            yield f"{shorten(file)}: its room is unknown; say in build/rooms.py where it stands"
            continue
        for other in used:
            below = room_of(other, root)
            if room != below and heights.get(below, -1) <= heights.get(room, -1):
                yield f"{shorten(file)}: uses {shorten(other)}, which is in no lower room"


def room_of(file: Path, root: Path) -> str:
    """Return the room's name; it is empty for what stands in none."""
    return "/".join(file.relative_to(root).parts[:-1])


def circles(uses: Uses) -> Iterable[list[Path]]:
    """Find files that use each other, also by way of others: each circle once."""
    done: set[Path] = set()

    def follow(file: Path, way: list[Path]) -> Iterable[list[Path]]:
        if file in way:
            yield way[way.index(file) :]
        elif file not in done:
            for other in sorted(uses.get(file, ())):
                yield from follow(other, [*way, file])
            done.add(file)

    for file in sorted(uses):
        yield from follow(file, [])


def uses_in_c(root: Path) -> Uses:
    """Return what each C file includes, and whose functions and variables it names."""
    texts = {file: without_comments(file.read_text("utf-8")) for file in sorted(root.rglob("*.[ch]"))}
    owners = {name: file for file, text in texts.items() if file.suffix == ".c" for name in defined(text)}
    uses: Uses = {}
    for file, text in texts.items():
        uses[file] = {place for name in INCLUDE.findall(text) if (place := included(file, name, root))}
        if file.suffix == ".c":
            names = set(NAME.findall(STRING.sub('""', text))) - set(STATIC.findall(text))
            uses[file] |= {owners[name] for name in names & owners.keys()} - {file}
    return uses


INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
STRING = re.compile(r'"(?:\\.|[^"\\])*"')
NAME = re.compile(r"(?<![\w.>])[a-z]\w+")
STATIC = re.compile(r"^static [^;={(]*?(\w+)(?: =|;|\[|\()", re.MULTILINE)
DEFINED = re.compile(r"^(?!static|extern|struct \w+;)\w[^;={(#]*?(\w+)(?: = |;|\([^;]*?\)\n\{)", re.MULTILINE)


def defined(text: str) -> list[str]:
    """Return the functions and variables that other files can name."""
    return DEFINED.findall(text)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def included(file: Path, name: str, root: Path) -> Path | None:
    places = (place for place in (file.parent / name, root / name) if place.exists())
    return next(places, None)


def shorten(path: Path) -> str:
    return os.path.relpath(path, ROOT)


if __name__ == "__main__":
    sys.exit(main())
