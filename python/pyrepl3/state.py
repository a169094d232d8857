"""The live state: take requests, run the user's code, and report."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _thread
import faulthandler
import os
import sys
import time

from . import (
    awaits,
    bulk,
    execute,
    frames,
    interrupts,
    keyboard,
    marks,
    namespace,
    output,
    streams,
    tracebacks,
    watch,
)
from .ticker import ticker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

CONTRACT_VERSION = 1
FIRST_DESCRIPTOR = 100
"""Ours are moved up here, so that the user's first `open` gets 3 as in any Python."""
SWITCH_INTERVAL = 0.001
RESERVE = 1 << 20
"""Memory that is let go for our own work when the program has used up all other, in bytes."""


def main(start: dict[str, Any], requests: int, answers: int, bulk: int, faults: int) -> None:
    """Run the live state until its program exits; raise `SystemExit` as the program did."""
    requests, answers, bulk, faults = [move_up(each) for each in (requests, answers, bulk, faults)]
    faulthandler.enable(faults, True)
    sys.setswitchinterval(SWITCH_INTERVAL)
    interrupts.shield.hold()
    State(start, frames.Channel(requests), frames.Channel(answers), bulk, faults).serve()


def move_up(descriptor: int) -> int:
    """Move a descriptor out of the user's way; children started with `exec` do not get it."""
    import fcntl

    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR)
    os.close(descriptor)
    return moved


