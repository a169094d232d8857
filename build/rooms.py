"""Check that the sources stand in their rooms: `npm run check` runs `python3 build/rooms.py`.

A room is a folder.  A file uses what stands in its own room or in a lower one,
no files use each other in a circle, and neither a room nor a file grows beyond
what one sees at a look.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Iterable

from uses import Uses, uses_in_c, uses_in_python, uses_in_typescript

ROOT = Path(__file__).resolve().parent.parent
MOST_FILES, MOST_LINES = 20, 350

NATIVE = ROOT / "python" / "native"
NATIVE_ROOMS = (("freeze",), ("frozen",), ("descriptors",), ("sockets", "files"), ("table",), ("platform",))
PYTHON = ROOT / "python" / "pyrepl3"
PYTHON_ROOMS = (
    *(("host",), ("worker",), ("describer",)),
    *(("checkpoints/save",), ("checkpoints/load",), ("checkpoints/session",)),
    *(("checkpoints/reduce",), ("checkpoints/rebuild",), ("checkpoints/values", "checkpoints/packs")),
    *(("checkpoints",), ("snapshot",), ("changes", "stdio"), ("resources",)),
    *(("language", "protocol", "protocol/messages"), ("",)),
)
TYPESCRIPT_FOLDERS = ("electron", "renderer")
TYPESCRIPT_ROOMS = (
    *(("electron/main", "electron/library", "electron/agents", "renderer"),),
    *(("electron/main/app", "renderer/app"), ("electron/agents/tools",), ("electron/agents/sessions",)),
    *(("electron/main/checkpoints", "renderer/notices"), ("electron/main/session", "electron/cli")),
    *(("electron/main/documents", "electron/main/output"),),
    ("renderer/checkpoints", "renderer/timeline", "renderer/variables"),
    *(("electron/main/ipc", "electron/preload"), ("electron/repl/controller", "renderer/editor")),
    *(("electron/repl/commands", "renderer/console"), ("electron/repl/actions", "renderer/ui")),
    *(("electron/repl/messages", "renderer/model"), ("electron/repl/line-editor", "renderer/theme")),
    *(("electron/repl/screen", "electron/repl/history"), ("electron/supervisor",)),
    *(("electron/supervisor/saving",), ("electron/supervisor/session", "electron/supervisor/store")),
    *(("electron/supervisor/states", "electron/supervisor/repository"), ("electron/supervisor/runs",)),
    *(("electron/supervisor/protocol",), ("electron/supervisor/platform",)),
    *(("electron/contract", "electron/wording"), ("electron/contract/messages",)),
)
"""From the top down; those that stand beside each other do not use each other either."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Check that the sources stand in their rooms.")
    parser.add_argument("--native", type=Path, default=NATIVE, help="where the C is")
    parser.add_argument("--typescript", type=Path, default=ROOT, help="where `electron` and `renderer` are")
    parser.add_argument("--python", type=Path, default=PYTHON, help="where the Python package is")
    places = parser.parse_args()
    faults = [
        *check(places.native, uses_in_c(places.native), NATIVE_ROOMS),
        *check(
            places.typescript, uses_in_typescript(places.typescript, TYPESCRIPT_FOLDERS), TYPESCRIPT_ROOMS
        ),
        *check(places.python, uses_in_python(places.python), PYTHON_ROOMS),
    ]
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


def shorten(path: Path) -> str:
    return os.path.relpath(path, ROOT)


if __name__ == "__main__":
    sys.exit(main())
