"""What is around the user's code: its streams, its terminal, and the marks in the output."""

from __future__ import annotations

import _thread
import os
import sys

from ..protocol import bulk, marks
from . import keyboard, output, streams
from .flusher import flusher
from .quiet import Quiet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..protocol import frames

FIRST_DESCRIPTOR = 100
"""Ours are moved up here, so that the user's first `open` gets 3 as in any Python."""
STANDARD = (0, 1, 2)


def move_up(descriptor: int) -> int:
    """Move a descriptor out of the user's way; children started with `exec` do not get it."""
    import fcntl

    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR)
    os.close(descriptor)
    return moved


class SessionIO:
    """One owner for the outlets, the terminal and the keyboard of a live state."""

    def __init__(self, start: dict[str, Any], answers: frames.Channel, bulk_descriptor: int) -> None:
        self.has_terminal: bool = start["terminal"]
        self._token = start["token"]
        self._mark = 0
        # Threads that ask write marks too; the supervisor relies on their order.
        self._marking = _thread.RLock()
        self._standard = {number: file_of(number) for number in STANDARD}
        self._open_streams()
        if self.has_terminal:
            self._open_terminal(start, answers, bulk_descriptor)
        else:
            from . import passwords

            passwords.open_passwords()

    def _open_streams(self) -> None:
        """Put our streams where `print` finds them."""
        outlet = output.Outlet(1)
        same = bulk.identity(1) == bulk.identity(2)
        errors = outlet if same else output.Outlet(2)
        self._outlets = [outlet] if same else [outlet, errors]
        encoding, handling = "utf-8", "strict"
        if not self.has_terminal:
            # Python has heeded `PYTHONIOENCODING` and the locale; our terminal is UTF-8 in any.
            encoding = getattr(sys.stdout, "encoding", encoding)
            handling = getattr(sys.stdout, "errors", handling)
        sys.stdout = sys.__stdout__ = streams.Stream(outlet, outlet.sink, "<stdout>", encoding, handling)
        self._error_sink = streams.ErrorSink(errors, 2)
        sys.stderr = sys.__stderr__ = streams.Stream(
            errors, self._error_sink, "<stderr>", encoding, "backslashreplace"
        )
        flusher.outlets = self._outlets

    def _open_terminal(self, start: dict[str, Any], answers: frames.Channel, bulk_descriptor: int) -> None:
        from . import terminal

        # The user may close 0, 1 and 2, or lead them elsewhere; the session needs its terminal.
        self.tty = move_up(os.open("/dev/tty", os.O_RDWR))
        self._modes = terminal.Modes(self.tty)
        if start["texts"]:
            from .text_marks import TextMarks

            self._outlets[0].text_marks = TextMarks(self._token)
        else:
            self._outlets[0].bulk = bulk.Bulk(bulk_descriptor, self.tty, self._token)
        self.questions = keyboard.Questions(answers, self.write_mark)
        self.keyboard = keyboard.Keyboard(self.questions)
        sys.stdin = sys.__stdin__ = self.keyboard

    def own_descriptors(self) -> list[int]:
        """Return the terminal's descriptor, and the standard ones that the program has not led elsewhere."""
        standard = [number for number, file in self._standard.items() if file and file_of(number) == file]
        return [self.tty, *standard] if self.has_terminal else standard

    def announce(self, arguments: tuple[Any, ...]) -> None:
        """Act on the audit event `builtins.input`."""
        self.keyboard.announce(arguments[0])

    def flush(self, arguments: tuple[Any, ...] = ()) -> None:
        """Let nothing of a child come before what was printed earlier."""
        for outlet in self._outlets:
            outlet.flush()

    def be_traced(self) -> None:
        """Print by C code alone, which a tracer or profiler that the program sets does not see."""
        if not any(outlet.is_traced or outlet.text_marks for outlet in self._outlets):
            for way in (*self._outlets, self._error_sink):
                way.be_traced()

    def be_untraced(self) -> None:
        if any(outlet.is_traced for outlet in self._outlets):
            self.flush()
            for way in (*self._outlets, self._error_sink):
                way.calm()

    def write_mark(self) -> int:
        """Write a mark behind all output so far; return its number, 0 without a terminal."""
        with self._marking:
            self._settle()
            if not self.has_terminal:
                return 0
            self._mark += 1
            number = self._mark
            bulk.write(self.tty, marks.mark(self._token, str(number)))
            return number

    def leave_screen(self) -> None:
        """What is written next is to stay when the program's own screen, if it shows one, goes."""
        if self.has_terminal:
            with self._marking:
                self._settle()
                bulk.write(self.tty, marks.mark(self._token, "f"))
                self._modes.restore()

    def _settle(self) -> None:
        for outlet in self._outlets:
            try:
                outlet.settle()
            except OSError:
                # The program has closed the descriptor, and what it printed goes nowhere.
                continue
        flush_c()

    def put_right(self, is_interrupted: bool) -> None:
        """Put the terminal right after a run."""
        if self.has_terminal:
            self._modes.restore()
            if is_interrupted:
                self._modes.forget_keys()

    def unread(self) -> bytes:
        """Take the keys that no program has read."""
        return self._modes.unread() if self.has_terminal else b""

    def say(self, text: str) -> None:
        """Write to the error outlet, whatever has become of `sys.stderr`."""
        try:
            self._outlets[-1].put_error(text.encode())
            self._outlets[-1].drain()
        except OSError:
            # Descriptor 2 is closed; the outcome of the run tells as much.
            pass

    def before_fork(self) -> None:
        for outlet in self._outlets:
            outlet.before_fork()

    def after_fork(self) -> None:
        for outlet in self._outlets:
            outlet.after_fork()

    def in_child(self) -> None:
        """Make a child of the user's an ordinary Python: its streams, and nothing of the session's."""
        for outlet in self._outlets:
            outlet.in_child()
        if self.has_terminal:
            self.keyboard.in_child()
            os.close(self.tty)

    def retire(self) -> None:
        """Let our streams do without our modules, which the program's last words may outlive."""
        for stream in (sys.__stdout__, sys.__stderr__):
            if isinstance(stream, streams.Stream):
                try:
                    stream.retire()
                except (OSError, ValueError):
                    continue  # The program has closed it.

    def quiet(self, sending: Any) -> Quiet:
        """Return a context in which no output and no report (whose lock is `sending`) is under way."""
        return Quiet([sending, self._marking], self._outlets)

    def come_back(self, mark: int) -> None:
        """This copy was woken: it goes on with the terminal as the one before left it."""
        self._mark = mark
        if self.has_terminal:
            self._modes.restore()


def file_of(descriptor: int) -> tuple[int, int, int] | None:
    """Return what file the descriptor leads to; `None` where it is closed."""
    try:
        return bulk.identity(descriptor)
    except OSError:
        return None


def flush_c() -> None:
    """Flush C's own buffers, where ctypes is there to reach them.

    Only with ctypes loaded can Python code have written to them, or with an extension module:
    those flush at a newline, as the terminal is one.
    """
    # Another thread may be importing it just now.
    process = getattr(sys.modules.get("ctypes"), "pythonapi", None)
    if process is not None:
        process.fflush(None)
