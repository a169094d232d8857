"""What a live state says of itself: what it can do, and how its prompts look."""

from __future__ import annotations

import sys

from ..protocol.version import CONTRACT_VERSION
from ..snapshot import native_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def ready(has_terminal: bool) -> dict[str, Any]:
    """Return the contract's `Ready`."""
    capabilities = ["await", *(["terminal"] if has_terminal else []), "states"]
    if native_object.find() is not None:
        capabilities.append("native")
    return {
        "kind": "ready",
        "version": CONTRACT_VERSION,
        "python": "%d.%d.%d" % sys.version_info[:3] + suffix(),
        "implementation": {"cpython": "CPython", "pypy": "PyPy"}.get(
            sys.implementation.name, sys.implementation.name
        ),
        "executable": sys.executable,
        "prefix": sys.prefix,
        "capabilities": capabilities,
        **prompts(),
    }


def suffix() -> str:
    """Return `rc1` of 3.14.0rc1, nothing for a final release."""
    level, serial = sys.version_info[3:]
    return (
        "" if level == "final" else "%s%d" % ({"alpha": "a", "beta": "b", "candidate": "rc"}[level], serial)
    )


def prompts() -> dict[str, str]:
    return {name: prompt(name) for name in ("ps1", "ps2")}


def prompt(name: str) -> str:
    """Return `str(sys.ps1)`, empty where it is gone or fails."""
    try:
        return str(getattr(sys, name, ""))
    except BaseException:
        return ""
