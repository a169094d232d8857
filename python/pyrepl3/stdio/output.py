"""Carry what the program prints to the terminal: at once, complete and in order.

`TextIOWrapper` hands text to a queue through `deque.append`, a C call that
never gives up the GIL: so no line of any thread is torn or lost.  Two ways
lead from there to the descriptor:

- **calm**: the thread that ended a line writes it, so nothing of C code or of
  a child process can come before it;
- **flood**: past `FLOOD_LINES` in `FLOOD_WINDOW` the printing threads only
  append, and the flusher writes in large pieces.
"""

from __future__ import annotations

import _thread
import io
import time
from collections import deque

from ..protocol import bulk
from . import interrupts
from .flusher import flusher
from .streams import Sink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .streams import Stream
    from .text_marks import TextMarks

FLOOD_LINES = 400
FLOOD_WINDOW = 0.02
"""In seconds."""
CALM_SIZE = 4096
"""A tick of a flood that finds no more than so many bytes ends it."""
PIECE = 131072
"""How much one write hands to the kernel, in bytes."""
BLOCKS_LIMIT = 64
"""So many pieces may wait while the terminal is not read; then who prints waits too."""
LINES_LIMIT = 8192
"""The same where each piece is a line."""
LARGE_LINE = 8192
"""In bytes.  A larger line does not wait while others are written: the limit is one of memory."""

_nothing = [].clear  # a C call that does nothing


