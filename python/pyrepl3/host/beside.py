"""Keep the processes beside the session, copies of frozen states: fork them, and pass on what they say."""

from __future__ import annotations

import _socket
import os
import select

from .beside_process import ENDINGS
from .checkpoint_writer import CheckpointWriter
from .describer import Describer
from .frozen_state import Unwakeable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .beside_process import BesideProcess, Send
    from .frozen_state import FrozenState

KINDS: dict[str, type[BesideProcess]] = {"save": CheckpointWriter, "inspect": Describer}
"""What does which job."""
ENDS: dict[str, type[BesideProcess]] = {"cancel": CheckpointWriter, "abandon": Describer}
REQUESTS = frozenset((*KINDS, *ENDS))


class Beside:
    """The processes by the descriptors of our lines to them."""

    def __init__(self, send: Send, poll: select.poll) -> None:
        self._send = send
        self._poll = poll
        self._by_line: dict[int, BesideProcess] = {}

    def pids(self) -> list[int]:
        return [process.pid for process in self._by_line.values()]

    def obey(self, request: dict[str, Any], find: Callable[[int], FrozenState | None]) -> None:
        """Do one of `REQUESTS`; `find` returns the state of a number that sleeps."""
        if request["kind"] in ENDS:
            self._end(ENDS[request["kind"]], request["id"])
        else:
            self.begin(request, find(request["state"]))

    def begin(self, job: dict[str, Any], frozen: FrozenState | None) -> None:
        """Have a job done by a copy of the state that sleeps there."""
        kind = KINDS[job["kind"]]
        if frozen is None:
            self._send(kind.refusal(job["id"], "state %d does not sleep any more" % job["state"]))
            return
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            pid = frozen.fork_beside(theirs.fileno())
        except Unwakeable as error:
            ours.close()
            self._send(kind.refusal(job["id"], str(error)))
            return
        finally:
            theirs.close()
        process = kind(job["id"], pid, ours.detach(), self._send)
        self._by_line[process.descriptor] = process
        self._poll.register(process.descriptor, select.POLLIN)
        try:
            process.send(job)
        except OSError:
            # It has died already, or the job is larger than the line takes at once.
            process.end()

    def _end(self, kind: type[BesideProcess], number: int) -> None:
        for process in self._by_line.values():
            if type(process) is kind and process.number == number:
                process.is_cancelled = True
                process.end()

    def hear(self, line: int) -> None:
        """Take what one has sent; nothing from one that has ended since the host looked who has."""
        process = self._by_line.get(line)
        if process is None:
            return
        try:
            process.hear()
        except ENDINGS:
            self._silence(process)
            # It ends, or must.
            process.end()

    def _silence(self, process: BesideProcess) -> None:
        if not process.is_silent:
            process.is_silent = True
            self._poll.unregister(process.descriptor)

    def wait_ms(self) -> int | None:
        """Return after how many milliseconds there is something to pass on."""
        due = [process.due() for process in self._by_line.values()]
        return min([int(each * 1000) + 1 for each in due if each >= 0], default=None)

    def tell(self) -> None:
        for process in self._by_line.values():
            process.tell()

    def ended(self, pid: int, status: int) -> bool:
        """Take note of a process that has ended; return whether it was one of these."""
        for line, process in self._by_line.items():
            if process.pid == pid:
                self._close(line, process)
                process.report_end(status)
                return True
        return False

    def _close(self, line: int, process: BesideProcess) -> None:
        """Take the last that it has said, and let go of the line."""
        try:
            while not process.is_silent and process.hear():
                continue
        except ENDINGS:
            pass
        self._silence(process)
        del self._by_line[line]
        os.close(line)

    def forsake(self) -> None:
        """Close what is the host's: this is a new live state."""
        for line in self._by_line:
            os.close(line)
        self._by_line = {}
