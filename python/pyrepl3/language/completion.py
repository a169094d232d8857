"""Say what can stand at the cursor, from live objects and without running user code."""

from __future__ import annotations

import keyword
import os
import re
import sys
import types

from . import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterable, List

    Matches = List[Dict[str, str]]

LIMIT = 500
"""More matches than anybody reads; a bound for time and for the frame's size."""

IMPORT_FROM = re.compile(r"^\s*(?:lazy\s+)?from\s+([\w.]+)\s+import\s+(?:\(?\s*)(?:\w+\s*,\s*)*(\w*)$")
IMPORT = re.compile(r"^\s*(?:lazy\s+)?(?:import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*|from\s+)([\w.]*)$")
KEY = re.compile(r"([^\W\d][\w.]*)\[\s*(['\"])([^'\"]*)$")
NAME = re.compile(r"(?:([^\W\d][\w.]*)\.)?([^\W\d]\w*)?$")
PATH = re.compile(r"(['\"])([^'\"\s]*)$")


def complete(code: str, cursor: int, namespace: dict[str, Any]) -> tuple[int, Matches]:
    """Return where the text to replace begins, and what can replace it.

    Offsets count code points.
    """
    line = code[:cursor].rpartition("\n")[2]
    prefix, matches = match(line, namespace)
    return cursor - len(prefix), matches[:LIMIT]


def match(line: str, namespace: dict[str, Any]) -> tuple[str, Matches]:
    found = IMPORT_FROM.match(line)
    if found:
        module, prefix = found.groups()
        return prefix, module_members(module, prefix)
    found = IMPORT.match(line)
    if found:
        head, dot, prefix = found.group(1).rpartition(".")
        return prefix, modules(head if dot else "", prefix)
    found = KEY.search(line)
    if found:
        name, quote, prefix = found.groups()
        return prefix, keys(lookup.find(name, namespace), prefix, quote)
    found = PATH.search(line)
    if found and is_in_string(line):
        return found.group(2), paths(found.group(2))
    found = NAME.search(line)
    if not found or is_in_string(line) or ("#" in line and not is_code(line)):
        return "", []
    head, prefix = found.group(1), found.group(2) or ""
    if line[: found.start()].endswith((".", ")", "]", '"', "'")) and line[: found.start()].endswith("."):
        # An attribute of an expression: only running it could tell of what.
        return prefix, []
    if head:
        return prefix, members(lookup.find(head, namespace), prefix)
    return prefix, names(prefix, namespace) if prefix else []


def is_in_string(line: str) -> bool:
    """Whether the end of the line is inside a string that began on it."""
    quote, position = "", 0
    while position < len(line):
        character = line[position]
        if quote and character == "\\":
            position += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "#":
            return False
        position += 1
    return bool(quote)


def is_code(line: str) -> bool:
    return not re.match(r"^(?:[^'\"#]|'[^']*'|\"[^\"]*\")*#", line)


def names(prefix: str, namespace: dict[str, Any]) -> Matches:
    """Return names of the namespace, keywords and builtins."""
    mine = from_names(namespace.items(), prefix)
    words = [{"text": word, "type": "keyword"} for word in keyword.kwlist if word.startswith(prefix)]
    theirs = from_names(lookup.builtins_of(namespace).items(), prefix)
    seen = {found["text"] for found in mine + words}
    return mine + words + [found for found in theirs if found["text"] not in seen]


def members(value: object, prefix: str) -> Matches:
    if value is lookup.MISSING:
        return []
    return from_names(lookup.attributes(value).items(), prefix, "attribute")


def module_members(name: str, prefix: str) -> Matches:
    module = sys.modules.get(name)
    found = from_names(vars(module).items(), prefix) if isinstance(module, types.ModuleType) else []
    seen = {member["text"] for member in found}
    return found + [member for member in modules(name, prefix) if member["text"] not in seen]


def from_names(items: Iterable[tuple[Any, Any]], prefix: str, other: str = "name") -> Matches:
    """Return the sorted matches; names with an underscore only where it was typed."""
    found = [
        {"text": name, "type": kind(value, other)}
        for name, value in list(items)
        if type(name) is str and name.startswith(prefix) and name.isidentifier()
    ]
    if not prefix.startswith("_"):
        found = [member for member in found if not member["text"].startswith("_")]
    return sorted(found, key=lambda member: member["text"].lower())


def kind(value: object, other: str) -> str:
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    if isinstance(
        value,
        (
            types.FunctionType,
            types.BuiltinFunctionType,
            types.MethodDescriptorType,
            types.WrapperDescriptorType,
            types.ClassMethodDescriptorType,
            types.MethodType,
            staticmethod,
            classmethod,
        ),
    ):
        return "function"
    return other


def keys(value: object, prefix: str, quote: str) -> Matches:
    if type(value) is not dict:
        return []
    found = [key for key in list(value) if type(key) is str and key.startswith(prefix)]
    return [{"text": key + quote + "]", "type": "key"} for key in found if quote not in key]


def paths(prefix: str) -> Matches:
    folder, start = os.path.split(prefix)
    try:
        entries = sorted(os.listdir(os.path.expanduser(folder) or "."))
    except OSError:
        return []
    found: Matches = []
    for entry in entries:
        if entry.startswith(start) and (start.startswith(".") or not entry.startswith(".")):
            path = os.path.join(folder, entry)
            end = os.sep if os.path.isdir(os.path.expanduser(path)) else ""
            found.append({"text": path + end, "type": "path"})
    return found


def modules(package: str, prefix: str) -> Matches:
    """Return the modules that can be imported from a package, or at the top."""
    if package:
        parent = sys.modules.get(package)
        folders = list(getattr(parent, "__path__", [])) if isinstance(parent, types.ModuleType) else []
        if parent is None:
            folders = [os.path.join(folder, *package.split(".")) for folder in path_folders()]
        found = set()
    else:
        folders = path_folders()
        found = set(sys.builtin_module_names)
    for folder in folders:
        found.update(modules_in(folder))
    if not prefix.startswith("_"):
        found = {name for name in found if not name.startswith("_")}
    return [{"text": name, "type": "module"} for name in sorted(found) if name.startswith(prefix)]


def path_folders() -> list[str]:
    """Return the folders of `sys.path`, in whose place the program may have put anything."""
    path = getattr(sys, "path", None)
    return [folder or "." for folder in path if type(folder) is str] if type(path) is list else []


def modules_in(folder: str) -> Iterable[str]:
    try:
        entries = os.listdir(folder)
    except OSError:
        return
    for entry in entries:
        name, dot, ending = entry.partition(".")
        if not name.isidentifier():
            continue
        is_source = dot and (ending == "py" or ending.endswith(("so", "pyd")))
        if is_source or (not dot and name != "__pycache__" and os.path.isdir(os.path.join(folder, name))):
            yield name
