"""Write `electron/contract/messages.ts` from the messages that Python defines.

`python3 build/contract.py` writes the file; with `--check` it only compares,
and ends with status 1 where the two differ.  The definition is parsed, never
imported, so any Python from 3.9 can do it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from typescript import Untranslatable, translate

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "python" / "pyrepl3" / "protocol" / "messages.py"
TARGET = ROOT / "electron" / "contract" / "messages.ts"


def main() -> int:
    arguments = parse_arguments()
    source: Path = arguments.source
    target: Path = arguments.target
    try:
        written = translate(source.read_text("utf-8"))
    except (Untranslatable, SyntaxError) as error:
        print(f"{shorten(source)}, line {error.lineno}: {error.msg}", file=sys.stderr)
        return 1
    found = target.read_text("utf-8") if target.exists() else None
    if found == written:
        return 0
    if arguments.check:
        print(describe(found, written, source, target), file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written, "utf-8")
    print(f"Wrote {shorten(target)}")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the contract's TypeScript from its Python.")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--target", type=Path, default=TARGET)
    return parser.parse_args()


def describe(found: str | None, written: str, source: Path, target: Path) -> str:
    """Say in one line where the two files differ, and what to do."""
    remedy = "run `npm run generate`"
    if found is None:
        return f"{shorten(target)} is missing: {remedy}"
    before, after = found.splitlines(), written.splitlines()
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return f"{shorten(target)}, line {same + 1}: differs from {shorten(source)}; {remedy}"


def shorten(path: Path) -> str:
    path = path.resolve()
    return str(path.relative_to(ROOT)) if ROOT in path.parents else str(path)


if __name__ == "__main__":
    sys.exit(main())
