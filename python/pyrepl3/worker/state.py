"""The live state: take requests, run the user's code, keep copies of itself, and report."""

from __future__ import annotations

import _thread
import atexit
import faulthandler
import os
import sys

from ..changes import side_effects
from ..checkpoints.session import process_state
from ..language.enough_recursion import EnoughRecursion
from ..protocol import frames
from ..resources import children, shared_memory
from ..snapshot import snapshots
from ..stdio import interrupts, session_io
from ..stdio.flusher import flusher
from . import event_loop, execute, hooks, namespace, reports, runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from ..snapshot.value_snapshots import Values
    from .descriptors import Descriptors

SWITCH_INTERVAL = 0.001
PULSE_PATIENCE = 2.0
"""So long a thread of ours may take to answer in a state that wakes, in seconds."""
MUTE_STATUS = 90
"""The exit status of a woken state whose threads do not go on."""
BROKEN_STATUS = 91
"""The exit status of a writer or describer that cannot leave the session."""


def main(start: dict[str, Any], descriptors: Descriptors, mark: int | None) -> None:
    """Run the live state until its program exits; raise `SystemExit` as the program did.

    With a `mark` it takes the place of another, and counts its own on from there.
    """
    descriptors.move_up()
    faulthandler.enable(descriptors.faults, True)
    sys.setswitchinterval(SWITCH_INTERVAL)
    interrupts.shield.hold()
    State(start, descriptors).serve(mark)


