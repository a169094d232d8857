"""The orders that the host gives a frozen state, and its answers, as in `native/frozen/sleeper.c`."""

from __future__ import annotations

import struct

WAKE = b"w"
"""Make an awake copy."""
LOOK = b"l"
"""Look which files it could not write to if it were woken now."""
WRITER = b"s"
"""Make a copy that writes a checkpoint; its line to the host comes with the next byte."""
QUESTION, HAND, FORGET = b"q", b"h", b"f"
"""Which sockets and terminals it would go on with; here are some of them; they are not needed after all."""

RECORD = struct.Struct("<ii")
"""An answer: a kind and a value."""
ASLEEP, WOKEN, FAILED, LIST, TAKEN, FORESEEN = 1, 2, 3, 4, 5, 6
WANTED = struct.Struct("=iiQ")
"""One of the sockets and terminals: its kind, nothing, and its number in the system."""
