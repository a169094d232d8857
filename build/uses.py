"""Find out which files of a language use which."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Iterable

Uses = dict[Path, set[Path]]
"""For each file the files that it uses."""

INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
STRING = re.compile(r'"(?:\\.|[^"\\])*"')
NAME = re.compile(r"(?<![\w.>])[a-z]\w+")
STATIC = re.compile(r"^static [^;={(]*?(\w+)(?: =|;|\[|\()", re.MULTILINE)
DEFINED = re.compile(r"^(?!static|extern|struct \w+;)\w[^;={(#]*?(\w+)(?: = |;|\([^;]*?\)\n\{)", re.MULTILINE)


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


def defined(text: str) -> list[str]:
    """Return the functions and variables that other files can name."""
    return DEFINED.findall(text)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def included(file: Path, name: str, root: Path) -> Path | None:
    places = (place for place in (file.parent / name, root / name) if place.exists())
    return next(places, None)


def uses_in_python(root: Path) -> Uses:
    """Return what each module below a package's folder imports, within functions and for types alone too."""
    modules = {module_of(file, root): file for file in sorted(root.rglob("*.py"))}
    return {file: imported(file, module, modules) - {file} for module, file in modules.items()}


def module_of(file: Path, root: Path) -> str:
    name = ".".join([root.name, *file.relative_to(root).with_suffix("").parts])
    return name[: -len(".__init__")] if file.stem == "__init__" else name


def imported(file: Path, module: str, modules: dict[str, Path]) -> set[Path]:
    package = module if file.stem == "__init__" else module.rpartition(".")[0]
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            found = [f"{base}.{each.name}" for each in node.names]
            names.update(name if name in modules else base for name in found)
    return {modules[name] for name in names & modules.keys()}


IMPORT = re.compile(r"""(?:\bfrom|\bimport|\bimport\()\s*['"](\.{1,2}/[^'"]+)['"]""")
TYPESCRIPT = {".ts", ".tsx"}


def uses_in_typescript(root: Path, folders: Iterable[str]) -> Uses:
    """Return what each source below these folders imports, types included; style sheets are no sources."""
    files = (file for folder in folders for file in sorted((root / folder).rglob("*")) if file.is_file())
    sources = {file.resolve(): file for file in files if file.suffix in TYPESCRIPT}
    return {
        file: {
            sources[target]
            for name in IMPORT.findall(file.read_text("utf-8"))
            if (target := (file.parent / name).resolve()) in sources
        }
        for file in sources.values()
    }
