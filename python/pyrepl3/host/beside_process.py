"""A process beside the session, which does one job, and our line to it, which never makes us wait."""

from __future__ import annotations

import os

from ..protocol import frames
from ..resources import processes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Send = Callable[..., None]

ENDINGS = (frames.Closed, frames.FrameError, OSError)
"""What comes out of a line on which nothing more will be said."""


class BesideProcess(frames.Channel):
    """One such process."""

    def __init__(self, number: int, pid: int, line: int, send: Send) -> None:
        super().__init__(line)
        os.set_blocking(line, False)
        self.number = number
        self.pid = pid
        self.is_cancelled = False
        self.is_silent = False
        """Whether the line has come to its end."""
        self._pass_on = send
        self._is_over = False
        """Whether it has said what came of its job."""

    @staticmethod
    def refusal(number: int, reason: str) -> dict[str, Any]:
        """Return what is said of a job that comes to nothing."""
        raise NotImplementedError

    def hear(self) -> bool:
        """Take what it has sent; return whether that was anything, and raise one of `ENDINGS` at the end."""
        try:
            self.take_in()
        except BlockingIOError:
            return False
        while self.is_whole():
            self.take(*self.receive())
        return True

    def take(self, message: dict[str, Any], payload: bytes) -> None:
        """Take a message of its."""
        raise NotImplementedError

    def due(self) -> float:
        """Return after how many seconds something is to be passed on; negative where there is nothing."""
        return -1.0

    def tell(self) -> None:
        """Pass on what is due."""

    def end(self) -> None:
        """Kill it, with what it has started."""
        processes.kill(-self.pid)
        processes.kill(self.pid)

    def report_end(self, status: int) -> None:
        """It has ended: say so where it could not itself."""
        if not self._is_over:
            reason = "it was cancelled" if self.is_cancelled else self.why(processes.describe(status))
            self._pass_on({**self.refusal(self.number, reason), **self.last_words()})

    def why(self, how: str) -> str:
        """Return why nothing came of its job, a clause; `how` is how it ended."""
        raise NotImplementedError

    def last_words(self) -> dict[str, Any]:
        """Return what else is known of where it ended."""
        return {}
