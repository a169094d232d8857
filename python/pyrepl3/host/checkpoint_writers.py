"""Keep the checkpoint writers, each a copy of a frozen state: fork them, and pass on what they say."""

from __future__ import annotations

import _socket
import os
import select
import time

from ..protocol import frames
from ..resources import processes
from .frozen_state import FrozenState, Unwakeable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict

    Send = Callable[[Dict[str, Any]], None]

PASS_ON_EVERY = 0.05
"""How often a writer's progress is passed on, in seconds."""
ENDINGS = (frames.Closed, frames.FrameError, OSError)
"""What comes out of a line on which nothing more will be said."""


class CheckpointWriter(frames.Channel):
    """One writer: its process, and our line to it, which never makes us wait."""

    def __init__(self, number: int, pid: int, line: int, send: Send) -> None:
        super().__init__(line)
        os.set_blocking(line, False)
        self.number = number
        self.pid = pid
        self.is_cancelled = False
        self.is_silent = False
        """Whether the line has come to its end."""
        self._pass_on = send
        self._last: dict[str, Any] | None = None
        """How far it was when it last said so."""
        self._is_told = True
        self._told = 0.0
        self._is_over = False

    def due(self) -> float:
        """Return after how many seconds its progress is to be passed on; negative where there is no news."""
        return -1.0 if self._is_told else max(0.0, self._told + PASS_ON_EVERY - time.monotonic())

    def hear(self) -> bool:
        """Take what it has sent; return whether that was anything, and raise one of `ENDINGS` at the end."""
        try:
            self._read()
        except BlockingIOError:
            return False
        while self.is_whole():
            self._take_message(self.receive()[0])
        return True

    def _take_message(self, message: dict[str, Any]) -> None:
        if message["kind"] == "saving":
            self._last, self._is_told = message, False
            self.tell()
            return
        self._tell_last()
        self._is_over = self._is_over or message["kind"] in ("saved", "unsaved")
        self._pass_on(message)

    def tell(self) -> None:
        """Pass its progress on, where it is time to."""
        if self.due() == 0.0:
            self._tell_last()

    def _tell_last(self) -> None:
        if not self._is_told and self._last is not None:
            self._is_told, self._told = True, time.monotonic()
            self._pass_on(self._last)

    def end(self) -> None:
        """Kill it, with what it has started."""
        processes.kill(-self.pid)
        processes.kill(self.pid)

    def report_end(self, status: int) -> None:
        """It has ended: say so where it could not itself."""
        if self._is_over:
            return
        name = self._last and self._last["name"]
        how = processes.describe(status)
        reason = "Python died as it was saved (%s)" % how if name else "the writer died (%s)" % how
        if self.is_cancelled:
            reason = "it was cancelled"
        self._pass_on({"kind": "unsaved", "id": self.number, "reason": reason, "name": name})


class CheckpointWriters:
    """The writers by the descriptors of our lines to them."""

    def __init__(self, send: Send, poll: select.poll) -> None:
        self._send = send
        self._poll = poll
        self._by_line: dict[int, CheckpointWriter] = {}

    def pids(self) -> list[int]:
        return [writer.pid for writer in self._by_line.values()]

    def begin(self, job: dict[str, Any], frozen: FrozenState | None) -> None:
        """Have a checkpoint of the state that sleeps there written."""
        if frozen is None:
            self._refuse(job, "state %d does not sleep any more" % job["state"])
            return
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            pid = frozen.fork_writer(theirs.fileno())
        except Unwakeable as error:
            ours.close()
            self._refuse(job, str(error))
            return
        finally:
            theirs.close()
        writer = CheckpointWriter(job["id"], pid, ours.detach(), self._send)
        self._by_line[writer.descriptor] = writer
        self._poll.register(writer.descriptor, select.POLLIN)
        try:
            writer.send(job)
        except OSError:
            # It has died already, or the job is larger than the line takes at once.
            writer.end()

    def _refuse(self, job: dict[str, Any], reason: str) -> None:
        self._send({"kind": "unsaved", "id": job["id"], "reason": reason, "name": None})

    def cancel(self, number: int) -> None:
        for writer in self._by_line.values():
            if writer.number == number:
                writer.is_cancelled = True
                writer.end()

    def hear(self, line: int) -> None:
        """Take what a writer has sent; nothing from one that has ended since the host looked who has."""
        writer = self._by_line.get(line)
        if writer is None:
            return
        try:
            writer.hear()
        except ENDINGS:
            self._silence(writer)
            # It ends, or must.
            writer.end()

    def _silence(self, writer: CheckpointWriter) -> None:
        if not writer.is_silent:
            writer.is_silent = True
            self._poll.unregister(writer.descriptor)

    def wait_ms(self) -> int | None:
        """Return after how many milliseconds there is something to pass on."""
        due = [writer.due() for writer in self._by_line.values()]
        return min([int(each * 1000) + 1 for each in due if each >= 0], default=None)

    def tell(self) -> None:
        for writer in self._by_line.values():
            writer.tell()

    def ended(self, pid: int, status: int) -> bool:
        """Take note of a process that has ended; return whether it was a writer."""
        for line, writer in self._by_line.items():
            if writer.pid == pid:
                self._close(line, writer)
                writer.report_end(status)
                return True
        return False

    def _close(self, line: int, writer: CheckpointWriter) -> None:
        """Take the last that it has said, and let go of the line."""
        try:
            while not writer.is_silent and writer.hear():
                continue
        except ENDINGS:
            pass
        self._silence(writer)
        del self._by_line[line]
        os.close(line)

    def forsake(self) -> None:
        """Close what is the host's: this is a new live state."""
        for line in self._by_line:
            os.close(line)
        self._by_line = {}