class State:
    """One owner for the channels, the streams and the loop of the live state."""

    def __init__(
        self,
        start: dict[str, Any],
        requests: frames.Channel,
        answers: frames.Channel,
        bulk: int,
        faults: int,
    ) -> None:
        self._requests = requests
        self._answers = answers
        self._bulk = bulk
        self._faults = faults
        self._token = start["token"]
        self._terminal = start["terminal"]
        self._mark = 0
        # Threads that ask write marks too; the supervisor relies on their order.
        self._marking = _thread.RLock()
        self._forked = False
        self._reserve = open_reserve()
        self._sending = _thread.allocate_lock()
        self._loop = awaits.Loop()
        self._open_streams()
        self._module = namespace.open_main()
        self._executor = execute.Executor(self._module, self._loop.run)
        self._handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "run": self._run,
            "complete": self._complete,
            "describe": self._describe,
            "check": self._check,
            "split": self._split,
            "reclaim": self._reclaim,
        }
        self._watch()

    def _open_streams(self) -> None:
        """Put our streams where `print` finds them, and the terminal's modes in our keeping."""
        self._outlet = output.Outlet(1)
        same = bulk.identity(1) == bulk.identity(2)
        errors = self._outlet if same else output.Outlet(2)
        self._outlets = [self._outlet] if same else [self._outlet, errors]
        sys.stdout = sys.__stdout__ = streams.Stream(self._outlet, self._outlet.sink, "<stdout>", "strict")
        sys.stderr = sys.__stderr__ = streams.Stream(
            errors, streams.ErrorSink(errors, 2), "<stderr>", "backslashreplace"
        )
        ticker.outlets = self._outlets
        ticker.is_awaited = self._is_printing_expected
        if self._terminal:
            from . import terminal

            # The user may close 0, 1 and 2, or lead them elsewhere; the session needs its terminal.
            self._tty = move_up(os.open("/dev/tty", os.O_RDWR))
            self._modes = terminal.Modes(self._tty)
            self._outlet.bulk = bulk.Bulk(self._bulk, self._tty, self._token)
            questions = keyboard.Questions(self._answers, self._send, self._write_mark)
            self._keyboard = keyboard.Keyboard(questions)
            sys.stdin = sys.__stdin__ = self._keyboard
        else:
            from . import passwords

            passwords.open_passwords()

    def _watch(self) -> None:
        handlers: watch.Handlers = {event: self._before_spawn for event in watch.SPAWNS}
        handlers["import"] = self._on_import
        if self._terminal:
            handlers["builtins.input"] = lambda arguments: self._keyboard.announce(arguments[0])
        watch.watch(handlers)
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._after_fork,
            after_in_child=self._in_child,
        )

    def _on_import(self, arguments: tuple[Any, ...]) -> None:
        if str(arguments[0]).startswith("multiprocessing."):
            from . import byvalue

            byvalue.on_import(arguments)

    def _before_spawn(self, arguments: tuple[Any, ...]) -> None:
        """Let nothing of a child come before what was printed earlier."""
        for outlet in self._outlets:
            outlet.flush()

    def _before_fork(self) -> None:
        ticker.stop()
        for outlet in self._outlets:
            outlet.before_fork()

    def _after_fork(self) -> None:
        for outlet in self._outlets:
            outlet.after_fork()
        ticker.restart()

    def _in_child(self) -> None:
        """Make a child of the user's an ordinary Python: its streams, and nothing of the session's."""
        self._forked = True
        for outlet in self._outlets:
            outlet.in_child()
        interrupts.shield.in_child()
        ticker.forsake()
        if self._terminal:
            self._keyboard.in_child()
            os.close(self._tty)
        # A fault of the child's is not one of the session's.
        faulthandler.disable()
        for descriptor in (self._requests.descriptor, self._answers.descriptor, self._bulk, self._faults):
            os.close(descriptor)

    def _is_printing_expected(self) -> bool:
        return ticker.is_beside_threads() or self._loop.is_open()

    def serve(self) -> None:
        """Take requests, one after the other, until the channel closes or the program exits."""
        sys.ps1, sys.ps2 = ">>> ", "... "
        self._send(self._ready())
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
        return {
            "kind": "ready",
            "version": CONTRACT_VERSION,
            "python": "%d.%d.%d" % sys.version_info[:3] + suffix(),
            "implementation": {"cpython": "CPython", "pypy": "PyPy"}.get(
                sys.implementation.name, sys.implementation.name
            ),
            "executable": sys.executable,
            "prefix": sys.prefix,
            "capabilities": ["await"] + (["terminal"] if self._terminal else []),
            "ps1": str(sys.ps1),
            "ps2": str(sys.ps2),
        }

    def _warm_up(self) -> None:
        """Import what the first traceback needs, while nobody waits for us."""
        for name in ("traceback", "linecache"):
            if self._requests.is_waiting():
                return
            __import__(name)

    def _send(self, message: dict[str, Any], payload: bytes = b"") -> None:
        with self._sending:
            self._requests.send(message, payload)

    def _write_mark(self) -> int:
        """Write a mark behind all output so far; return its number, 0 without a terminal."""
        with self._marking:
            for outlet in self._outlets:
                try:
                    outlet.settle()
                except OSError:
                    # The program has closed the descriptor, and what it printed goes nowhere.
                    continue
            flush_c()
            if not self._terminal:
                return 0
            self._mark += 1
            number = self._mark
            bulk.write(self._tty, marks.mark(self._token, str(number)))
            return number

    def _run(self, run: dict[str, Any]) -> None:
        shield = interrupts.shield
        self._reserve = self._reserve or open_reserve()
        ticker.begin()
        shield.forget()
        self._send({"kind": "started", "id": run["id"]})
        started = time.perf_counter()
        error: BaseException | None = None
        try:
            try:
                shield.release()
                self._executor.execute(run)
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
        mark = self._write_mark()
        if self._terminal:
            self._modes.restore()
            if outcome == "interrupted":
                self._modes.forget_keys()
        self._send(
            {
                "kind": "done",
                "id": run["id"],
                "outcome": outcome,
                "failure": failure,
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
            self._say("%s\n(and it cannot be shown: %s)\n" % (failure["type"], type(second).__name__))
        return "interrupted" if isinstance(error, KeyboardInterrupt) else "raised", failure

    def _say(self, text: str) -> None:
        """Write to the error outlet, whatever has become of `sys.stderr`."""
        try:
            self._outlets[-1].put(text.encode())
            self._outlets[-1].drain()
        except OSError:
            # Descriptor 2 is closed; the outcome of the run tells as much.
            pass

    def _complete(self, request: dict[str, Any]) -> None:
        from . import completion

        start, matches = completion.complete(request["code"], request["cursor"], self._module.__dict__)
        self._send({"kind": "completed", "id": request["id"], "start": start, "matches": matches})

    def _describe(self, request: dict[str, Any]) -> None:
        from . import signatures

        described = signatures.describe(request["code"], request["cursor"], self._module.__dict__)
        self._send({"kind": "described", "id": request["id"], **described})

    def _check(self, request: dict[str, Any]) -> None:
        from . import inputs

        verdict, indent = inputs.check(request["code"], self._executor.parse)
        self._send({"kind": "checked", "id": request["id"], "verdict": verdict, "indent": indent})

    def _split(self, request: dict[str, Any]) -> None:
        from . import inputs

        chunks = inputs.split(request["code"], self._executor.parse)
        self._send({"kind": "chunks", "id": request["id"], "chunks": chunks})

    def _reclaim(self, request: dict[str, Any]) -> None:
        unread = self._modes.unread() if self._terminal else b""
        self._send({"kind": "reclaimed", "id": request["id"]}, unread)


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


def flush_c() -> None:
    """Flush C's own buffers, where ctypes is there to reach them.

    Only with ctypes loaded can Python code have written to them, or with an extension module:
    those flush at a newline, as the terminal is one.
    """
    ctypes = sys.modules.get("ctypes")
    if ctypes is not None:
        ctypes.pythonapi.fflush(None)
