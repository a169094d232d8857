"""Carry what the program prints to the terminal: at once, complete and in order.

One queue serves stdout and stderr.  `TextIOWrapper` hands whole lines to it
through `deque.append`, a C call that never gives up the GIL: so no line of
any thread is torn or lost.  Two ways lead from there to the descriptor:

- **calm**: the thread that ended a line writes it, so nothing of C code or a
  child process can come before it;
- **flood**: past `FLOOD_LINES` in `FLOOD_WINDOW` the printing threads only
  append, and the ticker writes in large pieces.

The ticker is our one thread.  It also shows the beginning of a line within
`TICK`, and is parked while no run is going on.
"""

import _thread
import io
import os
import time
from collections import deque

from . import interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Deque, Optional

TICK = 0.004
"""How long the beginning of a line may wait, in seconds."""
FLOOD_TICK = 0.002
FLOOD_LINES = 400
FLOOD_WINDOW = 0.02
CALM_LINES = 20
"""Fewer pieces than this in a flood's tick end the flood."""
LINGER = 0.05
"""The ticker parks so long after a run, so that quick runs need not wake it each time."""
PIECE = 65536
"""How much one write hands to the kernel, in bytes."""
QUEUE_LIMIT = 8192
"""So many pieces may wait while the terminal is not read; then who prints waits too."""
LARGE = 8192
"""A piece of so many bytes does not wait in a flood: the limit is one of memory."""

FORSAKEN = -2
"""In place of the ticker's thread id: this is a forked child, which has none."""

_nothing = [].clear  # a C call that does nothing, for `flush` in a flood


