"""Await in the session's own context: its variables are set for the runs that follow, as without `await`."""

from __future__ import annotations

import collections.abc
import contextvars
import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from typing import Any, Callable, Coroutine

    Switch = Callable[[contextvars.Context], object]


def create_task(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Return a task of the loop whose steps see and change the context variables of who awaits it.

    asyncio gives each task a copy of the context, and enters it for each step.  A thread's own
    context is no object that could be entered in its place, so each step leaves the copy.
    """
    try:
        from ctypes import py_object, pythonapi
    except ImportError:
        return loop.create_task(coroutine)
    leave, enter = pythonapi.PyContext_Exit, pythonapi.PyContext_Enter
    leave.argtypes = enter.argtypes = (py_object,)
    steps = Steps(coroutine, leave, enter)
    task: asyncio.Task[Any] = loop.create_task(steps)
    # There is one, as no callback was added yet: those have a copy too.  Before 3.12 it has no name.
    (steps.copy,) = [each for each in gc.get_referents(task) if isinstance(each, contextvars.Context)]
    return task


class Steps(collections.abc.Coroutine):
    """A coroutine whose steps are taken outside the copy of the context that was entered for them."""

    copy: contextvars.Context

    def __init__(self, coroutine: Coroutine[Any, Any, Any], leave: Switch, enter: Switch) -> None:
        self._coroutine = coroutine
        self._leave = leave
        self._enter = enter

    def send(self, value: Any) -> Any:
        return self._outside(self._coroutine.send, value)

    def throw(self, *error: Any) -> Any:
        return self._outside(self._coroutine.throw, *error)

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Any:
        return self._coroutine.__await__()

    def __getattr__(self, name: str) -> Any:
        # What asyncio tells of a task: the coroutine's name, code and frame.
        return getattr(self._coroutine, name)

    def _outside(self, step: Callable[..., Any], *arguments: Any) -> Any:
        self._leave(self.copy)
        try:
            return step(*arguments)
        finally:
            self._enter(self.copy)
