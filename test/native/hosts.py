"""A small host for tests: it starts a live process, is sent what wakes its copies, and kills as it likes.

The live process is forked from the test, so that a scenario is an object of
the test's, and starting one costs nothing.  Nothing here waits without bound.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import faulthandler
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback

from pyrepl3.host import frozen_state as product
from pyrepl3.resources import reopened_files
from pyrepl3.snapshot.freezer import Freezer, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

PATIENCE = float(os.environ.get("NATIVE_TEST_PATIENCE", "15"))
"""How long anything may take, in seconds; a loaded machine is slow."""
ASLEEP, WOKEN, NOT_WOKEN = 1, 2, 3
PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG = 36, 1
C = ctypes.CDLL(None)
C.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


class Broken(Exception):
    """What the live process or a copy did is not what the test expects."""


class Link:
    """The live process's line to the host, which its copies inherit."""

    def __init__(self, link: socket.socket, freezer: Freezer) -> None:
        self._link = link
        self.freezer = freezer
        self.newest = 0
        self.files: list[reopened_files.Reopened] = []
        """In a woken copy: those that are not what they were."""
        self.own = [0, 1, 2, link.fileno()]

    def say(self, text: str) -> None:
        self._link.send(text.encode())

    def freeze(self, timeout_ms: int = 2000) -> int:
        """Freeze, with the host informed before, and return as `Freezer.freeze` does."""
        ours, hosts = socket.socketpair()
        rights = array.array("i", [hosts.fileno()])
        self._link.sendmsg([b"control"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        hosts.close()
        try:
            pid = self.freezer.freeze(ours.fileno(), timeout_ms, self.own)
        except Refusal:
            ours.close()
            raise
        if pid:
            ours.close()
        else:
            ours.detach()
            # Not left behind where the test is killed.
            C.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            self.files = [reopened_files.Reopened(each) for each in self.freezer.files]
            reopened_files.settle(self.files, self.freezer.put_files_back)
        self.newest = pid or self.newest
        return pid

    def attempt(self, timeout_ms: int = 2000) -> str:
        """Freeze; return `frozen`, `woken`, or why it was refused."""
        try:
            return "frozen" if self.freeze(timeout_ms) else "woken"
        except Refusal as refusal:
            return str(refusal)

    def close_others(self) -> None:
        """Close what only the test has open: a copy made by plain fork is refused beside it."""
        for name in os.listdir("/proc/self/fd"):
            if int(name) not in self.own:
                with contextlib.suppress(OSError):
                    os.close(int(name))

    def rest(self) -> None:
        """Do nothing until killed."""
        deadline = time.monotonic() + PATIENCE * 4
        # In short sleeps, as a signal that comes just before one does not interrupt it.
        while time.monotonic() < deadline:
            time.sleep(0.01)
        os._exit(99)


class FrozenState:
    """What the host knows of a copy."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.pid = 0

    def receive(self) -> tuple[int, int]:
        """Return the next report; (0, 0) at the end of the socket."""
        self.control.settimeout(PATIENCE)
        data = b""
        while len(data) < 8:
            more = self.control.recv(8 - len(data))
            if not more:
                return 0, 0
            data += more
        kind, value = struct.unpack("<ii", data)
        return kind, value

    def await_sleep(self) -> None:
        kind, self.pid = self.receive()
        if kind != ASLEEP:
            raise Broken("the copy did not fall asleep")

    def wake(self) -> int:
        """Return the pid of the woken process."""
        self.control.send(b"w")
        kind, value = self.receive()
        if kind != WOKEN:
            raise Broken("the frozen state answered %s" % ((kind, value),))
        return value

    def provide(self, live: int) -> None:
        """Give it what the live process has of its sockets and terminals."""
        product.FrozenState(self.pid, self.control.fileno(), True).take_over(live)

    def fork_writer(self) -> tuple[int, socket.socket]:
        """Return the pid of a checkpoint writer, and our line to it."""
        ours, theirs = socket.socketpair()
        self.control.send(b"s")
        rights = array.array("i", [theirs.fileno()])
        self.control.sendmsg([b"s"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        theirs.close()
        ours.settimeout(PATIENCE)
        kind, value = self.receive()
        if kind != WOKEN:
            raise Broken("the frozen state answered %s" % ((kind, value),))
        return value, ours


class Host:
    """Owns the live process and its copies; `with` ends them all."""

    def __init__(self) -> None:
        self._link, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.live = 0
        self.frozen: list[FrozenState] = []
        self.freezer = Freezer()
        # Here, as who gives up root in the live process may not be able to read Python's files.
        self.freezer.load()

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        for frozen in self.frozen:
            frozen.control.close()
        deadline = time.monotonic() + PATIENCE
        # One that is just being woken appears only after the first look.
        while children() and time.monotonic() < deadline:
            for pid in children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.001)
        self._link.close()
        self._theirs.close()

    def start(self, program: Callable[[Link], None]) -> None:
        """Run `program` in a live process of its own."""
        sys.stderr.flush()
        self.live = os.fork()
        if self.live == 0:
            self._link.close()
            link = Link(self._theirs, self.freezer)
            try:
                os.setpgid(0, 0)
                C.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
                faulthandler.register(signal.SIGUSR1, all_threads=True)
                if self.freezer.method == "fork":
                    link.close_others()
                program(link)
                os._exit(0)
            except BaseException:
                link.say("failed\n" + traceback.format_exc())
                os._exit(98)
        with contextlib.suppress(PermissionError):
            os.setpgid(self.live, self.live)

    def hear(self, patience: float = PATIENCE) -> str:
        """Return what the live process says next; take in the controls that it sends."""
        while True:
            text = self._receive(patience)
            if text.startswith("failed"):
                raise Broken(text)
            if text != "control":
                return text

    def _receive(self, patience: float) -> str:
        if not select.select([self._link], [], [], patience)[0]:
            self._look_closer()
            raise Broken("the live process says nothing")
        data, ancillary, _, _ = self._link.recvmsg(65536, 64)
        for _, _, rights in ancillary:
            descriptors = array.array("i", rights[:4])
            self.frozen.append(FrozenState(socket.socket(fileno=descriptors[0])))
        return data.decode()

    def wait_for_control(self) -> None:
        """Take in the next control, for a live process that says nothing else."""
        if self._receive(PATIENCE) != "control":
            raise Broken("there is no control")

    def expect(self, text: str) -> None:
        heard = self.hear()
        if heard != text:
            raise Broken("expected %r, heard %r" % (text, heard))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Kill the live process and reap it."""
        os.kill(self.live, number)
        self.reap(self.live)

    def reap(self, pid: int) -> int:
        """Wait for the end of a process; return its exit status, negative for a signal."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
            time.sleep(0.001)
        raise Broken("process %d does not end" % pid)

    def wake(self, index: int = -1) -> int:
        """Wake a frozen state; what wakes becomes the live process."""
        frozen = self.frozen[index]
        if not frozen.pid:
            frozen.await_sleep()
        self.live = frozen.wake()
        return self.live

    def undo(self, index: int = -1) -> int:
        """Put a frozen state in the place of the live process, which still lives."""
        frozen = self.frozen[index]
        if not frozen.pid:
            frozen.await_sleep()
        frozen.provide(self.live)
        self.kill()
        return self.wake(index)

    def drop_frozen_states(self, keep: int) -> None:
        """End all frozen states but the newest."""
        while len(self.frozen) > keep:
            frozen = self.frozen.pop(0)
            frozen.control.close()
            self.reap(frozen.pid)

    def _look_closer(self) -> None:
        """Let the live process write where its threads are, to standard error."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.live, signal.SIGUSR1)
            time.sleep(0.3)


def children() -> list[int]:
    """Return the pids of this process's children, those that have ended too."""
    with open("/proc/self/task/%d/children" % os.getpid()) as file:
        return [int(pid) for pid in file.read().split()]


def until(condition: Callable[[], object], what: str = "the condition") -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain for " + what
        time.sleep(0.001)
