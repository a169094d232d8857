"""What is around the names of a session and is values: settings of Python, its library and others."""

from __future__ import annotations

import importlib
import sys

from . import library_settings, logging_settings, process_settings, registrations, standard_settings
from .setting import Setting, there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SETTINGS: dict[str, Setting] = {
    **library_settings.SETTINGS,
    **standard_settings.SETTINGS,
    **logging_settings.SETTINGS,
    **process_settings.SETTINGS,
    **registrations.SETTINGS,
}
"""In the order in which they are set: what changes what our own code does comes last."""


def words_for(name: str) -> str:
    setting = SETTINGS.get(name)
    return name if setting is None else setting.words


def values() -> dict[str, Any]:
    """Return what differs from a fresh session, under names that begin with a colon."""
    found: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        module = sys.modules.get(setting.module)
        if module is not None:
            try:
                for value in setting.changed(module):
                    found[name] = value
            except Exception:
                continue  # There is none, or the library is of a kind that keeps it elsewhere.
    return found


def in_order(names: Any) -> list[str]:
    """Return the names that `values` gives in the order in which they are to be set."""
    places = {name: place for place, name in enumerate(SETTINGS)}
    return sorted(names, key=lambda name: places.get(name, -1))


def set_value(name: str, value: Any) -> None:
    """Set what `values` returned under this name; raise what the library does."""
    setting = SETTINGS.get(name)
    if setting is not None:
        setting.set(importlib.import_module(setting.module), there(value))
