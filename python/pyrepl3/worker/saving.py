"""Write a checkpoint: in a writer, which is a copy of a state and does nothing else, or in the live state."""

from __future__ import annotations

import sys
import time

from ..checkpoints.session import process_state
from ..own_imports import PythonsBuiltins
from ..stdio import interrupts
from ..stdio.flusher import flusher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict

    from . import execute

    Send = Callable[[Dict[str, Any]], None]

REPORT_EVERY = 0.05
"""In seconds; another name is told at once, as it may be the one that ends this process."""


class Session:
    """What is saved: names, settings, what a fresh session had as `sys.path`, and the limit of recursion."""

    def __init__(self, executor: execute.Executor, path: list[str], recursion_limit: int) -> None:
        self.executor = executor
        self.path = path
        self.recursion_limit = recursion_limit
        process_state.note_save()


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
            process_state.at_save.clear()
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
