"""Show an exception as CPython does, without a frame of ours."""

from __future__ import annotations

import io
import os
import sys

from . import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Callable

EXCEPTHOOK = sys.__excepthook__
"""As it was at first: the program may put another in its place, or take it away."""
MISSING = object()
OURS = os.path.dirname(os.path.dirname(__file__)) + os.sep


def show(error: BaseException, say_anyway: Callable[[str], None]) -> None:
    """Print the exception to `sys.stderr` and keep it for `pdb.pm()`.

    Where there is no `sys.stderr` any more, `say_anyway` prints it.
    """
    if hasattr(sys, "stderr"):
        show_there(error)
        return
    said = io.StringIO()
    sys.stderr = said
    try:
        show_there(error)
    finally:
        if sys.stderr is said:
            del sys.stderr
        say_anyway(said.getvalue() + "lost sys.stderr\n")


def show_there(error: BaseException) -> None:
    clean(error, set())
    trace = error.__traceback__
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    if sys.version_info >= (3, 12):
        sys.last_exc = error
    hook: Any = getattr(sys, "excepthook", MISSING)
    if hook is MISSING:
        # CPython's words for all accidents of this kind.
        say("sys.excepthook is missing")
    elif hook is not EXCEPTHOOK:
        try:
            hook(type(error), error, trace)
            return
        except SystemExit:
            raise
        except BaseException as failure:
            say("Error in sys.excepthook:")
            clean(failure, set())
            display(failure)
            say("\nOriginal exception was:")
    display(error)


def say(words: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(words + "\n")


def clean(error: BaseException | None, seen: set[int]) -> None:
    """Take our frames out of the exception's traceback and of those that led to it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    error.__traceback__ = without_ours(error.__traceback__)
    clean(error.__cause__, seen)
    clean(error.__context__, seen)
    for inner in getattr(error, "exceptions", ()) if is_group(error) else ():
        clean(inner, seen)


def is_group(error: BaseException) -> bool:
    return sys.version_info >= (3, 11) and isinstance(error, BaseExceptionGroup)


def without_ours(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and is_ours(trace):
        trace = trace.tb_next
    last = trace
    while last is not None and last.tb_next is not None:
        if is_ours(last.tb_next):
            last.tb_next = last.tb_next.tb_next
        else:
            last = last.tb_next
    return trace


def is_ours(trace: TracebackType) -> bool:
    return trace.tb_frame.f_code.co_filename.startswith(OURS)


def display(error: BaseException) -> None:
    """Print it in the default way of this version of Python."""
    if sys.stderr is None:
        return
    sources.publish()
    load_companions()
    if sys.version_info >= (3, 13):
        # Goes through `traceback`, with colours and with our source lines.
        EXCEPTHOOK(type(error), error, error.__traceback__)
        return
    import traceback

    report = traceback.TracebackException(type(error), error, error.__traceback__)
    if sys.version_info < (3, 12):
        from . import last_lines

        last_lines.adopt(report, error)
    sys.stderr.write("".join(report.format()))


def load_companions() -> None:
    """Import what `traceback` imports when it first needs it, which may be a file of the user's by then."""
    if sys.version_info >= (3, 11):
        import ast  # noqa: F401
        import unicodedata  # noqa: F401
    if sys.version_info >= (3, 13):
        import tokenize  # noqa: F401


def failure(error: BaseException) -> dict[str, Any]:
    """Return the contract's `Failure`."""
    kind = type(error)
    module = kind.__module__
    name = kind.__qualname__ if module in ("builtins", "__main__") else "%s.%s" % (module, kind.__qualname__)
    try:
        text = str(error)
    except Exception:
        # The user's `__str__` fails; the traceback has said so in CPython's words.
        text = ""
    return {"type": name, "text": text}
