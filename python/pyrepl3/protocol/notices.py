"""What a live state tells the host of its copies: one datagram each, on a socket that all states share."""

from __future__ import annotations

import struct

NOTICE = struct.Struct("<cii")
"""What happened, a state's number, a process."""
CONTROL, FROZEN, NOT_FROZEN, UP, INHERITED = b"C", b"F", b"N", b"U", b"I"
"""A copy is about to be made, and here is the way to it; it is made; it is not; a woken state is whole, and
wants to hear of the end of this process."""
DETAILS = struct.Struct("<ii")
"""From the host to a woken state: the process that it is for, and the last mark that has passed."""
