"""Write a checkpoint: in a writer, which is a copy of a state and does nothing else, or in the live state."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import sys
import time

from ..own_imports import PythonsBuiltins
from ..protocol import frames
from ..stdio import interrupts
from ..stdio.flusher import flusher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict

    from . import execute

    Send = Callable[[Dict[str, Any]], None]

NICENESS = 10
IOPRIO_SET = {"x86_64": 251, "aarch64": 30}
"""The number of the system call."""
IOPRIO_WHO_PROCESS, IOPRIO_LAST = 1, 2 << 13 | 7
"""The last of those who get on in any case: the idle class might wait for ever."""
PR_SET_PDEATHSIG = 1
OPENMP = ("libgomp", "libomp", "libiomp")
REPORT_EVERY = 0.05
"""In seconds; another name is told at once, as it may be the one that ends this process."""


def live(line: int, positions: dict[int, int], session: Session) -> None:
    """Be a checkpoint writer: write what the host asks for on the line, and end without returning.

    `positions` are where the files stood when the copy was made, by their descriptors.
    """
    try:
        settle()
        channel = frames.Channel(line)
        Writing(session, positions, channel.send).write(channel.receive()[0])
    except (frames.Closed, OSError):
        pass  # There is no host any more.
    finally:
        os._exit(0)


def settle() -> None:
    """Let nothing happen in this process but the writing, and let it take only what nobody else wants."""
    import ctypes
    import gc
    import resource

    # What finalisers do is the live process's to do.
    gc.disable()
    sys.settrace(None)
    sys.setprofile(None)
    sys.unraisablehook = lambda unraisable, /: None
    # A copy of this process, made by something that is pickled, would go on writing the same files.
    os.register_at_fork(after_in_child=lambda: os._exit(0))
    for number in _signal.valid_signals():
        if callable(_signal.getsignal(number)):
            _signal.signal(number, _signal.SIG_DFL)
    process = ctypes.CDLL(None)
    process.prctl(PR_SET_PDEATHSIG, _signal.SIGKILL, 0, 0, 0)
    process.syscall(IOPRIO_SET[os.uname().machine], IOPRIO_WHO_PROCESS, 0, IOPRIO_LAST)
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    dissolve_teams()


def dissolve_teams() -> None:
    """Let OpenMP work in this thread alone: it would wait for its others, which are not here."""
    import ctypes

    with open("/proc/self/maps", errors="replace") as maps:
        files = {line.split(None, 5)[5].strip() for line in maps if "/" in line}
    for file in files:
        if os.path.basename(file).startswith(OPENMP):
            try:
                # With no level of parallel regions allowed there is none, however many threads are asked for.
                ctypes.CDLL(file).omp_set_max_active_levels(0)
            except (OSError, AttributeError):
                continue  # It is something else by that name, or its file was removed.


class Session:
    """What is saved: the names, what a fresh session had as `sys.path`, and the limit of recursion."""

    def __init__(self, executor: execute.Executor, path: list[str], recursion_limit: int) -> None:
        self.executor = executor
        self.path = path
        self.recursion_limit = recursion_limit


def load_writer() -> tuple[Any, Any]:
    """Import what pickles, compiled once, whatever the user wants to have compiled."""
    is_set, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        from ..checkpoints.save import writer
        from ..checkpoints.session import environment
    finally:
        sys.dont_write_bytecode = is_set
    return writer, environment


class Writing:
    """Writes the checkpoint of the contract's `save`, and says how that fares and ends."""

    is_interrupted = False
    """Whether a `KeyboardInterrupt` can be the user's; else a name raises it."""

    def __init__(self, session: Session, positions: dict[int, int], send: Send) -> None:
        self._session = session
        self._positions = positions
        self._send = send
        self._report: Report

    def write(self, job: dict[str, Any]) -> None:
        try:
            saved = self._write(job)
        except BaseException as error:
            self._fail(job, error)
        else:
            self._send({"kind": "saved", "id": job["id"], **saved})

    def _write(self, job: dict[str, Any]) -> dict[str, Any]:
        self._report = report = Report("saving", job["id"], self._send)
        report(None, 0, 0, 0)
        with PythonsBuiltins():
            writer, environment = load_writer()
            environment.path_at_start[:] = self._session.path
            environment.recursion_limit = self._session.recursion_limit
            executor = self._session.executor
            return writer.write(executor.namespace, job, report, executor.futures, self._positions)

    def _fail(self, job: dict[str, Any], error: BaseException) -> None:
        reason = why(error)
        if reason is None:
            import traceback

            text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
            self._send({"kind": "fault", "text": text})
            reason = "our own side failed (%s)" % type(error).__name__
        name = None
        if isinstance(error, KeyboardInterrupt) and not self.is_interrupted:
            name, reason = self._report.name, "it raises KeyboardInterrupt when it is saved"
        self._send({"kind": "unsaved", "id": job["id"], "reason": reason, "name": name})


def why(error: BaseException) -> str | None:
    """Return why no checkpoint could be written, a clause; `None` where it is our own fault."""
    if type(error).__name__ == "Unsaveable":
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "it was interrupted"
    return "there is not enough memory" if isinstance(error, MemoryError) else None


class WritingHere(Writing):
    """Writes in the live state, where an interrupt ends it."""

    is_interrupted = True

    def write(self, job: dict[str, Any]) -> None:
        interrupts.shield.forget()
        flusher.begin()
        try:
            super().write(job)
        finally:
            flusher.end()

    def _write(self, job: dict[str, Any]) -> dict[str, Any]:
        try:
            interrupts.shield.release()
            return super()._write(job)
        finally:
            interrupts.shield.hold()


class Report:
    """Tells how far the saving or loading of a checkpoint is."""

    def __init__(self, kind: str, number: int, send: Send) -> None:
        self._message = {"kind": kind, "id": number}
        self._send = send
        self.name: str | None = ""
        """The name that is worked at."""
        self._told = 0.0

    def __call__(self, name: str | None, done: int, names: int, size: int) -> None:
        now = time.monotonic()
        if name != self.name or now - self._told >= REPORT_EVERY:
            self.name, self._told = name, now
            self._send({**self._message, "name": name, "done": done, "names": names, "bytes": size})
