"""What a copy made by plain fork would hold beside the live process, and somebody outside could notice.

A copy shares each open file: its locks, also those that are taken later, its
place, its end of a conversation.  When the live process closes it, it is open
still.  So all counts, but for the session's own and a few devices that keep
nothing.
"""

from __future__ import annotations

import os
import stat

from .paths import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Collection, Sequence

HARMLESS = frozenset(os.makedev(1, minor) for minor in (3, 5, 7, 8, 9))
"""The null device, zeros, a full disk, and random bytes: they know nothing of who has them open."""
CONTROLLING_TERMINAL = os.makedev(5, 0)
"""`/dev/tty`, which is the session's."""
ANONYMOUS = {
    "anon_inode:[eventpoll]": "an epoll set",
    "anon_inode:[eventfd]": "an eventfd",
    "anon_inode:[timerfd]": "a timer",
    "anon_inode:inotify": "a watch on files (inotify)",
    "anon_inode:[signalfd]": "a signalfd",
    "anon_inode:[pidfd]": "a handle of a process",
    "anon_inode:[io_uring]": "io_uring",
}
SYSTEM = (b"/usr/lib", b"/usr/share/", b"/lib", b"/nix/store/", b"/gnu/store/")
"""Files that nobody locks or deletes beside a session; locales and the like are mapped from here."""


def held(own: Sequence[int]) -> str:
    """Return what a copy would keep, as `data.csv open`; empty where it would keep nothing.

    `own` are the descriptors that it may share.

    Raises:
        OSError: There is no descriptor left to look with, or no `/proc`.
    """
    return opened(own) or mapped()


def opened(own: Sequence[int]) -> str:
    harmless = {CONTROLLING_TERMINAL, *HARMLESS, *devices_of(own)}
    for name in os.listdir("/proc/self/fd"):
        if int(name) in own:
            continue
        try:
            status = os.fstat(int(name))
            if is_device(status, harmless):
                continue
            return "%s open (descriptor %s)" % (kind_of(status.st_mode, name), name)
        except OSError:
            continue  # The folder itself, which is closed by now.
    return ""


def devices_of(descriptors: Sequence[int]) -> set[int]:
    """Return the devices that they lead to: the session's terminal, which the program may open once more."""
    found: set[int] = set()
    for number in descriptors:
        try:
            status = os.fstat(number)
        except OSError:
            continue  # The program has closed it.
        if stat.S_ISCHR(status.st_mode):
            found.add(status.st_rdev)
    return found


def is_device(status: os.stat_result, among: Collection[int]) -> bool:
    return stat.S_ISCHR(status.st_mode) and status.st_rdev in among


def kind_of(mode: int, number: str) -> str:
    """Name what the descriptor leads to."""
    link = os.readlink("/proc/self/fd/" + number)
    if link.startswith("/"):
        return shorten(link)
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return ANONYMOUS.get(link, link)


def mapped() -> str:
    """Return what is mapped and no library: it keeps a file and its locks, or memory is shared by it."""
    with open("/proc/self/maps", "rb") as file:
        parts = [line.rstrip(b"\n").split(None, 5) for line in file]
    # Address, permissions, place in the file, device, inode, path.
    libraries = {(part[3], part[4]) for part in parts if part[1][2:3] == b"x"}
    for part in parts:
        permissions, path = part[1], part[5] if len(part) > 5 else b""
        is_shared = permissions.endswith(b"s")
        if not is_shared and (part[4] == b"0" or (part[3], part[4]) in libraries):
            continue
        if path.startswith(SYSTEM) and not (is_shared and permissions[1:2] == b"w"):
            continue
        if path.startswith(b"/dev/zero"):
            return "memory shared"
        return "%s mapped" % shorten(os.fsdecode(path))
    return ""
