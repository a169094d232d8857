"""The host: lead the terminal session, own its states, and say how the live one ended.

No line of the user's runs here.  The host is the one process of a session
that stays whatever happens to the states, and when the supervisor goes away it
ends all the others.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import select

from ..protocol import bulk, frames, marks
from ..resources import exit_ledger, process_ids, processes
from ..stdio import terminal
from ..worker import descriptors, state
from . import beside, fault_reports, frozen_state, frozen_states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The descriptors that the supervisor passes.
MASTER, CONTROL, REQUESTS, ANSWERS, BULK = 3, 4, 5, 6, 7
ENDING_MARK = 0
BARRIER_MARK = "x"
FRESH = 0
"""The number of the state in which nothing has run; it needs no copy."""
DRAIN_SIZE = 65536
DRAIN_PATIENCE_MS = 5000
IGNORED = ("SIGHUP", "SIGINT", "SIGTERM", "SIGTTOU")


def main() -> None:
    """Run the host; in each live state that it forks, run that instead, and return when it exits."""
    for descriptor in (CONTROL, REQUESTS, ANSWERS, BULK):
        os.set_inheritable(descriptor, False)
    control = frames.Channel(CONTROL)
    start, _ = control.receive()
    os.setsid()
    tty = None
    if start["terminal"]:
        processes.close_from(BULK + 1)
        tty = terminal.open_terminal(MASTER)
        terminal.resize(tty, start["columns"], start["rows"])
    host = Host(control, start, tty)
    if host.serve():
        host.live()


def lead_group(tty: int | None) -> None:
    """Make this process a foreground group of its own, with the terminal as 0, 1 and 2."""
    os.setpgid(0, 0)
    if tty is None:
        return
    terminal.lead(tty)
    for descriptor in (0, 1, 2):
        os.dup2(tty, descriptor)
    os.close(tty)


class Host:
    """The parent of the states."""

    def __init__(self, control: frames.Channel, start: dict[str, Any], tty: int | None) -> None:
        self._control = control
        self._start = start
        self._tty = tty
        self._faults = fault_reports.open_faults()
        self._frozen_states = frozen_states.FrozenStates()
        self._endings = exit_ledger.open_ledger()
        self._ledger = exit_ledger.Ledger(self._endings)
        self._poll = select.poll()
        self._beside = beside.Beside(control.send, self._poll)
        self._me = os.getpid()
        self._pid = 0
        """The live state; 0 while there is none."""
        self._base = processes.BEGINNING
        """When the state was made that a kill goes back to."""
        self._swept_from: processes.Moment | None = None
        """What began from then on is to end with the live state, which was told to die."""
        self._held_pipes: list[int] = []
        """Those of a live state that was told to die, until another is in its place."""
        self._mark: int | None = None
        """Where a live state that is forked anew counts its marks on from; `None` for the first."""
        self._woken, self._wake_up = os.pipe()

    def serve(self) -> bool:
        """Obey the supervisor until it goes away; return whether this is a child, a new live state."""
        if self._bear():
            return True
        try:
            self._listen()
            self._control.send({"kind": "born", "pid": self._pid, "host": self._me})
            processes.adopt_orphans()
            while not self._turn():
                pass
        except frames.Closed:
            pass
        except BaseException as error:
            if os.getpid() == self._me:
                fault_reports.tell_broken(self._control, error)
            raise
        finally:
            if os.getpid() == self._me:
                processes.end_all(self._pid)
        return os.getpid() != self._me

    def live(self) -> None:
        """Become the live state: run it until its program exits."""
        lead_group(self._tty)
        process_ids.renew_main_thread()
        given = descriptors.Descriptors(
            REQUESTS, ANSWERS, BULK, self._faults, self._frozen_states.theirs, self._endings
        )
        state.main(self._start, given, self._mark)

    def _bear(self) -> bool:
        """Fork a live state in which nothing has run; return whether this is it."""
        self._pid = os.fork()
        if self._pid:
            processes.lead_group(self._pid)
            self._base = processes.moment_of(self._pid)
            return False
        self._frozen_states.forsake()
        self._beside.forsake()
        for descriptor in (CONTROL, self._woken, self._wake_up):
            os.close(descriptor)
        _signal.set_wakeup_fd(-1)
        for name in (*IGNORED, "SIGCHLD"):
            _signal.signal(getattr(_signal, name), _signal.SIG_DFL)
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        for number in self._start["ignored"]:
            _signal.signal(number, _signal.SIG_IGN)
        return True

    def _listen(self) -> None:
        for name in IGNORED:
            _signal.signal(getattr(_signal, name), _signal.SIG_IGN)
        for descriptor in (self._woken, self._wake_up):
            os.set_blocking(descriptor, False)
        _signal.signal(_signal.SIGCHLD, lambda number, frame: None)
        _signal.set_wakeup_fd(self._wake_up)
        for descriptor in (CONTROL, self._woken, self._frozen_states.descriptor):
            self._poll.register(descriptor, select.POLLIN)

    def _turn(self) -> bool:
        """Do what is to be done now; return whether this is a child, a new live state."""
        self._reap()
        self._beside.tell()
        for descriptor, _ in self._poll.poll(self._beside.wait_ms()):
            if descriptor == self._woken:
                os.read(self._woken, 4096)
            elif descriptor == self._frozen_states.descriptor:
                self._hear()
            elif descriptor != CONTROL:
                self._beside.hear(descriptor)
            elif self._obey(self._control.receive()[0]):
                return True
        # What came with it is in our buffer, and no poll tells of that.
        while self._control.is_whole():
            if self._obey(self._control.receive()[0]):
                return True
        return False

    def _hear(self) -> None:
        if self._frozen_states.hear():
            self._base = processes.moment_of(self._frozen_states.newest())

    def _obey(self, request: dict[str, Any]) -> bool:
        if request["kind"] == "signal":
            self._signal(request["name"])
        elif request["kind"] == "resize":
            if self._tty is not None:
                terminal.resize(self._tty, request["columns"], request["rows"])
        elif request["kind"] == "probe":
            interrupts = self._tty is not None and terminal.makes_interrupts(self._tty)
            self._control.send({"kind": "probed", "interrupts": interrupts})
        elif request["kind"] == "drop":
            self._hear()
            for state in request["states"]:
                self._frozen_states.drop(state)
        elif request["kind"] == "foresee":
            self._hear()
            files = self._frozen_states.foresee(request["state"], self._pid)
            self._control.send({"kind": "foreseen", "state": request["state"], "files": files})
        elif request["kind"] in beside.REQUESTS:
            self._hear()
            self._beside.obey(request, self._frozen_states.find)
        elif request["kind"] == "wake":
            return self._wake(request)
        else:
            raise frames.FrameError("a host knows no request %r" % request["kind"])
        return False

    def _signal(self, name: str) -> None:
        """Send the signal, and let it be heard by who was stopped, by SIGSTOP or by Ctrl-S."""
        if not self._pid:
            return
        self._hear()
        if name == "SIGKILL":
            self._swept_from = self._base
            self._frozen_states.provide(self._pid)
            self._hold_pipes()
            processes.kill(self._pid)
        else:
            processes.signal_group(self._pid, getattr(_signal, name))
            processes.signal_group(self._pid, _signal.SIGCONT)
        if self._tty is not None:
            terminal.go_on(self._tty)

    def _wake(self, request: dict[str, Any]) -> bool:
        """Put a frozen state in the live one's place; return whether this is a child, to become it."""
        self._hear()
        if self._pid:
            self._hold_pipes()
        try:
            return self._replace(request)
        finally:
            self._let_go_of_pipes()

    def _hold_pipes(self) -> None:
        """Let workers at the other ends not see them end before another state has opened its pipes again."""
        self._let_go_of_pipes()
        self._held_pipes = processes.hold_pipes(self._pid)

    def _let_go_of_pipes(self) -> None:
        for descriptor in self._held_pipes:
            os.close(descriptor)
        self._held_pipes = []

    def _replace(self, request: dict[str, Any]) -> bool:
        if self._pid:
            self._frozen_states.provide(self._pid, request["state"])
            processes.kill_and_reap(self._pid)
            self._pid = 0
            self._hear()
            self._tell_newest()
            # What it leaves behind of ended children is known before the next one asks.
            self._reap()
            self._sweep()
        elif self._tty is not None:
            # What was typed was for a program that has died.
            terminal.forget_keys(self._tty)
        if request["alone"]:
            self._end_younger(processes.BEGINNING)
        self._control.send({"kind": "vacant"})
        barrier = request["barrier"].encode()
        for descriptor in (REQUESTS, ANSWERS):
            drain(descriptor, barrier)
        if self._tty is not None:
            bulk.write(BULK, barrier)
            bulk.write(self._tty, marks.mark(self._start["token"], BARRIER_MARK))
        bulk.write(REQUESTS, barrier)
        fault_reports.clear(self._faults)
        state = request["state"]
        if state == FRESH:
            self._mark = request["mark"]
            self._frozen_states.take_back()
            return self._bear()
        try:
            self._pid = self._frozen_states.wake(state, request["mark"])
            self._base = processes.moment_of(self._pid)
        except frozen_state.Unwakeable as error:
            self._control.send({"kind": "unwoken", "state": state, "reason": str(error)})
        return False

    def _reap(self) -> None:
        """Reap all who have ended, orphans too, and tell of the states among them."""
        while True:
            try:
                reaped = exit_ledger.reap(self._ledger)
            except ChildProcessError:
                return
            if reaped is None:
                return
            pid, status = reaped
            # The notice that makes it a state may still be under way.
            self._hear()
            if pid == self._pid:
                self._pid = 0
                self._tell_newest()
                self._report(status)
                continue
            if self._beside.ended(pid, status):
                continue
            self._tell_heir(pid)
            state = self._frozen_states.ended(pid)
            if state is not None:
                reason = "it ended (%s)" % processes.describe(status)
                self._control.send({"kind": "lost", "state": state, "reason": reason})

    def _tell_heir(self, pid: int) -> None:
        """Signal the end of a process to the live state that has inherited it, as the system would."""
        if pid in self._frozen_states.inherited:
            self._frozen_states.inherited.discard(pid)
            if self._pid:
                os.kill(self._pid, _signal.SIGCHLD)

    def _end_younger(self, moment: processes.Moment) -> None:
        """End what the live state started at the moment or later, but no copies and what works beside."""
        spared = [*self._frozen_states.pids(), *self._beside.pids()]
        processes.end_younger(moment, spared, lambda pid: exit_ledger.reap(self._ledger, pid))

    def _tell_newest(self) -> None:
        """Tell of the copy that was made last: the live state may not have lived to do it."""
        found = self._frozen_states.live_ended()
        if found is not None:
            state, pid = found
            self._control.send(
                {"kind": "frozen", "state": state, "pid": pid, "seconds": 0.0, "threads": 0, "moving": False}
            )

    def _sweep(self) -> None:
        """End what was to end with the live state."""
        if self._swept_from is not None:
            self._end_younger(self._swept_from)
            self._swept_from = None

    def _report(self, status: int) -> None:
        self._sweep()
        killed = os.WIFSIGNALED(status)
        stack, line = fault_reports.last_report(self._faults) if killed else (None, None)
        if self._tty is not None:
            bulk.write(self._tty, marks.mark(self._start["token"], str(ENDING_MARK)))
        self._control.send(
            {
                "kind": "ended",
                "status": None if killed else os.WEXITSTATUS(status),
                "signal": processes.signal_name(os.WTERMSIG(status)) if killed else None,
                "stack": stack,
                "line": line,
                "mark": ENDING_MARK,
            }
        )


def drain(descriptor: int, barrier: bytes) -> None:
    """Take all that was sent to the state before, up to the barrier."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    tail = b""
    while not tail.endswith(barrier):
        if not poll.poll(DRAIN_PATIENCE_MS):
            raise frames.FrameError("no barrier came on channel %d" % descriptor)
        data = os.read(descriptor, DRAIN_SIZE)
        if not data:
            raise frames.Closed
        tail = (tail + data)[-len(barrier) :]
