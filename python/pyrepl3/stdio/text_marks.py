"""Mark in the terminal's output which text is Python's own, and of which stream: for who wants it apart.

What is printed is written between marks: `on` before the text of `sys.stdout` (`or` where the terminal makes
nothing of a newline), `e` and `o` around what goes to `sys.stderr` within it, and `.` behind.  What C code
and child processes write has none.
"""

from __future__ import annotations

import termios

from ..protocol import bulk, marks


class TextMarks:
    """The marks for the terminal that is descriptor 1."""

    def __init__(self, token: str) -> None:
        self._terminal = bulk.identity(1)
        self._begin = {way: marks.mark(token, "o" + way) for way in "nr"}
        self._error = marks.mark(token, "e")
        self._back = marks.mark(token, "o")
        self._end = marks.mark(token, ".")

    def error(self, data: bytes) -> bytes:
        """Return what is queued for `sys.stderr`."""
        return self._error + data + self._back

    def written(self, data: bytes) -> bytes:
        """Return what is written of queued bytes: without a mark where the terminal does not get it."""
        if not self._leads_to_terminal():
            return data.replace(self._error, b"").replace(self._back, b"")
        modes = termios.tcgetattr(1)[1]
        is_processed = modes & termios.OPOST and modes & termios.ONLCR
        return self._begin["n" if is_processed else "r"] + data + self._end

    def _leads_to_terminal(self) -> bool:
        try:
            return bulk.identity(1) == self._terminal
        except OSError:
            # There is no descriptor 1 any more; who writes to it hears of that.
            return False
