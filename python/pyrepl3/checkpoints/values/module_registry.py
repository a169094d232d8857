"""The dictionaries in which names are looked up, the session's and those of modules: never copied."""

from __future__ import annotations

import sys
import types

from .naming import identity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Union

    Owner = Union[str, types.ModuleType]

SESSION, MODULES = ":session", ":modules"
"""What stands for the session's names, and for `sys.modules`, where others have a module's name."""


class ModuleRegistry:
    """Knows these dictionaries."""

    def __init__(self, session: dict[str, Any]) -> None:
        self._known: dict[int, Owner] = {
            identity(module.__dict__): name for name, module in list(sys.modules.items()) if is_module(module)
        }
        self._known[identity(sys.modules)] = MODULES
        self._known[identity(session)] = SESSION

    def add(self, module: types.ModuleType) -> None:
        """Take in a module that cannot be imported, and is saved with what it holds."""
        self._known.setdefault(identity(module.__dict__), module)

    def find(self, dictionary: Any) -> Owner | None:
        """Return what a dictionary is called, or whose it is; `None` where it is just one."""
        return self._known.get(identity(dictionary))

    def among(self, numbers: Any) -> Any:
        """Return which of these are the identities of some."""
        return numbers & self._known.keys()


def is_module(value: Any) -> bool:
    return issubclass(type(value), types.ModuleType)


def is_imported(module: types.ModuleType) -> bool:
    """Whether a module can be imported again."""
    name = module.__dict__.get("__name__")
    return type(name) is str and sys.modules.get(name) is module
