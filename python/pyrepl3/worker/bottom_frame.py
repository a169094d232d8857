"""Call the program's code with nothing of ours below it: its frame is the bottom one, as at CPython's prompt.

So `pdb` and `inspect.stack` show the program alone, `sys._getframe` ends with
it, and `warnings` with a `stacklevel` says what it says at a prompt.  CPython
has no way to ask for that: while the code runs, what the thread's state notes
as the frame that is running is taken away.  Where it is in that state is found
by what it is, and checked; where it is not found nothing is taken away.

Tracers and profilers of the program's rest while code of ours runs.
"""

from __future__ import annotations

import sys
from _functools import partial  # pyright: ignore[reportMissingImports]  `functools` imports more

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

STATE_WORDS = 40
"""So much of CPython's thread state is searched, which is larger."""
STACK_SIZE = 8 << 20
WORD = 8
F_FRAME = 24
"""Where a frame object of Python 3.11 or later has what it stands for."""
IS_KNOWN = (3, 8) <= sys.version_info < (3, 16) and "t" not in getattr(sys, "abiflags", "")

# As objects that are no functions they are called without an event for a profiler.
gettrace, rest_trace = partial(sys.gettrace), partial(sys.settrace, None)
getprofile, rest_profile = partial(sys.getprofile), partial(sys.setprofile, None)


class Bottom:
    """Calls what is the program's, in the main thread."""

    def __init__(self) -> None:
        self._find: Callable[[], Any] | None = None
        """Finds the place of the running frame; made when it is first needed."""
        self._resume: list[Callable[[], None]] = []
        """Sets the program's tracer and profiler again."""

    @property
    def is_traced(self) -> bool:
        """Whether the program has set a tracer or a profiler."""
        return bool(self._resume)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return what the function does; raise what it raises."""
        call = partial(function, *arguments)
        place = self._place()
        resuming, self._resume = self._resume, []
        running, place.value = place.value, None
        try:
            for resume in resuming:
                resume()
            return call()
        finally:
            # First, as there may be no memory left for anything else.
            place.value = running
            profile = getprofile()
            if profile is not None:
                rest_profile()
            trace = gettrace()
            if trace is not None:
                rest_trace()
            # Where calls are nested it is the inner one that has seen them.
            self._resume = resuming_with(trace, profile) or self._resume

    def _place(self) -> Any:
        if self._find is None:
            self._find = finder()
        return self._find()


class Nowhere:
    """Stands for the place where it was not found."""

    value: Any = None


bottom = Bottom()


def resuming_with(trace: Any, profile: Any) -> list[Callable[[], None]]:
    """Return what sets them, in this order: a profiler is not to see how a tracer is set."""
    return [
        *([] if trace is None else [partial(sys.settrace, trace)]),
        *([] if profile is None else [partial(sys.setprofile, profile)]),
    ]


def finder() -> Callable[[], Any]:
    """Return what finds the place at which the thread's state notes the running frame."""
    import ctypes

    if IS_KNOWN:
        state = thread_state(ctypes)
        words = list((ctypes.c_void_p * STATE_WORDS).from_address(state))
        running = running_frame(ctypes, sys._getframe())
        if words.count(running) == 1:
            place = ctypes.c_void_p.from_address(state + WORD * words.index(running))
            return lambda: place
        if (3, 11) <= sys.version_info < (3, 13):
            found = behind(ctypes, words)
            if found is not None:
                word, offset = found
                link = ctypes.c_void_p.from_address(state + WORD * word)
                return lambda: ctypes.c_void_p.from_address((link.value or 0) + offset)
    return Nowhere


def thread_state(ctypes: Any) -> int:
    # An instance of our own: the user may have said how `ctypes.pythonapi` is to be called.
    process = ctypes.PyDLL(None)
    process.PyThreadState_Get.restype = ctypes.c_void_p
    return process.PyThreadState_Get()


def running_frame(ctypes: Any, frame: Any) -> int:
    """Return the address of what the thread's state notes for a frame."""
    if sys.version_info < (3, 11):
        return id(frame)
    return ctypes.c_void_p.from_address(id(frame) + F_FRAME).value


def behind(ctypes: Any, words: list[int | None]) -> tuple[int, int] | None:
    """Return which word leads to the stack, and where there the running frame is; as in 3.11 and 3.12."""
    running = running_frame(ctypes, sys._getframe())
    try:
        with open("/proc/self/stat", "rb") as file:
            top = int(file.read().rpartition(b")")[2].split()[25])
    except OSError:
        return None
    offset = WORD if sys.version_info < (3, 12) else 0
    for index, word in enumerate(words):
        is_in_stack = word and word % WORD == 0 and top - STACK_SIZE < word < top - WORD
        if is_in_stack and ctypes.c_void_p.from_address((word or 0) + offset).value == running:
            return index, offset
    return None
