"""Put into words what a woken state has lost of its connections and watches, as `losses.c` has noted it."""

from __future__ import annotations

import _socket
import ctypes
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CONNECTION, CONNECTIONS = "the connection to %s", "%d connections to %s"
CLAUSES = (
    (CONNECTION + " is closed", CONNECTIONS + " are closed"),
    (
        CONNECTION + " has gone on without this state, and is closed",
        CONNECTIONS + " have gone on without this state, and are closed",
    ),
    (
        CONNECTION + " may have gone on without this state, and is closed",
        CONNECTIONS + " may have gone on without this state, and are closed",
    ),
    (
        "the listening socket %s could not be opened again",
        "%d listening sockets %s could not be opened again",
    ),
    ("the socket %s could not be opened again", "%d sockets %s could not be opened again"),
    ("the terminal of %s is closed", "%d terminals of %s are closed"),
    (
        "the watch on files (inotify) of %s watches nothing any more",
        "%d watches on files (inotify) of %s watch nothing any more",
    ),
)
"""For each `enum reason` of `losses.h`, from 1 on: about one of them, and about several of one name."""
TERMINAL, WATCH = 6, 7
LIMIT = 4
"""So many clauses say enough."""
FAMILY_SIZE = 2


class Loss(ctypes.Structure):
    """`struct loss` of `losses.c`."""

    _fields_ = (("reason", ctypes.c_int), ("address", ctypes.c_ubyte * 128), ("size", ctypes.c_uint))


def of_object(library: Any) -> list[str]:
    """Return a clause for each kind of loss at the last wake, and how many more there are."""
    counts: dict[tuple[int, str], int] = {}
    total = library.pyrepl3_lost(0, ctypes.byref(Loss()))
    for index in range(total):
        loss = Loss()
        library.pyrepl3_lost(index, ctypes.byref(loss))
        if not loss.reason:
            break  # The rest has been counted, and no more.
        key = loss.reason, name_of(loss)
        counts[key] = counts.get(key, 0) + 1
    told = list(counts.items())[:LIMIT]
    clauses = [clause(reason, name, count) for (reason, name), count in told]
    rest = total - sum(count for _, count in told)
    return clauses if not rest else [*clauses, "%d more could not be brought back as well" % rest]


def clause(reason: int, name: str, count: int) -> str:
    one, several = CLAUSES[reason - 1]
    return one % name if count == 1 else several % (count, name)


def name_of(loss: Loss) -> str:
    """Return an address as people write it: `127.0.0.1:8000`, `[::1]:8000`, `/run/a.sock`."""
    address = bytes(loss.address[: loss.size])
    family = int.from_bytes(address[:FAMILY_SIZE], sys.byteorder)
    if loss.reason == TERMINAL:
        return "another program"
    if loss.reason == WATCH:
        return "the program"
    if family == _socket.AF_INET:
        return "%s:%d" % (_socket.inet_ntop(family, address[4:8]), int.from_bytes(address[2:4], "big"))
    if family == _socket.AF_INET6:
        return "[%s]:%d" % (_socket.inet_ntop(family, address[8:24]), int.from_bytes(address[2:4], "big"))
    path = address[FAMILY_SIZE:]
    if family != _socket.AF_UNIX or not path.strip(b"\0"):
        return "another process"
    # What has no file is written with an at sign.
    return "@" + os.fsdecode(path[1:]) if not path[0] else os.fsdecode(path.split(b"\0")[0])
