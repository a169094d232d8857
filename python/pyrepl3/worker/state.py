"""The live state: take requests, run the user's code, keep copies of itself, and report."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _thread
import faulthandler
import os
import sys
import time

from ..changes import audit_events, changes, side_effects
from ..language import tracebacks
from ..protocol import frames
from ..resources import children, shared_memory
from ..snapshot import native_object, snapshots, value_snapshots
from ..stdio import interrupts, session_io
from ..stdio.flusher import ticker
from . import event_loop, execute, inquiries, namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

CONTRACT_VERSION = 3
SWITCH_INTERVAL = 0.001
RESERVE = 1 << 20
"""Memory that is let go for our own work when the program has used up all other, in bytes."""
PULSE_PATIENCE = 2.0
"""So long a thread of ours may take to answer in a state that wakes, in seconds."""
MUTE_STATUS = 90
"""The exit status of a woken state whose threads do not go on."""
BROKEN_STATUS = 91
"""The exit status of a scribe that cannot leave the session."""


class Descriptors:
    """What a live state is given."""

    def __init__(
        self, requests: int, answers: int, bulk: int, faults: int, notices: int, endings: int
    ) -> None:
        self.requests = requests
        self.answers = answers
        self.bulk = bulk
        self.faults = faults
        self.notices = notices
        self.endings = endings

    def move_up(self) -> None:
        for name, descriptor in list(vars(self).items()):
            setattr(self, name, session_io.move_up(descriptor))

    def numbers(self) -> list[int]:
        return list(vars(self).values())

    def close(self) -> None:
        for descriptor in self.numbers():
            os.close(descriptor)


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
        self._forked = False
        self._path = list(sys.path)
        """As it was before anything ran."""
        self._reserve = open_reserve()
        self._sending = _thread.allocate_lock()
        self._loop = event_loop.Loop()
        self._around = session_io.Surroundings(start, self._answers, descriptors.bulk)
        if self._around.has_terminal:
            self._around.questions.send = self._send
        ticker.is_awaited = self._is_moving
        self._module = namespace.open_main()
        self._executor = execute.Executor(self._module, self._loop.run)
        self._changes = changes.Changes(self._module.__dict__)
        self._outside = side_effects.Outside(self._own_descriptors)
        self._values = value_snapshots.Values(self._module.__dict__)
        self._children = children.Children(descriptors.endings)
        self._copies = snapshots.Copies(
            descriptors.notices,
            lambda: self._around.quiet(self._sending),
            self._own_descriptors,
            self._children,
        )
        self._handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "run": self._run,
            "freeze": self._keep_now,
            "restore": self._restore,
            "save": self._save,
            **inquiries.Inquiries(self._send, self._executor, self._around).handlers(),
        }
        self._watch()

    def _own_descriptors(self) -> list[int]:
        return [*self._descriptors.numbers(), *self._around.own_descriptors()]

    def _watch(self) -> None:
        spawns = {event: self._around.flush for event in audit_events.SPAWNS}
        audit_events.watch({**spawns, **{event: self._on_start for event in children.STARTS}})
        audit_events.watch({**self._outside.handlers(), "import": self._on_import})
        if self._around.has_terminal:
            audit_events.watch({"builtins.input": self._around.announce})
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._after_fork,
            after_in_child=self._in_child,
        )

    def _on_start(self, arguments: tuple[Any, ...]) -> None:
        self._children.expect()
        self._around.flush()

    def _on_import(self, arguments: tuple[Any, ...]) -> None:
        if str(arguments[0]).startswith("multiprocessing."):
            # It starts processes by a way that no event tells of.
            self._children.expect()
            from . import by_value

            by_value.on_import(arguments)

    def _before_fork(self) -> None:
        ticker.stop()
        # A freeze holds the output already.
        if not self._copies.freezer.is_freezing:
            self._around.before_fork()

    def _after_fork(self) -> None:
        if not self._copies.freezer.is_freezing:
            self._around.after_fork()
        ticker.restart()

    def _in_child(self) -> None:
        """Make a child of the user's an ordinary Python, with nothing of the session's."""
        if self._copies.freezer.is_freezing:
            return
        self._forked = True
        self._around.in_child()
        interrupts.shield.in_child()
        ticker.forsake()
        self._children.forsake()
        # A fault of the child's is not one of the session's.
        faulthandler.disable()
        self._descriptors.close()

    def _is_moving(self) -> bool:
        """Whether something of the user's goes on while no run does."""
        return ticker.is_beside_threads() or self._loop.is_open()

    def serve(self, mark: int | None) -> None:
        """Take requests, one after the other, until the channel closes or the program exits."""
        sys.ps1, sys.ps2 = ">>> ", "... "
        if mark is None:
            self._send(self._ready())
        else:
            self._around.come_back(mark)
            self._send_returned(0, [])
        self._warm_up()
        try:
            while True:
                if self._loop.is_open() and not self._requests.is_whole():
                    self._loop.wait(self._requests.descriptor)
                request, _ = self._requests.receive()
                self._handlers[request["kind"]](request)
        except frames.Closed:
            raise SystemExit(0) from None
        except SystemExit:
            raise
        except BaseException as error:
            self._report_fault(error)
            raise
        finally:
            ticker.stop()

    def _report_fault(self, error: BaseException) -> None:
        import traceback

        self._send(
            {
                "kind": "fault",
                "text": "".join(traceback.format_exception(type(error), error, error.__traceback__)),
            }
        )

    def _ready(self) -> dict[str, Any]:
        capabilities = ["await", *(["terminal"] if self._around.has_terminal else []), "states"]
        if native_object.find() is not None:
            capabilities.append("native")
        return {
            "kind": "ready",
            "version": CONTRACT_VERSION,
            "python": "%d.%d.%d" % sys.version_info[:3] + suffix(),
            "implementation": {"cpython": "CPython", "pypy": "PyPy"}.get(
                sys.implementation.name, sys.implementation.name
            ),
            "executable": sys.executable,
            "prefix": sys.prefix,
            "capabilities": capabilities,
            "ps1": str(sys.ps1),
            "ps2": str(sys.ps2),
        }

    def _warm_up(self) -> None:
        """Import what the first traceback and the first copy need, while nobody waits for us."""
        for load in (
            lambda: __import__("traceback"),
            lambda: __import__("linecache"),
            self._copies.load,
        ):
            if self._requests.is_waiting():
                return
            load()

    def _send(self, message: dict[str, Any], payload: bytes = b"") -> None:
        with self._sending:
            self._requests.send(message, payload)

    def _run(self, run: dict[str, Any]) -> None:
        shield = interrupts.shield
        # What goes on between runs has changed the state since it was frozen.
        if run["state"] is not None and self._number and self._is_moving() and not self._freeze(self._number):
            return
        self._reserve = self._reserve or open_reserve()
        ticker.begin()
        shield.forget()
        self._send({"kind": "started", "id": run["id"]})
        self._changes.begin()
        self._outside.begin()
        started = time.perf_counter()
        error: BaseException | None = None
        loaded: dict[str, Any] | None = None
        try:
            try:
                shield.release()
                loaded = self._execute(run)
            finally:
                shield.hold()
        except BaseException as raised:
            error = raised
            if isinstance(error, MemoryError):
                self._reserve = None
        seconds = time.perf_counter() - started
        outcome, failure = "ok", None
        if error is not None:
            outcome, failure = self._fail(error)
        if self._forked:
            # A child of `os.fork()` comes out of the run too; it has no session to go on with.
            raise error if isinstance(error, SystemExit) else SystemExit(0 if error is None else 1)
        ticker.end()
        mark = self._around.write_mark()
        self._around.put_right(outcome == "interrupted")
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
                "ps1": prompt("ps1"),
                "ps2": prompt("ps2"),
            }
        )
        if outcome == "exiting":
            assert error is not None
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
            raise error
        # A copy must not keep what the run raised alive.
        error = None
        self._keep(run, outcome)

    def _execute(self, run: dict[str, Any]) -> dict[str, Any] | None:
        """Execute the code, or load the checkpoint that stands in its place; return what came back."""
        if run["source"] is None:
            self._executor.execute(run)
            return None
        from ..checkpoints.load import restoring
        from ..checkpoints.session import inventory
        from . import saving

        report = saving.Report("loading", run["id"], self._send_whole)
        loaded = restoring.load(self._executor, run["source"], report)
        return {**loaded, "packages": inventory.packages()}

    def _save(self, job: dict[str, Any]) -> None:
        """Write a checkpoint in this very process, where no copy of it can be made."""
        from . import saving

        session = saving.Session(self._executor, self._path)
        saving.WritingHere(session, {}, self._send_whole).write(job)

    def _send_whole(self, message: dict[str, Any]) -> None:
        """Send from within code that may be interrupted."""
        with interrupts.shield:
            self._send(message)

    def _look(self) -> dict[str, Any]:
        return {**self._changes.end(), "outside": self._outside.end()}

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
        report = self._copies.freeze(number)
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
        """This is a copy: go on as the live state, or as a scribe to the end."""
        line = self._copies.freezer.line
        if line is None:
            self._come_back(number)
            return
        try:
            self._in_child()
            from . import saving

            saving.live(line, self._copies.freezer.positions, saving.Session(self._executor, self._path))
        finally:
            os._exit(BROKEN_STATUS)

    def _note(self, refusal: dict[str, Any]) -> dict[str, Any]:
        try:
            self._values.keep(refusal["state"])
        except Exception:
            return refusal  # For want of memory, most likely; the state is none that can be gone to.
        return {**refusal, "kind": "noted"}

    def _restore(self, request: dict[str, Any]) -> None:
        """Put the names and values of a state back that could not be copied."""
        number = request["state"]
        notes = ["only names and plain values came back, as the process could not be copied"]
        try:
            notes += self._values.restore(number)
        except BaseException as error:
            # This process has all the other notes: it must not end by what the user's objects do.
            notes = ["the names and values could not be put back (%s)" % type(error).__name__]
        self._send_returned(number, notes)

    def _come_back(self, number: int) -> None:
        """Become the live state: this is a copy that has been woken."""
        self._number = number
        self._children.hold_signal()
        # Right away: no other thread has run since the freeze, as this one had the GIL throughout.
        notes = self._settle_files()
        mark = self._copies.details()
        self._requests.forget()
        self._answers.forget()
        freezer = self._copies.freezer
        ticker.come_back(freezer.renumbered)
        if not ticker.answers(PULSE_PATIENCE):
            os._exit(MUTE_STATUS)
        interrupts.shield.forget()
        self._around.come_back(mark)
        self._copies.tell_up()
        self._send_returned(number, [*freezer.notes, *notes, *shared_memory.notes()])
        if self._around.has_terminal:
            self._around.questions.ask_again()
        try:
            self._children.release_signal()
        except BaseException as error:
            # The program's handler has raised it; there is no run that it could end.
            self._fail(error)

    def _settle_files(self) -> list[str]:
        """Go on with the files that this state has opened anew; return what is to be told of them."""
        notes: list[str] = []
        if self._copies.freezer.files:
            from ..resources import reopened_files

            files = [reopened_files.Reopened(*each) for each in self._copies.freezer.files]
            notes = reopened_files.settle(files)
        self._outside.come_back()
        return notes

    def _send_returned(self, number: int, notes: list[str]) -> None:
        self._send(
            {
                "kind": "returned",
                "state": number,
                "pid": os.getpid(),
                "notes": notes,
                "mark": self._around.write_mark(),
                "ps1": prompt("ps1"),
                "ps2": prompt("ps2"),
            }
        )

    def _fail(self, error: BaseException) -> tuple[str, dict[str, Any] | None]:
        """Show what a run raised; return its outcome and failure."""
        if isinstance(error, SystemExit):
            return "exiting", None
        failure = tracebacks.failure(error)
        try:
            # The user's hooks and `__repr__`s run in here: they can be interrupted, too.
            interrupts.shield.release()
            try:
                tracebacks.show(error)
            finally:
                interrupts.shield.hold()
        except SystemExit:
            raise
        except BaseException as second:
            self._around.say("%s\n(and it cannot be shown: %s)\n" % (failure["type"], type(second).__name__))
        return "interrupted" if isinstance(error, KeyboardInterrupt) else "raised", failure


def suffix() -> str:
    """Return `rc1` of 3.14.0rc1, nothing for a final release."""
    level, serial = sys.version_info[3:]
    return (
        "" if level == "final" else "%s%d" % ({"alpha": "a", "beta": "b", "candidate": "rc"}[level], serial)
    )


def open_reserve() -> bytes | None:
    try:
        # Pages that nobody writes to cost nothing.
        return bytes(RESERVE)
    except MemoryError:
        return None


def prompt(name: str) -> str:
    """Return `str(sys.ps1)`, empty where it is gone or fails."""
    try:
        return str(getattr(sys, name, ""))
    except Exception:
        return ""
