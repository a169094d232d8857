"""Do a run: execute its code, or load the checkpoint in its place, and say what came of it."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import sys
import time

from ..language import tracebacks
from ..stdio import interrupts
from ..stdio.flusher import flusher
from . import reports
from .bottom_frame import bottom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from ..changes.changes import Changes
    from ..changes.side_effects import SideEffects
    from ..stdio.session_io import SessionIO
    from .execute import Executor

RESERVE = 1 << 20
"""Memory that is let go for our own work when the program has used up all other, in bytes."""


class Runs:
    """Does one run after the other."""

    def __init__(
        self,
        send: Callable[[dict[str, Any]], None],
        executor: Executor,
        io: SessionIO,
        side_effects: SideEffects,
    ) -> None:
        self._send = send
        """Sends a message as a whole, also from code that may be interrupted."""
        self._executor = executor
        self._io = io
        self._changes: Changes | None = None
        """Made with the first run, or before it where there is time: a start does without it."""
        self._side_effects = side_effects
        self._reserve = open_reserve()

    def load(self) -> Changes:
        """Import what looks at the names, compiled once, whatever the user wants to have compiled."""
        if self._changes is None:
            is_set, sys.dont_write_bytecode = sys.dont_write_bytecode, False
            try:
                from ..changes.changes import Changes
            finally:
                sys.dont_write_bytecode = is_set
            self._changes = Changes(self._executor.namespace)
        return self._changes

    def run(self, run: dict[str, Any], is_in_child: Callable[[], bool]) -> str:
        """Do the run of a message, and return its outcome; raise `SystemExit` where the program exits.

        `is_in_child` tells whether this is by now a process that the program has forked.
        """
        flusher.begin()
        if not run["continues"]:
            interrupts.shield.forget()
        self._send({"kind": "started", "id": run["id"]})
        self.load().begin()
        self._side_effects.begin()
        started = time.perf_counter()
        error, loaded = self._attempt(run)
        seconds = time.perf_counter() - started
        outcome, failure = "ok", None
        if error is None:
            # Not before a run: the one that gives memory back needs what there is.
            self._reserve = self._reserve or open_reserve()
        else:
            if not is_in_child():
                self._io.leave_screen()
            outcome, failure = fail(error, self._io, run["style"])
        if is_in_child():
            # A child of `os.fork()` comes out of the run too; it has no session to go on with.
            raise error if isinstance(error, SystemExit) else SystemExit(0 if error is None else 1)
        flusher.end()
        if not bottom.is_traced:
            self._io.be_untraced()
        mark = self._io.write_mark()
        self._io.put_right(outcome == "interrupted")
        if loaded is not None:
            self._send({"kind": "loaded", "id": run["id"], **loaded})
        self._send(
            {
                "kind": "done",
                "id": run["id"],
                "outcome": outcome,
                "failure": failure,
                "changes": None if outcome == "exiting" else self._look(),
                "seconds": seconds,
                "mark": mark,
                **reports.prompts(),
            }
        )
        if outcome == "exiting":
            assert error is not None
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
            raise error
        return outcome

    def _attempt(self, run: dict[str, Any]) -> tuple[BaseException | None, dict[str, Any] | None]:
        """Return what the run raised, and what came back of a checkpoint."""
        try:
            try:
                interrupts.shield.release()
                return None, self._execute(run)
            finally:
                interrupts.shield.hold()
        except BaseException as error:
            if isinstance(error, MemoryError):
                self._reserve = None
            return error, None

    def _execute(self, run: dict[str, Any]) -> dict[str, Any] | None:
        """Execute the code, or load the checkpoint that stands in its place; return what came back."""
        if run["style"] == "exit":
            raise SystemExit
        if run["source"] is None:
            self._executor.execute(run)
            return None
        from ..checkpoints.load import restoring
        from . import saving

        report = saving.Report("loading", run["id"], self._send)
        return restoring.load(self._executor, run["source"], report)

    def _look(self) -> dict[str, Any]:
        return {**self.load().end(), "outside": self._side_effects.end()}


def fail(error: BaseException, io: SessionIO, style: str = "prompt") -> tuple[str, dict[str, Any] | None]:
    """Show what a run raised; return its outcome and failure."""
    if isinstance(error, SystemExit):
        return stay(error, io) if style == "cell" else ("exiting", None)
    failure = tracebacks.failure(error)
    try:
        # The user's hooks and `__repr__`s run in here: they can be interrupted, too.
        interrupts.shield.release()
        try:
            tracebacks.show(error, io.say)
        finally:
            interrupts.shield.hold()
    except SystemExit:
        raise
    except BaseException as second:
        io.say("%s\n(and it cannot be shown: %s)\n" % (failure["type"], type(second).__name__))
    return "interrupted" if isinstance(error, KeyboardInterrupt) else "raised", failure


def stay(error: SystemExit, io: SessionIO) -> tuple[str, dict[str, Any]]:
    """Show what the program says as it asks to exit, as Python does where it obeys."""
    if not (error.code is None or isinstance(error.code, int)):
        io.say("%s\n" % tracebacks.failure(error)["text"])
    return "raised", tracebacks.failure(error)


def open_reserve() -> bytes | None:
    try:
        # Pages that nobody writes to cost nothing.
        return bytes(RESERVE)
    except MemoryError:
        return None