class Outlet:
    """The way to one descriptor, shared by the streams that lead to it."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.sink = Sink(self)
        self.stream: Stream | None = None
        """The stream that may hold the beginning of a line back."""
        self.bulk: bulk.Bulk | None = None
        """The way for large pieces, in a terminal."""
        self.text_marks: TextMarks | None = None
        """Where it is told whose text is whose: then all goes through the terminal."""
        self.is_flooded = False
        self.is_traced = False
        """Whether a tracer or profiler of the program's would see code of ours in a thread that prints."""
        self._in_blocks = False
        self._queue: deque[bytes] = deque()
        self._taken: list[bytes] = []
        """What is on its way from the queue to the descriptor, whatever a signal handler may raise."""
        self._open_lock()
        self.calm()

    def _open_lock(self) -> None:
        self._lock = _thread.allocate_lock()
        self._inside: set[int] = set()

    def calm(self) -> None:
        """Write each line in the thread that ends it."""
        self.is_traced = False
        self._window = 0.0
        self._lines = 0
        self.sink.write = self._queue.append
        self.sink.flush = self._line
        if self.is_flooded:
            self.is_flooded = False
            self._buffer(by_line=True)

    def be_traced(self) -> None:
        """Let nothing run in a thread that prints but C code."""
        if self.text_marks is None and not self.is_traced:
            self.settle()
            self.is_traced = True
            direct = io.BufferedWriter(io.FileIO(self.descriptor, "w", closefd=False))
            self.sink.write, self.sink.flush = direct.write, direct.flush

    def _flood(self) -> None:
        """Let the threads that print append only."""
        self.is_flooded = True
        self.sink.flush = _nothing
        self._buffer(by_line=self.bulk is None)
        flusher.hurry()

    def _buffer(self, by_line: bool) -> None:
        """Let lines go as they end, or let the stream collect them."""
        stream = self.stream
        if self._in_blocks == by_line and stream is not None and is_open(stream):
            self._in_blocks = not by_line
            io.TextIOWrapper.reconfigure(stream, line_buffering=by_line)

    def _line(self) -> None:
        """Write a line that was ended, and notice a flood."""
        self._lines += 1
        if self._lines >= FLOOD_LINES:
            now = time.monotonic()
            if now - self._window < FLOOD_WINDOW and flusher.is_running():
                self._flood()
                return
            self._window = now
            self._lines = 0
        self.drain()

    def put(self, data: bytes) -> None:
        """Queue bytes behind all that was printed before them."""
        # In calm this drains, in a flood it only queues: the order is kept in both.
        self._let_go()
        self._queue.append(data)

    def put_error(self, data: bytes) -> None:
        """Queue what goes to `sys.stderr`."""
        self.put(data if self.text_marks is None else self.text_marks.error(data))

    def drain(self) -> int:
        """Write all that is queued, and wait for what is being written; return how many bytes that was."""
        me = _thread.get_ident()
        # A signal handler or a finaliser may print while its own thread is in here; the loop
        # below writes that too.
        if me in self._inside or not (self._queue or self._taken or self._lock.locked()):
            return 0
        try:
            # Noted before the lock is taken: a handler may come in between, and would wait for ever.
            self._inside.add(me)
            with interrupts.shield, self._lock:
                return self._write_queue()
        finally:
            self._inside.discard(me)

    def _write_queue(self) -> int:
        queue, taken, total = self._queue, self._taken, 0
        if len(queue) == 1 and len(queue[0]) < bulk.SMALLEST and not self.is_flooded and not taken:
            # The usual case, a line: what follows is for many and for large ones.
            self._take()
            size = len(taken[0])
            bulk.write(self.descriptor, self._marked(taken[0]), taken.clear)
            return size
        if self.is_flooded and not self._in_blocks:
            self.sink.flush = self._bound_lines
        try:
            while queue or taken:
                size = sum(map(len, taken))
                while queue and size < PIECE:
                    self._take()
                    size += len(taken[-1])
                data = b"".join(taken)
                if self.bulk is None or not self.bulk.send(data, taken.clear, self._stall):
                    bulk.write(self.descriptor, self._marked(data), taken.clear)
                total += size
        finally:
            if self.is_flooded:
                self.sink.write = queue.append
                self.sink.flush = _nothing
                self._buffer(by_line=self.bulk is None)
        return total

    def _marked(self, data: bytes) -> bytes:
        return data if self.text_marks is None else self.text_marks.written(data)

    def _take(self) -> None:
        """Take a piece from the queue, in C code all the way: no handler comes in between."""
        self._taken.extend(map(deque.popleft, (self._queue,)))

    def _stall(self) -> None:
        """Bound what is queued: nobody reads what is being written.

        Waiting is for the end of a line; inside one it could let another thread's text in.
        """
        if self.is_flooded and len(self._queue) > BLOCKS_LIMIT:
            self.sink.flush = self._bound_lines
            self._buffer(by_line=True)
            if not flusher.is_beside_threads():
                # There may be no ends of lines, and there is nobody else's text.
                self.sink.write = self._append_bounded

    def _append_bounded(self, data: bytes) -> None:
        self._queue.append(data)
        if len(self._queue) > BLOCKS_LIMIT:
            self.drain()

    def _bound_lines(self) -> None:
        queue = self._queue
        try:
            is_full = len(queue) > LINES_LIMIT or len(queue[-1]) > LARGE_LINE
        except IndexError:
            # Another thread has just written it all.
            return
        if is_full:
            self.drain()

    def flush(self) -> int:
        """Write everything, the beginning of a line included; return how many bytes."""
        self._let_go()
        return self.drain()

    def _let_go(self) -> None:
        """Take the beginning of a line from the stream."""
        if self.stream is not None and is_open(self.stream):
            io.TextIOWrapper.flush(self.stream)

    def tick(self) -> bool:
        """Write what waits, and see whether a flood is over; return whether there was something."""
        size = self.flush()
        if self.is_flooded and size < CALM_SIZE:
            self.calm()
            self.flush()
        return size > 0

    def settle(self) -> None:
        """Write everything at the end of a run, and be calm when the next begins."""
        # A handler that raised at the wrong moment may have left us there.
        self._inside.discard(_thread.get_ident())
        self.flush()
        if self.is_flooded:
            self.calm()
            self.flush()

    def before_fork(self) -> None:
        """Write everything, so that the child has nothing of it, and let no thread of ours in."""
        self.settle()
        self._lock.acquire()
        # CPython 3.12 warns of a fork beside threads before it calls `after_fork`; that is queued.
        self._inside.add(_thread.get_ident())

    def after_fork(self) -> None:
        self._inside.discard(_thread.get_ident())
        self._lock.release()
        self.drain()

    def hold(self, patience: float) -> bool:
        """Write everything and let nobody write more; return false where that takes longer, in seconds."""
        if not self._lock.acquire(timeout=patience):
            return False
        self._lock.release()
        try:
            self.settle()
        except OSError:
            # The program has closed the descriptor, and what it printed goes nowhere.
            self.forget()
        if not self._lock.acquire(timeout=patience):
            return False
        self._inside.add(_thread.get_ident())
        return True

    def let_go(self) -> None:
        """Go on after `hold`."""
        self.after_fork()

    def forget(self) -> None:
        """Drop what was queued while this copy was made: the original writes it."""
        self._queue.clear()
        self._taken.clear()

    def in_child(self) -> None:
        """Write as CPython does: in the calling thread, a line at a time."""
        self.bulk = None
        self.text_marks = None
        self._taken.clear()
        self._open_lock()
        self.calm()


def is_open(stream: Stream) -> bool:
    """Whether the user has neither closed nor detached the stream."""
    try:
        return not stream.closed
    except ValueError:
        return False
