"""Write the contract's TypeScript from the messages that Python defines.

`python3 build/contract.py` writes a file for each topic, in
`electron/contract/messages/`, and beside them `messages.ts`, the door to all;
with `--check` it only compares, and ends with status 1 where they differ.  The
definitions are parsed, never imported, so any Python from 3.9 can do it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from typescript import Untranslatable, door, translate

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "python" / "pyrepl3" / "protocol" / "messages"
TARGET = ROOT / "electron" / "contract" / "messages.ts"
REMEDY = "run `npm run generate`"


def main() -> int:
    arguments = parse_arguments()
    sources = topics(arguments.source, arguments.target)
    wanted: dict[Path, str] = {}
    for target, source in sources.items():
        try:
            wanted[target] = translate(source.read_text("utf-8"), shorten(source))
        except (Untranslatable, SyntaxError) as error:
            print(f"{shorten(source)}, line {error.lineno}: {error.msg}", file=sys.stderr)
            return 1
    if arguments.target not in sources:
        wanted[arguments.target] = door(shorten(arguments.source), [target.name for target in sources])
        sources[arguments.target] = arguments.source
    leftover = sorted({*arguments.target.with_suffix("").glob("*.ts")} - {*wanted})
    if arguments.check:
        complaints = [complaint(target, text, sources[target]) for target, text in wanted.items()]
        complaints += [f"{shorten(each)} has no source any more; {REMEDY}" for each in leftover]
        for each in filter(None, complaints):
            print(each, file=sys.stderr)
        return 1 if any(complaints) else 0
    for target, text in wanted.items():
        write(target, text)
    for each in leftover:
        each.unlink()
        print(f"Removed {shorten(each)}")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the contract's TypeScript from its Python.")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--source", type=Path, default=SOURCE, help="a file, or a folder with one a topic")
    parser.add_argument("--target", type=Path, default=TARGET)
    return parser.parse_args()


def topics(source: Path, target: Path) -> dict[Path, Path]:
    """Return the Python file that each TypeScript file is written from."""
    if not source.is_dir():
        return {target: source}
    version = source.parent / "version.py"
    files = [each for each in sorted(source.glob("*.py")) if each.stem != "__init__"]
    files += [version] if version.exists() else []
    return {target.with_suffix("") / f"{each.stem}.ts": each for each in files}


def write(target: Path, text: str) -> None:
    if target.exists() and target.read_text("utf-8") == text:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    print(f"Wrote {shorten(target)}")


def complaint(target: Path, wanted: str, source: Path) -> str:
    """Say in one line where a file is not as wanted, and what to do; empty where it is."""
    if not target.exists():
        return f"{shorten(target)} is missing: {REMEDY}"
    before, after = target.read_text("utf-8").splitlines(), wanted.splitlines()
    if before == after:
        return ""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return f"{shorten(target)}, line {same + 1}: differs from {shorten(source)}; {REMEDY}"


def shorten(path: Path) -> str:
    path = path.resolve()
    return str(path.relative_to(ROOT)) if ROOT in path.parents else str(path)


if __name__ == "__main__":
    sys.exit(main())
