"""Keep the frozen states by number, as the live states announce them."""

from __future__ import annotations

import _socket
import os
import select
import struct
import time

from ..protocol import notices
from ..protocol.orders import RECORD
from ..resources import processes
from .frozen_state import PATIENCE, FrozenState, Unwakeable

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass

TURN_MS = 20
"""How often a state that wakes is looked at."""


class FrozenStates:
    """The frozen states by number, and the socket on which live states announce them."""

    def __init__(self) -> None:
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_DGRAM)
        self._notices = ours
        self.theirs = theirs.detach()
        """The live state's end; all states share it."""
        os.set_inheritable(self.theirs, False)
        self._by_state: dict[int, FrozenState] = {}
        self._expected: tuple[int, int] | None = None
        """The state that is being copied, and the way to its copy."""
        self._dropped: set[int] = set()
        self._provided: FrozenState | None = None
        """The one that has been given what the live state had, and is to be woken."""
        self._current = 0
        """The state that was frozen or woken last: where the session goes when the live one is stopped."""
        self.inherited: set[int] = set()
        """What the woken state has of the live process before it, and of whose end it is to hear."""

    @property
    def descriptor(self) -> int:
        return self._notices.fileno()

    def forsake(self) -> None:
        """Close what is the host's: this is a new live state."""
        self._notices.close()
        for frozen in self._by_state.values():
            os.close(frozen.control)
        self._by_state = {}

    def hear(self) -> bool:
        """Take the notices that have come; return whether a state was frozen."""
        kinds = []
        while select.select([self._notices], [], [], 0)[0]:
            kinds.append(self._take()[0])
        return notices.FROZEN in kinds

    def _take(self) -> tuple[bytes, int]:
        data, parts, _, _ = self._notices.recvmsg(notices.NOTICE.size, _socket.CMSG_SPACE(4))
        kind, state, pid = notices.NOTICE.unpack(data)
        if kind == notices.CONTROL:
            self._expect(state, struct.unpack("i", parts[0][2])[0])
        elif kind == notices.FROZEN:
            self._add(pid)
        elif kind == notices.NOT_FROZEN:
            self._expect_nothing()
        elif kind == notices.INHERITED:
            self.inherited.add(pid)
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
        self._by_state[state] = FrozenState(pid, control, is_asleep)
        self._current = state

    def live_ended(self) -> tuple[int, int] | None:
        """Return the newest state and its pid, which the live state may not have lived to tell of."""
        self._take_in()
        if not self._by_state:
            return None
        state, frozen = list(self._by_state.items())[-1]
        return state, frozen.pid

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

    def provide(self, live: int, state: int | None = None) -> None:
        """Before the live process is ended, give a state what both have had: its sockets and terminals.

        Without a number a run is stopped, and the state is the one that the live one goes on from.
        """
        self.take_back()
        frozen = self._by_state.get(self._current if state is None else state)
        if frozen is None:
            return
        self._provided = frozen
        try:
            frozen.take_over(live, state is None)
        except Unwakeable:
            # The wake will say so.
            return

    def take_back(self) -> None:
        """Let go of what a state was given that is not woken."""
        frozen, self._provided = self._provided, None
        if frozen is not None and frozen in self._by_state.values():
            try:
                frozen.take_back()
            except Unwakeable:
                return

    def _newest(self) -> FrozenState:
        return list(self._by_state.values())[-1]

    def newest(self) -> int:
        """Return the process that was frozen last."""
        return self._newest().pid

    def pids(self) -> list[int]:
        return [frozen.pid for frozen in self._by_state.values()]

    def find(self, state: int) -> FrozenState | None:
        return self._by_state.get(state)

    def foresee(self, state: int, live: int) -> list[str]:
        """Return the files that a state could only read if it were woken now; none where it cannot tell.

        They are named as the live process sees them.
        """
        try:
            found = self._by_state[state].foresee() if state in self._by_state else []
        except (Unwakeable, OSError):
            return []  # It is said when the state is to be woken.
        from ..resources import reopened_files

        return reopened_files.told(found, live or None)

    def drop(self, state: int) -> None:
        frozen = self._by_state.pop(state, None)
        if frozen is not None:
            self._dropped.add(frozen.pid)
            frozen.close()

    def ended(self, pid: int) -> int | None:
        """Take note of a process that has ended; return the state that is lost with it."""
        if pid in self._dropped:
            self._dropped.discard(pid)
            return None
        for state, frozen in self._by_state.items():
            if frozen.pid == pid:
                del self._by_state[state]
                os.close(frozen.control)
                return state
        return None

    def wake(self, state: int, mark: int) -> int:
        """Wake a state and wait until it is whole; return its pid, or raise `Unwakeable`."""
        if state not in self._by_state:
            raise Unwakeable("it is gone")
        if self._provided is not self._by_state[state]:
            self.take_back()
        pid = self._by_state[state].wake()
        self._provided = None
        self._current = state
        self.inherited.clear()
        self._notices.send(notices.DETAILS.pack(pid, mark))
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
            if poll.poll(TURN_MS) and self._take() == (notices.UP, pid):
                return
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                raise Unwakeable("it ended as it woke (%s)" % processes.describe(status))
            if time.monotonic() > deadline:
                raise Unwakeable("it did not come up within %d s" % PATIENCE)
