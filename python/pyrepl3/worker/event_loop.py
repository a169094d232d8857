"""Await at the top level, in one event loop that goes on while the prompt waits."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import sys

from ..language.tracebacks import is_ours

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from types import FrameType, TracebackType
    from typing import Any, Coroutine


class Loop:
    """The session's event loop, made when it is first needed."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def is_open(self) -> bool:
        return self._loop is not None and not self._loop.is_closed()

    def wait(self, descriptor: int) -> None:
        """Let the user's tasks run until the descriptor can be read."""
        loop = self._loop
        assert loop is not None
        loop.add_reader(descriptor, loop.stop)
        try:
            loop.run_forever()
        finally:
            loop.remove_reader(descriptor)

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run the coroutine to its end.  SIGINT cancels it wholly, then KeyboardInterrupt is raised."""
        import asyncio

        if not self.is_open():
            self._loop = asyncio.new_event_loop()
        loop = self._loop
        assert loop is not None
        if not is_current(loop):
            asyncio.set_event_loop(loop)
        from . import own_context

        task = own_context.create_task(loop, coroutine)
        task.add_done_callback(lambda done: loop.stop())
        interrupt = Interrupt(loop, task)
        with interrupt:
            try:
                self._finish(task)
            except (KeyboardInterrupt, SystemExit) as error:
                if task.done():
                    # It ended with this very exception; asking keeps asyncio from complaining.
                    task.exception()
                else:
                    interrupt.cancel()
                    self._finish(task)
                error.__traceback__ = without_asyncio(error.__traceback__)
                raise
        if interrupt.arrived and task.cancelled():
            raise KeyboardInterrupt
        return task.result()

    def _finish(self, task: asyncio.Task[Any]) -> None:
        """Run the loop until the task is done.

        Not `run_until_complete`, which raises what the task raised through its own frames.
        """
        loop = self._loop
        assert loop is not None
        while not task.done():
            loop.run_forever()


def without_asyncio(trace: TracebackType | None) -> TracebackType | None:
    """Leave out the frames above the coroutine's own."""
    while trace is not None and (is_waiting(trace.tb_frame) or is_ours(trace)):
        trace = trace.tb_next
    return trace


class Interrupt:
    """While a task is awaited, SIGINT in the loop's own code cancels the task.

    In the user's code it stays what the user's handler makes of it, `KeyboardInterrupt` by
    default: a loop without an `await` must end too.  A second SIGINT always goes there.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> None:
        self.arrived = False
        self._loop = loop
        self._task = task
        self._previous: Any = None

    def __enter__(self) -> None:
        if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
            self._previous = _signal.signal(_signal.SIGINT, self._handle)

    def __exit__(self, *error: object) -> None:
        if self._previous is not None and _signal.getsignal(_signal.SIGINT) == self._handle:
            _signal.signal(_signal.SIGINT, self._previous)

    def cancel(self) -> None:
        self.arrived = True
        self._task.cancel()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self.arrived or not is_waiting(frame):
            raise KeyboardInterrupt
        self.arrived = True
        self._loop.call_soon_threadsafe(self._task.cancel)


def is_waiting(frame: FrameType | None) -> bool:
    """Whether the frame is the event loop's own, and not a callback's or a coroutine's."""
    if frame is None:
        return True
    import asyncio
    import selectors

    from . import own_context

    filename = frame.f_code.co_filename
    # Between the contexts nothing may be raised.
    if filename == own_context.__file__:
        return True
    return filename == selectors.__file__ or os.path.dirname(filename) == os.path.dirname(asyncio.__file__)


def is_current(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether it is this thread's already: set anew, asyncio forgets children that it knows by pidfds."""
    import asyncio

    if sys.version_info >= (3, 14):
        return False  # No watcher is told any more.
    return getattr(getattr(asyncio.get_event_loop_policy(), "_local", None), "_loop", None) is loop
