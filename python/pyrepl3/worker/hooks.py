"""Act as the program imports, starts processes and forks: before what happens, where that matters."""

from __future__ import annotations

import faulthandler
import os

from ..changes import audit_events
from ..resources import children
from ..stdio import interrupts
from ..stdio.flusher import flusher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..changes.side_effects import SideEffects
    from ..snapshot.freezer import Freezer
    from ..stdio.session_io import SessionIO
    from .descriptors import Descriptors


class Hooks:
    """The hooks of one live state."""

    def __init__(
        self,
        io: SessionIO,
        descriptors: Descriptors,
        own_children: children.Children,
        freezer: Freezer,
    ) -> None:
        self._io = io
        self._descriptors = descriptors
        self._children = own_children
        self._freezer = freezer
        self.is_in_child = False
        """Whether this is a process that the program has forked."""

    def install(self, side_effects: SideEffects) -> None:
        spawns = {event: self._io.flush for event in audit_events.SPAWNS}
        audit_events.watch({**spawns, **{event: self._on_start for event in children.STARTS}})
        tracers = {event: self._on_tracer for event in audit_events.TRACERS}
        audit_events.watch({**side_effects.handlers(), **tracers, "import": self._on_import})
        if self._io.has_terminal:
            audit_events.watch({"builtins.input": self._io.announce})
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._after_fork,
            after_in_child=self.in_child,
        )

    def _on_start(self, arguments: tuple[Any, ...]) -> None:
        self._children.expect()
        self._io.flush()

    def _on_import(self, arguments: tuple[Any, ...]) -> None:
        if str(arguments[0]).startswith("multiprocessing."):
            # It starts processes by a way that no event tells of.
            self._children.expect()
            from . import by_value

            by_value.on_import(arguments)

    def _on_tracer(self, arguments: tuple[Any, ...]) -> None:
        # While a copy is made the output is held, and nobody of the program's traces.
        if not (self._freezer.is_freezing or flusher.is_hooking):
            self._io.be_traced()

    def _before_fork(self) -> None:
        flusher.stop()
        # A freeze holds the output already.
        if not self._freezer.is_freezing:
            self._io.before_fork()

    def _after_fork(self) -> None:
        if not self._freezer.is_freezing:
            self._io.after_fork()
        flusher.restart()

    def in_child(self) -> None:
        """Make a child of the user's an ordinary Python, with nothing of the session's."""
        if self._freezer.is_freezing:
            return
        self.is_in_child = True
        self._io.in_child()
        interrupts.shield.in_child()
        flusher.forsake()
        self._children.forsake()
        # A fault of the child's is not one of the session's.
        faulthandler.disable()
        self._descriptors.close()


def divert_waits(own_children: children.Children) -> None:
    """Lead the program's waiting for children through `resources.wait_functions`."""
    from ..resources import wait_functions

    wait_functions.install(own_children)