class Outlet:
    """The way to one descriptor, shared by the streams that lead to it."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.sink = Sink(self)
        self.stream: "Optional[Stream]" = None
        """The stream that may hold the beginning of a line back."""
        self._queue: "Deque[bytes]" = deque()
        self._restart_lock()
        self.calm()

    def _restart_lock(self) -> None:
        self._lock = _thread.allocate_lock()
        self._owner = 0

    def calm(self) -> None:
        """Write each line in the thread that ends it."""
        self.flooded = False
        self._window = 0.0
        self._lines = 0
        self.sink.write = self._queue.append
        self.sink.flush = self._line

    def _line(self) -> None:
        """Write a line that was ended, and notice a flood."""
        self._lines += 1
        if self._lines >= FLOOD_LINES:
            now = time.monotonic()
            if now - self._window < FLOOD_WINDOW and ticker.is_running():
                self.flooded = True
                self.sink.flush = _nothing
                ticker.hurry()
                return
            self._window = now
            self._lines = 0
        self.drain()

    def put(self, data: bytes) -> None:
        """Queue bytes behind all that was printed before them."""
        stream = self.stream
        if stream is not None and not stream.closed:
            # In calm this drains, in a flood it only queues: the order is kept in both.
            io.TextIOWrapper.flush(stream)
        self._queue.append(data)

    def drain(self) -> int:
        """Write all that is queued; return how many pieces that were."""
        me = _thread.get_ident()
        if self._owner == me:
            # A signal handler or finaliser prints while its own thread is in here:
            # the loop below writes that too.
            return 0
        if not self._queue:
            return 0
        with interrupts.shield, self._lock:
            self._owner = me
            try:
                return self._write_queue()
            finally:
                self._owner = 0

    def _write_queue(self) -> int:
        queue, count = self._queue, 0
        if self.flooded:
            self.sink.write = self._append_bounded
            self.sink.flush = self._bound
        try:
            while queue:
                pieces, size = [], 0
                while queue and size < PIECE:
                    piece = queue.popleft()
                    pieces.append(piece)
                    size += len(piece)
                count += len(pieces)
                self._write(b"".join(pieces))
        finally:
            if self.flooded:
                self.sink.write = queue.append
                self.sink.flush = _nothing
        return count

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self.descriptor, left) :]

    def _append_bounded(self, data: bytes) -> None:
        self._queue.append(data)
        self._bound()

    def _bound(self) -> None:
        """Wait for the write under way where too much is queued."""
        queue = self._queue
        if len(queue) > QUEUE_LIMIT or (queue and len(queue[-1]) > LARGE):
            self.drain()

    def flush(self) -> int:
        """Write everything, the beginning of a line included; return how many pieces."""
        stream = self.stream
        if stream is not None and not stream.closed:
            io.TextIOWrapper.flush(stream)
        return self.drain()

    def settle(self) -> None:
        """Write everything at the end of a run, and be calm when the next begins."""
        self.flush()
        if self.flooded:
            self.calm()
            self.flush()

    def before_fork(self) -> None:
        self.flush()
        self._lock.acquire()

    def after_fork(self) -> None:
        self._lock.release()

    def in_child(self) -> None:
        """Write as CPython does: in the calling thread, a line at a time."""
        self._restart_lock()
        self.calm()


class Sink:
    """What a stream takes for its binary buffer; `write` and `flush` change with the flow."""

    closed = False
    write: "Callable[[bytes], Any]"
    flush: "Callable[[], Any]"

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._outlet.descriptor

    def isatty(self) -> bool:
        return os.isatty(self._outlet.descriptor)

    def close(self) -> None:
        self._outlet.drain()
        self.closed = True


class Binary(io.BufferedIOBase):
    """`sys.stdout.buffer`: bytes go behind the text printed before them."""

    mode = "wb"

    def __init__(self, outlet: Outlet, name: str) -> None:
        self._outlet = outlet
        self.name = name

    def write(self, data: "Any", /) -> int:
        if self.closed:
            raise ValueError("write to closed file")
        data = bytes(memoryview(data))
        self._outlet.put(data)
        self._outlet.drain()
        return len(data)

    def flush(self) -> None:
        if not self.closed:
            self._outlet.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._outlet.descriptor

    def isatty(self) -> bool:
        return os.isatty(self._outlet.descriptor)

    @property
    def raw(self) -> "Binary":
        return self


class Stream(io.TextIOWrapper):
    """`sys.stdout`."""

    def __init__(self, outlet: Outlet, name: str, errors: str) -> None:
        super().__init__(outlet.sink, "utf-8", errors, "\n", line_buffering=True)  # type: ignore[arg-type]
        outlet.stream = self
        self._name(outlet, name)

    def _name(self, outlet: Outlet, name: str) -> None:
        self.mode = "w"
        self._outlet = outlet
        self._binary = Binary(outlet, name)

    @property
    def name(self) -> str:  # type: ignore[override]
        return self._binary.name

    @property
    def buffer(self) -> Binary:  # type: ignore[override]
        return self._binary

    def flush(self) -> None:
        super().flush()
        self._outlet.drain()


class ErrorSink(Sink):
    """The buffer behind `sys.stderr`: lets go first what `sys.stdout` holds back."""

    def __init__(self, outlet: Outlet) -> None:
        super().__init__(outlet)
        self.flush = outlet.drain

    def write(self, data: bytes) -> None:  # type: ignore[override]
        self._outlet.put(data)
        self._outlet.drain()


class ErrorStream(Stream):
    """`sys.stderr`: holds nothing back."""

    def __init__(self, outlet: Outlet, name: str, errors: str) -> None:
        io.TextIOWrapper.__init__(
            self, ErrorSink(outlet), "utf-8", errors, "\n", line_buffering=True, write_through=True  # type: ignore[arg-type]
        )
        self._name(outlet, name)


class Ticker:
    """The thread that shows beginnings of lines and drains floods."""

    def __init__(self) -> None:
        self.outlets: "list[Outlet]" = []
        self.is_awaited: "Callable[[], bool]" = lambda: False
        """Whether something may print though no run is going on."""
        self._forget()

    def _forget(self) -> None:
        self._native = 0
        self._run = False
        self._parked = False
        self._stop = False
        self._gate = _thread.allocate_lock()
        self._gate.acquire()
        self._bell = _thread.allocate_lock()
        self._bell.acquire()

    def is_running(self) -> bool:
        return self._native > 0

    def begin(self) -> None:
        """A run begins."""
        self._run = True
        if not self._native:
            self._start()
        elif self._parked:
            ring(self._gate)

    def end(self) -> None:
        """A run is over."""
        self._run = False

    def hurry(self) -> None:
        ring(self._bell)

    def _start(self) -> None:
        self._native = -1
        try:
            _thread.start_new_thread(self._live, ())
        except RuntimeError:
            # No more threads can be had: lines still arrive, only their beginnings wait.
            self._native = 0

    def stop(self) -> None:
        """End the thread and wait until the system has let go of it.

        CPython 3.12 warns of forks beside other threads, and counts ours.
        """
        if self._native in (0, FORSAKEN):
            return
        self._stop = True
        ring(self._bell)
        ring(self._gate)
        while self._native == -1:
            time.sleep(0.0001)
        task = "/proc/self/task/%d" % self._native
        while os.path.exists(task):
            ring(self._bell)
            ring(self._gate)
            time.sleep(0.0001)

    def restart(self) -> None:
        """Go on as before `stop`."""
        was_run = self._run
        if self._native == FORSAKEN:
            return
        self._forget()
        if was_run:
            self.begin()

    def forsake(self) -> None:
        """Forget the thread: a forked child does not have it, and prints without it."""
        self._forget()
        self._native = FORSAKEN

    def _live(self) -> None:
        self._native = _thread.get_native_id()
        idle = 0.0
        while not self._stop:
            flooded = any([outlet.flooded for outlet in self.outlets])
            pause = FLOOD_TICK if flooded else TICK
            if self._bell.acquire(True, pause):
                continue
            idle = 0.0 if self._tick() or self._run else idle + pause
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
        """Write what waits; return whether something did."""
        busy = False
        for outlet in self.outlets:
            try:
                count = outlet.flush()
            except (OSError, ValueError):
                # Whoever prints next is told; there is nobody to tell here.
                continue
            if outlet.flooded and count < CALM_LINES:
                outlet.calm()
                outlet.flush()
            busy = busy or count > 0
        return busy


def ring(lock: "Any") -> None:
    """Let the one who waits for the lock through; nothing where nobody does."""
    try:
        lock.release()
    except RuntimeError:
        pass


ticker = Ticker()
