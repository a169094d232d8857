"""Say of each name what it is, and of the session what it has loaded."""

from __future__ import annotations

import os
import sys
import types

from ..values import module_registry
from ..values.naming import follow, has, identity, is_importable, is_type, module_of, qualname_of, type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SYSTEM = frozenset(
    (
        *("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__builtins__", "__file__"),
        *("__cached__", "__warningregistry__", "__annotate__", "__conditional_annotations__"),
    )
)
KINDS = ("saved", "partly", "imported", "reopened", "unsaved")
DEFINITIONS = frozenset(map(identity, (types.FunctionType, types.BuiltinFunctionType)))
"""Their types, by identity: another may have a metaclass that answers to `==`."""


def names_of(namespace: dict[str, Any]) -> list[str]:
    """Return the names that are the user's."""
    return [
        name
        for name, value in namespace.items()
        if type(name) is str and name not in SYSTEM and not (name == "__annotations__" and not value)
    ]


DEFAULTS: dict[str, Any] = {
    "how": "saved",
    "size": 0,
    "group": None,
    "print": None,
    "reason": None,
    "holes": [],
    "detail": None,
    "source": None,
}
"""What the manifest leaves out of an entry."""


def entry(name: str, value: Any) -> dict[str, Any]:
    """Return what is known of a name before anything is."""
    return {"name": name, "type": type_name(type(value)), **DEFAULTS}


def short(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in DEFAULTS or value != DEFAULTS[key]}


def whole(entry: dict[str, Any]) -> dict[str, Any]:
    return {**DEFAULTS, **entry}


def is_module(value: Any) -> bool:
    """Whether a value is a module that can be imported again."""
    return module_registry.is_module(value) and module_registry.is_imported(value)


def imported_as(value: Any) -> str | None:
    """Return where a definition is imported from, `None` where it is not."""
    if is_type(value) or identity(type(value)) in DEFINITIONS:
        return place(module_of(value), qualname_of(value)) if is_importable(value) else None
    # What libraries make that is called as a function, and knows its place.
    if not is_importable(type(value)) or not has(type(value), "__call__"):
        return None
    try:
        module, name = value.__module__, getattr(value, "__qualname__", None) or value.__name__
    except Exception:
        return None
    is_found = isinstance(module, str) and isinstance(name, str) and module != "__main__"
    return place(module, name) if is_found and follow(sys.modules.get(module), name) is value else None


def place(module: str, name: str) -> str:
    return name if module == "builtins" else "%s.%s" % (module, name)


def without(value: Any) -> str | None:
    """Return what a value does not bring with it, though it is saved."""
    if issubclass(type(value), BaseException) and value.__traceback__ is not None:
        return "without its traceback"
    return None


def module_detail(module: types.ModuleType) -> str:
    """Return the module's name, and its version where it tells one."""
    version = version_of(module.__name__.partition(".")[0])
    return module.__name__ if version is None else "%s %s" % (module.__name__, version)


def version_of(package: str) -> str | None:
    """Return the version of a package that is loaded."""
    found = told(package, "__version__")
    if found or is_of_python(package):
        return found or None
    try:
        from importlib import metadata

        return metadata.version(package)
    except Exception:
        return None  # Not installed as a package: a module of the user's own.


def told(package: str, name: str) -> str:
    """Return a text that a module has under a name; empty where there is none, or its own code fails."""
    try:
        found = getattr(sys.modules.get(package), name, "")
    except Exception:
        return ""
    return found if type(found) is str else ""


def is_of_python(package: str) -> bool:
    if hasattr(sys, "stdlib_module_names"):
        return package in sys.stdlib_module_names
    file = told(package, "__file__")
    return "site-packages" not in file and "dist-packages" not in file


def about_python() -> dict[str, Any]:
    """Return which Python this is, where it runs, and what it has loaded."""
    from importlib.util import MAGIC_NUMBER

    return {
        "python": {
            "version": "%d.%d.%d" % sys.version_info[:3],
            "implementation": sys.implementation.name,
            "magic": MAGIC_NUMBER.hex(),
            "executable": sys.executable,
        },
        "platform": "%s-%s" % (sys.platform, os.uname().machine),
        "packages": packages(),
    }


def packages() -> dict[str, str]:
    """Return the versions of all packages that are loaded, by name."""
    found: dict[str, str] = {}
    for name in sorted({name.partition(".")[0] for name in loaded()}):
        version = None if name.startswith("_") or is_of_python(name) else version_of(name)
        if version is not None and not name.startswith("pyrepl3"):
            found[name] = version
    return found


def loaded() -> list[str]:
    return [name for name in list(sys.modules) if type(name) is str]


def modules(values: list[Any]) -> list[str]:
    """Return the modules to import so that these are as they were: their parts that were loaded, too."""
    bound = list(dict.fromkeys(value.__name__ for value in values))
    prefixes = tuple(name + "." for name in bound)
    parts = [name for name in loaded() if name.startswith(prefixes)] if prefixes else []
    return bound + [name for name in parts if sys.modules.get(name) is not None]


def count(entries: list[dict[str, Any]]) -> dict[str, int]:
    return {kind: sum(each["how"] == kind for each in entries) for kind in KINDS}
