"""Keep the frozen states by number, as the live states announce them."""

from __future__ import annotations

import _socket
import os
import select
import struct
import time

from . import processes, sockets
from .sleeper import PATIENCE, RECORD, Sleeper, Unwakeable
from .surroundings import FIRST_DESCRIPTOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# From the live state, one datagram each.
NOTICE = struct.Struct("<cii")
"""What happened, a state's number, a process."""
CONTROL, FROZEN, NOT_FROZEN, UP = b"C", b"F", b"N", b"U"
"""A copy is about to be made, and here is the way to it; it is made; it is not; a woken state is whole."""
DETAILS = struct.Struct("<ii")
"""To a woken state: the process that it is for, and the last mark that has passed."""

TURN_MS = 20
"""How often a state that wakes is looked at."""


class Sleepers:
    """The frozen states by number, and the socket on which live states announce them."""

    def __init__(self) -> None:
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_DGRAM)
        self._notices = ours
        self.theirs = theirs.detach()
        """The live state's end; all states share it."""
        os.set_inheritable(self.theirs, False)
        self._by_state: dict[int, Sleeper] = {}
        self._expected: tuple[int, int] | None = None
        """The state that is being copied, and the way to its copy."""
        self._dropped: set[int] = set()
        self._open: set[int] = set()
        """The sockets that the live state had when it was frozen or woken, and has not been seen to close."""
        self._unseen: list[Sleeper] = []
        """Those whose sockets have not been looked at."""

    @property
    def descriptor(self) -> int:
        return self._notices.fileno()

    def forsake(self) -> None:
        """Close what is the host's: this is a new live state."""
        self._notices.close()
        for sleeper in self._by_state.values():
            os.close(sleeper.control)
        self._by_state = {}

    def hear(self) -> bool:
        """Take the notices that have come; return whether a state was frozen."""
        kinds = []
        while select.select([self._notices], [], [], 0)[0]:
            kinds.append(self._take()[0])
        return FROZEN in kinds

    def _take(self) -> tuple[bytes, int]:
        data, parts, _, _ = self._notices.recvmsg(NOTICE.size, _socket.CMSG_SPACE(4))
        kind, state, pid = NOTICE.unpack(data)
        if kind == CONTROL:
            self._expect(state, struct.unpack("i", parts[0][2])[0])
        elif kind == FROZEN:
            self._add(pid)
        elif kind == NOT_FROZEN:
            self._expect_nothing()
        return kind, pid

    def _expect(self, state: int, control: int) -> None:
        self._expect_nothing()
        os.set_inheritable(control, False)
        self._expected = state, control

    def _expect_nothing(self) -> None:
        if self._expected is not None:
            os.close(self._expected[1])
            self._expected = None

    def _add(self, pid: int, is_asleep: bool = False) -> None:
        assert self._expected is not None
        state, control = self._expected
        self._expected = None
        # A newer copy of the same state takes the older one's place.
        self.drop(state)
        self._by_state[state] = Sleeper(pid, control, is_asleep)
        self._unseen.append(self._by_state[state])

    def live_ended(self) -> tuple[int, int] | None:
        """Return the newest state and its pid, which the live state may not have lived to tell of."""
        self._take_in()
        if not self._by_state:
            return None
        state, sleeper = list(self._by_state.items())[-1]
        return state, sleeper.pid

    def _take_in(self) -> None:
        """Take in a copy that the live state did not live to announce."""
        if self._expected is None:
            return
        _, control = self._expected
        if select.select([control], [], [], 0)[0]:
            record = os.read(control, RECORD.size)
            if len(record) == RECORD.size:
                self._add(RECORD.unpack(record)[1], is_asleep=True)
                return
        self._expect_nothing()

    def compare_sockets(self, live: int) -> None:
        """After a freeze, let the sleepers go of what the live state has closed since the last."""
        for sleeper in self._unseen:
            sleeper.sockets = sockets_or_none(sleeper.pid) or {}
            self._open.update(sleeper.sockets)
        self._unseen = []
        found = sockets_or_none(live)
        if found is None:
            # A death closes all of them, and the state that is woken has them still.
            return
        closed = self._open - set(found)
        self._open -= closed
        for inode in closed:
            for sleeper in self._by_state.values():
                sleeper.release(inode)

    def _newest(self) -> Sleeper:
        return list(self._by_state.values())[-1]

    def newest(self) -> int:
        """Return the process that was frozen last."""
        return self._newest().pid

    def pids(self) -> list[int]:
        return [sleeper.pid for sleeper in self._by_state.values()]

    def find(self, state: int) -> Sleeper | None:
        return self._by_state.get(state)

    def foresee(self, state: int) -> list[str]:
        """Return the files that a state could only read if it were woken now; none where it cannot tell."""
        try:
            found = self._by_state[state].foresee() if state in self._by_state else []
        except (Unwakeable, OSError):
            return []  # It is said when the state is to be woken.
        from . import reopened

        return reopened.told(found)

    def drop(self, state: int) -> None:
        sleeper = self._by_state.pop(state, None)
        if sleeper is not None:
            self._dropped.add(sleeper.pid)
            sleeper.close()

    def ended(self, pid: int) -> int | None:
        """Take note of a process that has ended; return the state that is lost with it."""
        if pid in self._dropped:
            self._dropped.discard(pid)
            return None
        for state, sleeper in self._by_state.items():
            if sleeper.pid == pid:
                del self._by_state[state]
                os.close(sleeper.control)
                return state
        return None

    def wake(self, state: int, mark: int) -> int:
        """Wake a state and wait until it is whole; return its pid, or raise `Unwakeable`."""
        if state not in self._by_state:
            raise Unwakeable("it is gone")
        pid = self._by_state[state].wake()
        self._open = set(self._by_state[state].sockets)
        self._notices.send(DETAILS.pack(pid, mark))
        try:
            self._await_up(pid)
        except BaseException:
            processes.kill_and_reap(pid)
            raise
        return pid

    def _await_up(self, pid: int) -> None:
        deadline = time.monotonic() + PATIENCE
        poll = select.poll()
        poll.register(self._notices.fileno(), select.POLLIN)
        while True:
            if poll.poll(TURN_MS) and self._take() == (UP, pid):
                return
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                raise Unwakeable("it ended as it woke (%s)" % processes.describe(status))
            if time.monotonic() > deadline:
                raise Unwakeable("it did not come up within %d s" % PATIENCE)


def sockets_or_none(pid: int) -> dict[int, list[int]] | None:
    """Return the program's sockets in a process; `None` where it has ended, or belongs to somebody else."""
    try:
        found = sockets.sockets_of(pid)
    except OSError:
        return None
    return {inode: numbers for inode, numbers in found.items() if max(numbers) < FIRST_DESCRIPTOR}


def listen(descriptor: int) -> Any:
    """Return the live state's end as a socket, which always waits."""
    end = _socket.socket(fileno=descriptor)
    end.settimeout(None)
    return end
