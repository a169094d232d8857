"""The host: lead the terminal session, fork the live state, and say how it ended.

No line of the user's runs here.  The host is the one process of a session
that stays whatever happens to the state, and when the supervisor goes away it
ends all the others.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import select

from . import frames, marks, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The descriptors that the supervisor passes.
MASTER, CONTROL, REQUESTS, ANSWERS, BULK = 3, 4, 5, 6, 7
ENDING_MARK = 0
PR_SET_CHILD_SUBREAPER = 36
FAULT_LIMIT = 65536


def main() -> None:
    """Run the host; in the child, run the live state instead, and return when it exits."""
    for descriptor in (CONTROL, REQUESTS, ANSWERS, BULK):
        os.set_inheritable(descriptor, False)
    control = frames.Channel(CONTROL)
    start, _ = control.receive()
    os.setsid()
    tty = None
    if start["terminal"]:
        tty = terminal.open_terminal(MASTER)
        terminal.resize(tty, start["columns"], start["rows"])
    faults = open_faults()
    pid = os.fork()
    if pid == 0:
        os.close(CONTROL)
        lead_group(tty)
        from . import state

        state.main(start, REQUESTS, ANSWERS, BULK, faults)
        return
    for descriptor in (REQUESTS, ANSWERS, BULK):
        os.close(descriptor)
    Host(control, start, pid, tty, faults).serve()


def open_faults() -> int:
    """Open the file to which the fault handler writes, without a name on any disk."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("faults")
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


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
    """The parent of the live state, between its birth and its end."""

    def __init__(
        self,
        control: frames.Channel,
        start: dict[str, Any],
        pid: int,
        tty: int | None,
        faults: int,
    ) -> None:
        self._control = control
        self._token = start["token"]
        self._pid = pid
        self._tty = tty
        self._faults = faults

    def serve(self) -> None:
        """Obey the supervisor until the live state has ended, then end too."""
        for name in ("SIGHUP", "SIGINT", "SIGTERM", "SIGTTOU"):
            _signal.signal(getattr(_signal, name), _signal.SIG_IGN)
        woken, wake = os.pipe()
        for descriptor in (woken, wake):
            os.set_blocking(descriptor, False)
        _signal.signal(_signal.SIGCHLD, lambda number, frame: None)
        _signal.set_wakeup_fd(wake)
        self._control.send({"kind": "born", "pid": self._pid, "host": os.getpid()})
        adopt_orphans()
        poll = select.poll()
        poll.register(self._control.descriptor, select.POLLIN)
        poll.register(woken, select.POLLIN)
        try:
            while True:
                status = self._reap()
                if status is not None:
                    self._report(status)
                    return
                for descriptor, _ in poll.poll():
                    if descriptor == woken:
                        os.read(woken, 4096)
                    else:
                        self._obey(self._control.receive()[0])
                        # What came with it is in our buffer, and no poll tells of that.
                        while self._control.is_whole():
                            self._obey(self._control.receive()[0])
        except frames.Closed:
            pass
        finally:
            end_all(self._pid)

    def _obey(self, request: dict[str, Any]) -> None:
        if request["kind"] == "signal":
            self._signal(getattr(_signal, request["name"]))
        elif request["kind"] == "resize":
            if self._tty is not None:
                terminal.resize(self._tty, request["columns"], request["rows"])
        else:
            raise frames.FrameError("a host knows no request %r" % request["kind"])

    def _signal(self, number: int) -> None:
        """Send the signal, and let it be heard by who was stopped, by SIGSTOP or by Ctrl-S."""
        os.killpg(self._pid, number)
        os.killpg(self._pid, _signal.SIGCONT)
        if self._tty is not None:
            terminal.go_on(self._tty)

    def _reap(self) -> int | None:
        """Reap all who have ended, orphans too; return the live state's status when it has."""
        status = None
        while True:
            try:
                pid, ended = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return status
            if pid == 0:
                return status
            if pid == self._pid:
                status = ended

    def _report(self, status: int) -> None:
        killed = os.WIFSIGNALED(status)
        if self._tty is not None:
            os.write(self._tty, marks.mark(self._token, str(ENDING_MARK)))
        self._control.send(
            {
                "kind": "ended",
                "status": None if killed else os.WEXITSTATUS(status),
                "signal": signal_name(os.WTERMSIG(status)) if killed else None,
                "stack": self._stack() if killed else None,
                "mark": ENDING_MARK,
            }
        )

    def _stack(self) -> str | None:
        """Return the fault handler's last report without our own frames."""
        size = os.fstat(self._faults).st_size
        text = os.pread(self._faults, FAULT_LIMIT, max(0, size - FAULT_LIMIT)).decode("utf-8", "replace")
        text = text[max(0, text.rfind("Fatal Python error")) :]
        ours = os.path.dirname(__file__)
        lines = [
            line for line in text.splitlines() if '"%s' % ours not in line and 'File "<string>"' not in line
        ]
        blocks = "\n".join(lines).split("\n\n")
        # Our own thread has no frame of the user's.
        empty = (":", "<no Python frame>")
        return "\n\n".join(block for block in blocks if not block.endswith(empty)).strip() or None


def signal_name(number: int) -> str:
    """Return `SIGSEGV` for 11."""
    for name in dir(_signal):
        if name.startswith("SIG") and not name.startswith("SIG_") and getattr(_signal, name) == number:
            return name
    return "signal %d" % number


def adopt_orphans() -> None:
    """Become the parent of the session's orphans, so that none outlives it.

    Best effort: `prctl` is reached through ctypes, which not every build has.
    """
    try:
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_all(pid: int) -> None:
    """Kill the live state's group and all orphans of its session that have come to be ours.

    A process that has left the session (`setsid`) was told to stay, and stays.
    """
    kill(-pid)
    while True:
        victims = [child for child in children() if is_of_session(child)]
        if not victims:
            return
        for child in victims:
            kill(child)
            os.waitpid(child, 0)


def is_of_session(pid: int) -> bool:
    try:
        return os.getsid(pid) == os.getpid()
    except OSError:
        return False


def kill(target: int) -> None:
    try:
        os.kill(target, _signal.SIGKILL)
    except OSError:
        # It has gone already, or has become somebody else's (a setuid program).
        pass


def children() -> list[int]:
    """Return our children's pids; none where the system does not tell."""
    path = "/proc/self/task/%d/children" % os.getpid()
    try:
        with open(path) as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []
