"""`sys.stdout` and `sys.stderr`: the standard library's text streams over our outlets."""

from __future__ import annotations

import io
import os

from ..protocol import bulk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Protocol

    class Outlet(Protocol):
        """What a stream takes of the way to its descriptor."""

        descriptor: int
        stream: Stream | None

        def put(self, data: bytes) -> None: ...
        def put_error(self, data: bytes) -> None: ...
        def drain(self) -> int: ...
        def flush(self) -> int: ...


CHUNK = 32768
"""How much text a stream collects in a flood before it hands it on, in bytes."""


class Sink:
    """What a stream takes for its binary buffer; `write` and `flush` change with the flow."""

    closed = False
    write: Callable[[bytes], Any]
    flush: Callable[[], Any]

    def __init__(self, outlet: Outlet) -> None:
        self.descriptor = outlet.descriptor
        self._outlet = outlet

    def send(self, data: bytes) -> None:
        """Write bytes behind all that was printed before them."""
        self._outlet.put(data)
        self._outlet.drain()

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def fileno(self) -> int:
        return self.descriptor

    def isatty(self) -> bool:
        return os.isatty(self.descriptor)

    def close(self) -> None:
        self._outlet.drain()
        self.closed = True


class ErrorSink(Sink):
    """The buffer behind `sys.stderr`: lets go first what `sys.stdout` holds back."""

    def __init__(self, outlet: Outlet, descriptor: int) -> None:
        super().__init__(outlet)
        self.descriptor = descriptor
        self._file = bulk.identity(descriptor)
        self.calm()

    def calm(self) -> None:
        self.write = self.send
        self.flush = self._outlet.drain

    def be_traced(self) -> None:
        """Let nothing run in a thread that prints but C code; see the outlet's."""
        self.write = io.FileIO(self.descriptor, "w", closefd=False).write
        self.flush = [].clear

    def send(self, data: bytes) -> None:
        if bulk.identity(self.descriptor) == self._file:
            self._outlet.put_error(data)
            self._outlet.drain()
        else:
            # `os.dup2` leads it elsewhere.
            self._outlet.flush()
            bulk.write(self.descriptor, data)


class Binary(io.BufferedIOBase):
    """`sys.stdout.buffer`: bytes go behind the text printed before them."""

    mode = "wb"

    def __init__(self, outlet: Outlet, sink: Sink, name: str) -> None:
        self._outlet = outlet
        self._sink = sink
        self.name = name

    def write(self, data: Any, /) -> int:
        if self.closed:
            raise ValueError("write to closed file")
        data = bytes(memoryview(data))
        self._sink.send(data)
        return len(data)

    def flush(self) -> None:
        if not self.closed:
            self._outlet.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._sink.descriptor

    def isatty(self) -> bool:
        return os.isatty(self._sink.descriptor)

    @property
    def raw(self) -> Binary:
        return self


class Stream(io.TextIOWrapper):
    """`sys.stdout`, or `sys.stderr` with an `ErrorSink`, which holds nothing back."""

    def __init__(self, outlet: Outlet, sink: Sink, name: str, encoding: str, errors: str) -> None:
        is_direct = isinstance(sink, ErrorSink)
        super().__init__(sink, encoding, errors, "\n", line_buffering=True, write_through=is_direct)  # type: ignore[arg-type]
        self.mode = "w"  # pyright: ignore[reportAttributeAccessIssue]
        self._CHUNK_SIZE = CHUNK
        self._outlet = outlet
        self._sink = sink
        self._binary = Binary(outlet, sink, name)
        if not is_direct:
            outlet.stream = self

    @property
    def name(self) -> str:
        return self._binary.name

    @property
    def buffer(self) -> Binary:
        return self._binary

    def flush(self) -> None:
        super().flush()
        self._outlet.drain()

    def retire(self) -> None:
        """Write directly from here on."""
        self.flush()
        direct = Direct(self._sink.descriptor, os.write)
        self._outlet = self._binary._outlet = self._sink._outlet = direct
        self._sink.write = self._sink.send = direct.put
        self._sink.flush = direct.flush


class Direct:
    """An outlet that needs nothing of our modules: as Python ends they are gone before the last words."""

    stream: Stream | None = None

    def __init__(self, descriptor: int, write: Callable[[int, bytes], int]) -> None:
        self.descriptor = descriptor
        self._write = write

    def put(self, data: bytes) -> None:
        while data:
            data = data[self._write(self.descriptor, data) :]

    put_error = put

    def drain(self) -> int:
        return 0

    flush = drain
