"""CPython's own last lines of a traceback, on versions where the `traceback` module's differ.

Up to 3.11 the default hook is C code.  It alone says `__main__.Own` for the
user's classes (until 3.10) and `Did you mean` (3.10 and 3.11); `traceback`
alone knows the source of what was typed.
"""

from __future__ import annotations

import io
import sys

EXCEPTHOOK = sys.__excepthook__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from traceback import TracebackException
    from typing import Any


def adopt(report: TracebackException | None, error: BaseException | None) -> None:
    """Give the report, and those of what led to the error, the lines that CPython's C code writes."""
    while report is not None and error is not None:
        if report.__cause__ is not None:
            adopt(report.__cause__, error.__cause__)
        members = getattr(report, "exceptions", None)
        for number, member in enumerate(members or ()):
            adopt(member, error.exceptions[number])  # type: ignore[attr-defined]
        # A syntax error's place it counts in bytes, and a group is all one drawing to it.
        if not isinstance(error, SyntaxError) and members is None:
            reword(report, last_lines(error))
        report, error = report.__context__, error.__context__


def reword(report: Any, words: str) -> None:
    report.format_exception_only = lambda: [words]


def last_lines(error: BaseException) -> str:
    """Return what the default hook writes for the error without its traceback and its causes."""
    stderr, limit = sys.stderr, getattr(sys, "tracebacklimit", None)
    cause, context, suppressed = error.__cause__, error.__context__, error.__suppress_context__
    said = io.StringIO()
    try:
        sys.stderr, sys.tracebacklimit = said, 0
        error.__cause__ = error.__context__ = None
        EXCEPTHOOK(type(error), error, error.__traceback__)
    finally:
        sys.stderr = stderr
        if limit is None:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = limit
        error.__cause__, error.__context__ = cause, context
        error.__suppress_context__ = suppressed
    return said.getvalue()
