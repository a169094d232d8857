"""Send and receive messages as length-prefixed frames; `messages/__init__.py` has the format."""

from __future__ import annotations

import os
import select
import struct

from . import json_codec
from .version import MAX_FRAME_BYTES

TYPE_CHECKING = False  # what type checkers take for true; `typing` is slow to import
if TYPE_CHECKING:
    from typing import Any

SIZES = struct.Struct("<II")
READ_SIZE = 65536
LISTEN_MS = 100
"""So long an interrupt may go unheard that comes in the very moment in which the waiting begins."""
SMALL_READ_SIZE = 256
"""What memory can nearly always be found for, in bytes."""


class FrameError(Exception):
    """The other end sent what is no frame; the channel cannot be used any more."""


class Closed(Exception):
    """The other end has closed the channel."""


class Channel:
    """One end of a socket that carries frames.

    `send` may be called by one thread at a time, `receive` likewise.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._received = bytearray()

    def send(self, message: dict[str, Any], payload: bytes = b"") -> None:
        header = json_codec.dumps(message).encode("utf-8")
        left = memoryview(SIZES.pack(4 + len(header) + len(payload), len(header)) + header + payload)
        while left:
            left = left[os.write(self.descriptor, left) :]

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Wait for a frame; raise `Closed` at the end, `FrameError` for what is none."""
        while True:
            frame = self._take()
            if frame is not None:
                return frame
            self.take_in()

    def forget(self) -> None:
        """Drop what has been received: it was for another state."""
        self._received.clear()

    def wait(self) -> None:
        """Wait until `receive` can go on, without taking a byte: safe to interrupt."""
        if not self.is_whole():
            poll = select.poll()
            poll.register(self.descriptor, select.POLLIN)
            # A signal that comes just before the system call does not end it, and is heard after this time.
            while not poll.poll(LISTEN_MS):
                pass

    def take_in(self) -> None:
        """Take what has come, or wait for it; raise `Closed` at the end."""
        try:
            data = os.read(self.descriptor, READ_SIZE)
        except MemoryError:
            # The program has used up what there is; nothing has been taken from the channel.
            data = os.read(self.descriptor, SMALL_READ_SIZE)
        if not data:
            if self._received:
                raise FrameError("the channel closed inside a frame")
            raise Closed
        self._received += data

    def is_waiting(self) -> bool:
        """Whether something has been sent that nobody has received."""
        return bool(self._received or select.select([self.descriptor], [], [], 0)[0])

    def is_whole(self) -> bool:
        """Whether `receive` would return at once, without reading."""
        if len(self._received) < 4:
            return False
        return len(self._received) >= 4 + int.from_bytes(self._received[:4], "little")

    def _take(self) -> tuple[dict[str, Any], bytes] | None:
        received = self._received
        if len(received) < SIZES.size:
            return None
        size, header = SIZES.unpack_from(received)
        if size > MAX_FRAME_BYTES:
            raise FrameError("a frame of %d bytes is over the limit of %d" % (size, MAX_FRAME_BYTES))
        if header + 4 > size:
            raise FrameError("a frame of %d bytes cannot hold a header of %d" % (size, header))
        if len(received) < 4 + size:
            return None
        try:
            message = json_codec.loads(received[8 : 8 + header].decode("utf-8"))
            kind = message["kind"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise FrameError("a frame's header is no message: %s" % error) from error
        if not isinstance(kind, str):
            raise FrameError("a message's kind is no text: %r" % (kind,))
        payload = bytes(received[8 + header : 4 + size])
        del received[: 4 + size]
        return message, payload
