"""The one thread of ours: it shows the beginnings of lines, and writes floods.

It is parked while no run is going on, and gone while the user's code forks.
"""

from __future__ import annotations

import _thread
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, Callable, Protocol, Sequence

    class Ticking(Protocol):
        """What is called at each tick; it tells whether it had something to do."""

        def tick(self) -> bool: ...


TICK = 0.004
"""How long the beginning of a line may wait, in seconds."""
LINGER = 0.05
"""It parks so long after a run, in seconds, so that quick runs need not wake it each time."""
POLL = 0.0001
"""How often `stop` looks whether the thread is gone, in seconds."""
FORSAKEN = -2
"""In place of the thread's id: this is a forked child, which has none."""
STARTING = -1
FORKS = ("fork", "forkpty", "fork_exec")
"""The C functions in which at-fork hooks run."""


class Flusher:
    """Calls `tick` of the outlets every `TICK`."""

    def __init__(self) -> None:
        self.outlets: Sequence[Ticking] = ()
        self.is_awaited: Callable[[], bool] = lambda: False
        """Whether something may print though no run is going on."""
        self.is_hooking = False
        """Whether a profiler is being set that is ours."""
        self._forget()

    def _forget(self) -> None:
        self._thread = 0
        self._run = False
        self._parked = False
        self._stop = False
        self._turns = 0
        self._gate = locked()
        self._bell = locked()

    def is_running(self) -> bool:
        return self._thread > 0

    def is_beside_threads(self) -> bool:
        """Whether the user's code has threads too."""
        return _thread._count() > (1 if self.is_running() else 0)

    def begin(self) -> None:
        """A run begins."""
        self._run = True
        if not self._thread:
            self._start()
        elif self._parked:
            ring(self._gate)

    def end(self) -> None:
        """A run is over."""
        self._run = False

    def hurry(self) -> None:
        """A flood has begun: look now."""
        ring(self._bell)

    def _start(self) -> None:
        self._thread = STARTING
        try:
            _thread.start_new_thread(self._live, ())
        except RuntimeError:
            # No more threads can be had: lines still arrive, only their beginnings wait.
            self._thread = 0

    def stop(self) -> None:
        """End the thread and wait until the system has let go of it.

        CPython 3.12 warns of forks beside other threads, and counts ours.
        """
        if self._thread in (0, FORSAKEN):
            return
        self._stop = True
        while self._thread == STARTING or os.path.exists("/proc/self/task/%d" % self._thread):
            ring(self._bell)
            ring(self._gate)
            time.sleep(POLL)
        self._thread = 0

    def restart(self) -> None:
        """Go on as before `stop`."""
        if self._thread != FORSAKEN:
            was_run = self._run
            self._forget()
            if was_run and sys.version_info >= (3, 13) and sys.getprofile() is None:
                # It counts the threads only after the hooks, of which this is one.
                self._hook(self._begin_after_fork)
            elif was_run:
                self.begin()

    def _begin_after_fork(self, frame: FrameType, event: str, argument: Any) -> None:
        if event.startswith("c_") and argument.__name__ in FORKS:
            self._hook(None)
            self.begin()

    def _hook(self, profile: Any) -> None:
        self.is_hooking = True
        sys.setprofile(profile)
        self.is_hooking = False

    def forsake(self) -> None:
        """Forget the thread: a forked child does not have it, and prints without it."""
        self._forget()
        self._thread = FORSAKEN

    def come_back(self, renumbered: dict[int, int]) -> None:
        """This copy was woken: its threads have other ids, or there are none."""
        if self._thread in renumbered:
            self._thread = renumbered[self._thread]
        else:
            self._forget()

    def answers(self, patience: float) -> bool:
        """Return whether the thread, where there is one, does a turn within so many seconds."""
        turn, deadline = self._turns, time.monotonic() + patience
        while self.is_running() and self._turns == turn:
            if time.monotonic() > deadline:
                return False
            ring(self._bell)
            ring(self._gate)
            time.sleep(POLL)
        return True

    def _live(self) -> None:
        self._thread = _thread.get_native_id()
        idle = 0.0
        while not self._stop:
            self._turns += 1
            self._bell.acquire(True, TICK)
            idle = 0.0 if self._tick() or self._run else idle + TICK
            if idle > LINGER and not self.is_awaited():
                self._park()
                idle = 0.0

    def _park(self) -> None:
        self._parked = True
        # A run may have begun between the look and the line above; then it did not ring.
        if not self._run and not self._stop:
            self._gate.acquire()
        self._parked = False

    def _tick(self) -> bool:
        busy = False
        for outlet in self.outlets:
            try:
                busy = outlet.tick() or busy
            except (OSError, ValueError):
                # The terminal or the stream is closed. Whoever prints next is told; here is nobody.
                continue
        return busy


def locked() -> Any:
    lock = _thread.allocate_lock()
    lock.acquire()
    return lock


def ring(lock: Any) -> None:
    """Let the one who waits for the lock through; nothing where nobody does."""
    try:
        lock.release()
    except RuntimeError:
        pass


flusher = Flusher()
