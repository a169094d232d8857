"""The sockets of a process, as the kernel tells them.

A sleeping copy that holds a connected socket keeps the peer from seeing its
end when the live process closes it.  Who compares the two with `sockets_of`
finds what the sleeper should let go of.
"""

from __future__ import annotations

import os

BEGINNING = "socket:["


def sockets_of(pid: int) -> dict[int, list[int]]:
    """Return the descriptors of each socket of a process, by the socket's inode.

    Raises:
        FileNotFoundError: There is no such process.
        PermissionError: It is somebody else's.
    """
    folder = "/proc/%d/fd" % pid
    sockets: dict[int, list[int]] = {}
    for number in os.listdir(folder):
        try:
            link = os.readlink("%s/%s" % (folder, number))
        except FileNotFoundError:
            continue  # Closed since the listing.
        if link.startswith(BEGINNING):
            sockets.setdefault(int(link[len(BEGINNING) : -1]), []).append(int(number))
    return sockets
