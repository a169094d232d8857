"""The session's end of the pty: open it, lead it, and put it right after a run.

The supervisor opens the master and passes it on, because Node can open a
device but not call `ioctl`; the two calls that unlock and name the other end
are made here.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import fcntl
import os
import select
import struct
import sys
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# `termios` knows TIOCGPTN and TIOCSPTLCK since Python 3.13 only; these are Linux's numbers on
# x86_64, aarch64 and all others with the generic ioctl table.
TIOCGPTN = getattr(termios, "TIOCGPTN", 0x80045430)
TIOCSPTLCK = getattr(termios, "TIOCSPTLCK", 0x40045431)
IUTF8 = 0x4000  # of both systems; `termios` does not know it
# macOS: grant, unlock, name (ioctl numbers of <sys/ttycom.h>).
TIOCPTYGRANT, TIOCPTYUNLK, TIOCPTYGNAME = 0x20007454, 0x20007452, 0x40807453

CTRL_C = b"\x03"
MOST_CELLS = 0xFFFF
"""What the system has room for, in either direction."""


def open_terminal(master: int) -> int:
    """Unlock the pty behind `master`, close it, and make its other end our controlling terminal.

    The caller must lead a session without a terminal (`os.setsid`).  Return the descriptor.
    """
    if sys.platform == "darwin":
        fcntl.ioctl(master, TIOCPTYGRANT)
        fcntl.ioctl(master, TIOCPTYUNLK)
        name = fcntl.ioctl(master, TIOCPTYGNAME, bytes(128)).split(b"\0")[0].decode()
    else:
        fcntl.ioctl(master, TIOCSPTLCK, struct.pack("i", 0))
        number = struct.unpack("I", fcntl.ioctl(master, TIOCGPTN, bytes(4)))[0]
        name = "/dev/pts/%d" % number
    terminal = os.open(name, os.O_RDWR)
    configure(terminal)
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    # Held here too, the master would keep the terminal alive after the supervisor's death.
    os.close(master)
    return terminal


def configure(terminal: int) -> None:
    """Set what differs from the kernel's own modes."""
    modes: list[Any] = termios.tcgetattr(terminal)
    # A typed character is erased as a whole.
    modes[0] |= IUTF8
    # Ctrl-C must not throw away output that is on its way, and our marks with it.
    modes[3] |= termios.NOFLSH
    # There is no shell here to bring a suspended program back.
    modes[6][termios.VSUSP] = b"\0"
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


def lead(terminal: int) -> None:
    """Make our process group the foreground one.

    A background process that asks for it is stopped unless it holds SIGTTOU back.
    """
    previous = _signal.pthread_sigmask(_signal.SIG_BLOCK, [_signal.SIGTTOU])
    try:
        os.tcsetpgrp(terminal, os.getpgrp())
    finally:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, previous)


def resize(terminal: int, columns: int, rows: int) -> None:
    """Set the size in cells; the kernel tells the foreground group (SIGWINCH)."""
    size = (max(1, min(int(cells), MOST_CELLS)) for cells in (rows, columns))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))


def makes_interrupts(terminal: int) -> bool:
    """Tell whether Ctrl-C is an interrupt, for a program that reads whole lines or nothing at all.

    One that reads key by key edits a line with it, even where it takes it by way of a signal.
    """
    try:
        modes = termios.tcgetattr(terminal)
    except termios.error:
        return False  # The terminal is gone.
    flags: int = modes[3]
    wanted = termios.ISIG | termios.ICANON
    return flags & wanted == wanted and modes[6][termios.VINTR] == CTRL_C


def forget_keys(terminal: int) -> None:
    """Drop the keys that nobody has read."""
    try:
        termios.tcflush(terminal, termios.TCIFLUSH)
    except termios.error:
        # The terminal is gone, and all keys with it.
        pass


def go_on(terminal: int) -> None:
    """Let output go on that Ctrl-S has stopped."""
    poll = select.poll()
    poll.register(terminal, select.POLLOUT)
    if poll.poll(0):
        return
    modes: list[Any] = termios.tcgetattr(terminal)
    # Not with TCOOFF and TCOON: a newline that is being written between the two is lost.
    termios.tcsetattr(terminal, termios.TCSANOW, [modes[0] & ~termios.IXON, *modes[1:]])
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


class Modes:
    """The terminal's modes as the first run found them, for after a run that left others."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._modes = termios.tcgetattr(terminal)

    def restore(self) -> None:
        """Take the foreground back and undo what a killed editor or `stty -echo` left behind."""
        try:
            if os.tcgetpgrp(self._terminal) != os.getpgrp():
                lead(self._terminal)
            if termios.tcgetattr(self._terminal) != self._modes:
                termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._modes)
        except (OSError, termios.error):
            # The terminal is gone: the supervisor has died, and the host is about to end us.
            pass

    def forget_keys(self) -> None:
        """Drop what was typed ahead, as a terminal does at Ctrl-C."""
        forget_keys(self._terminal)

    def unread(self) -> bytes:
        """Take the keys that nobody has read, an unfinished line included."""
        modes: list[Any] = termios.tcgetattr(self._terminal)
        modes[3] &= ~(termios.ICANON | termios.ECHO)
        modes[6] = list(modes[6])
        modes[6][termios.VMIN], modes[6][termios.VTIME] = 0, 0
        termios.tcsetattr(self._terminal, termios.TCSANOW, modes)
        keys = b""
        try:
            while True:
                data = os.read(self._terminal, 4096)
                if not data:
                    return keys
                keys += data
        finally:
            termios.tcsetattr(self._terminal, termios.TCSANOW, self._modes)
