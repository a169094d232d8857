"""Which displays and message buses the environment names: a connection to one is told by its address."""

from __future__ import annotations

import os
from os import environ

UNIX, PLACES = "unix:", ("path", "abstract")
BUSES = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")


def displays() -> bytes:
    """Return the path of the Wayland display, on a line; empty where none is named."""
    name = environ.get("WAYLAND_DISPLAY", "")
    return lines([os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name)] if name else [])


def buses() -> bytes:
    """Return the paths of the message buses, and those names that are no files, each on a line."""
    return lines([path for name in BUSES for path in paths_of(environ.get(name, ""))])


def paths_of(addresses: str) -> list[str]:
    """Return `/run/bus` of `unix:path=/run/bus,guid=1f`; several addresses are parted by semicolons."""
    pairs = [
        part.partition("=")
        for address in addresses.split(";")
        if address.startswith(UNIX)
        for part in address[len(UNIX) :].split(",")
    ]
    return [unescaped(value) for key, _, value in pairs if key in PLACES]


def unescaped(value: str) -> str:
    if "%" not in value:
        return value
    from urllib.parse import unquote

    return unquote(value)


def lines(paths: list[str]) -> bytes:
    return b"".join(b"%s\n" % os.fsencode(path) for path in paths)