class State:
    """One owner for the channels, the namespace and the loop of the live state."""

    def __init__(self, start: dict[str, Any], descriptors: Descriptors) -> None:
        self._descriptors = descriptors
        self._requests = frames.Channel(descriptors.requests)
        self._answers = frames.Channel(descriptors.answers)
        self._number: int | None = 0
        """The state that we are in, while there is a copy of it or need be none."""
        self._path = list(sys.path)
        """As it was before anything ran."""
        self._sending = _thread.allocate_lock()
        self._loop = event_loop.Loop()
        self._io = session_io.SessionIO(start, self._answers, descriptors.bulk)
        # Registered before all of the program's functions, it is called behind them.
        atexit.register(self._io.retire)
        if self._io.has_terminal:
            self._io.questions.send = self._send
        flusher.is_awaited = self._is_moving
        self._module = namespace.open_main()
        self._executor = execute.Executor(self._module, self._loop.run)
        self._side_effects = side_effects.SideEffects(self._own_descriptors)
        self._values: Values | None = None
        """What was noted of states that could not be copied, once there is one."""
        self._children = children.Children(descriptors.endings, hooks.divert_waits)
        self._snapshots = snapshots.Snapshots(
            descriptors.notices,
            lambda: self._io.quiet(self._sending),
            self._own_descriptors,
            self._children,
        )
        self._handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "run": self._run,
            "freeze": self._keep_now,
            "restore": self._restore,
            "save": self._save,
        }
        self._hooks = hooks.Hooks(self._io, descriptors, self._children, self._snapshots.freezer)
        self._hooks.install(self._side_effects)
        self._runs = runs.Runs(
            self._send_whole,
            self._executor,
            self._io,
            self._side_effects,
        )

    def _own_descriptors(self) -> list[int]:
        return [*self._descriptors.numbers(), *self._io.own_descriptors()]

    def _is_moving(self) -> bool:
        """Whether something of the user's goes on while no run does."""
        return flusher.is_beside_threads() or self._loop.is_open()

    def serve(self, mark: int | None) -> None:
        """Take requests, one after the other, until the channel closes or the program exits."""
        sys.ps1, sys.ps2 = ">>> ", "... "
        process_state.note_start()
        if mark is None:
            self._send(reports.ready(self._io.has_terminal))
        else:
            self._io.come_back(mark)
            self._send_returned(0, [])
        self._warm_up()
        try:
            while True:
                if self._loop.is_open() and not self._requests.is_whole():
                    self._loop.wait(self._requests.descriptor)
                request, _ = self._requests.receive()
                self._handler(request["kind"])(request)
        except frames.Closed:
            raise SystemExit(0) from None
        except SystemExit:
            raise
        except BaseException as error:
            self._report_fault(error)
            raise
        finally:
            flusher.stop()

    def _handler(self, kind: str) -> Callable[[dict[str, Any]], None]:
        if kind not in self._handlers:
            # It is something that is asked beside the runs; a start does without what answers it.
            from . import inquiries

            self._handlers.update(inquiries.Inquiries(self._send, self._executor, self._io).handlers())
        return self._handlers[kind]

    def _report_fault(self, error: BaseException) -> None:
        import traceback

        self._send(
            {
                "kind": "fault",
                "text": "".join(traceback.format_exception(type(error), error, error.__traceback__)),
            }
        )

    def _warm_up(self) -> None:
        """Import what the first traceback and the first copy need, while nobody waits for us."""
        for load in (
            lambda: __import__("traceback"),
            lambda: __import__("linecache"),
            self._runs.load,
            self._snapshots.load,
        ):
            if self._requests.is_waiting():
                return
            load()

    def _send(self, message: dict[str, Any], payload: bytes = b"") -> None:
        with self._sending:
            self._requests.send(message, payload)

    def _run(self, run: dict[str, Any]) -> None:
        # What goes on between runs has changed the state since it was frozen.
        if run["state"] is not None and self._number and self._is_moving() and not self._freeze(self._number):
            return
        outcome = self._runs.run(run, lambda: self._hooks.is_in_child)
        self._keep(run, outcome)

    def _save(self, job: dict[str, Any]) -> None:
        """Write a checkpoint in this very process, where no copy of it can be made."""
        from . import saving

        with EnoughRecursion() as limit:
            session = saving.Session(self._executor, self._path, limit)
            saving.WritingHere(session, {}, self._send_whole).write(job)

    def _send_whole(self, message: dict[str, Any]) -> None:
        """Send from within code that may be interrupted."""
        with interrupts.shield:
            self._send(message)

    def _keep(self, run: dict[str, Any], outcome: str) -> None:
        """Keep a copy of the state that the run led to, where that is wanted."""
        is_wanted = {"always": True, "success": outcome == "ok", "never": False}[run["keep"]]
        self._number = None
        if run["state"] is not None and is_wanted:
            self._freeze(run["state"])

    def _keep_now(self, request: dict[str, Any]) -> None:
        self._freeze(request["state"])

    def _freeze(self, number: int) -> bool:
        """Keep a copy of the state; return false in a copy that has just been woken.

        Where none can be made, the names and values are noted at least.
        """
        report = self._snapshots.freeze(number)
        if report is None:
            self._become_another(number)
            return False
        if report["kind"] == "frozen":
            report["moving"] = self._is_moving()
        self._number = number if report["kind"] == "frozen" else None
        if report["kind"] == "refused":
            report = self._note(report)
        self._send(report)
        return True

    def _become_another(self, number: int) -> None:
        """This is a copy: go on as the live state, or beside it to the end."""
        line = self._snapshots.freezer.line
        if line is None:
            self._come_back(number)
            return
        try:
            with EnoughRecursion() as limit:
                self._hooks.in_child()
                from . import beside, saving

                session = saving.Session(self._executor, self._path, limit)
                beside.live(line, self._snapshots.freezer.positions, session)
        finally:
            os._exit(BROKEN_STATUS)

    def _note(self, refusal: dict[str, Any]) -> dict[str, Any]:
        try:
            self._noted_values().keep(refusal["state"])
        except Exception:
            return refusal  # For want of memory, most likely; the state is none that can be gone to.
        return {**refusal, "kind": "noted"}

    def _noted_values(self) -> Values:
        if self._values is None:
            from ..snapshot import value_snapshots

            self._values = value_snapshots.Values(self._module.__dict__)
        return self._values

    def _restore(self, request: dict[str, Any]) -> None:
        """Put the names and values of a state back that could not be copied."""
        number = request["state"]
        notes = ["only names and plain values came back, as the process could not be copied"]
        try:
            notes += self._noted_values().restore(number)
        except BaseException as error:
            # This process has all the other notes: it must not end by what the user's objects do.
            notes = ["the names and values could not be put back (%s)" % type(error).__name__]
        self._send_returned(number, notes)

    def _come_back(self, number: int) -> None:
        """Become the live state: this is a copy that has been woken."""
        self._number = number
        self._children.hold_signal()
        # Right away: what the program's threads write meanwhile is kept in memory.
        notes = self._settle_files()
        mark = self._snapshots.details()
        self._requests.forget()
        self._answers.forget()
        freezer = self._snapshots.freezer
        flusher.come_back(freezer.renumbered)
        if not flusher.answers(PULSE_PATIENCE):
            os._exit(MUTE_STATUS)
        interrupts.shield.forget()
        self._io.come_back(mark)
        self._snapshots.tell_up()
        self._send_returned(number, [*freezer.notes, *notes, *shared_memory.notes()])
        if self._io.has_terminal:
            self._io.questions.ask_again()
        try:
            self._children.release_signal()
        except BaseException as error:
            # The program's handler has raised it; there is no run that it could end.
            runs.fail(error, self._io)

    def _settle_files(self) -> list[str]:
        """Go on with the files that this state has opened anew; return what is to be told of them."""
        notes: list[str] = []
        if self._snapshots.freezer.files:
            from ..resources import reopened_files

            freezer = self._snapshots.freezer
            files = [reopened_files.Reopened(each) for each in freezer.files]
            notes = reopened_files.settle(files, freezer.put_files_back)
        self._side_effects.come_back()
        return notes

    def _send_returned(self, number: int, notes: list[str]) -> None:
        self._send(
            {
                "kind": "returned",
                "state": number,
                "pid": os.getpid(),
                "notes": notes,
                "mark": self._io.write_mark(),
                **reports.prompts(),
            }
        )
