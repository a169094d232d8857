"""What a copy made by plain fork does while it sleeps; `frozen_state.c` is the same for native ones."""

from __future__ import annotations

import os
import sys

from ..protocol.orders import RECORD

OOM_FILE = "/proc/self/oom_score_adj"
OOM_RAISE, OOM_MOST = 500, 1000


def raise_oom_score() -> str:
    """Let a frozen state go before the live process where memory runs out; return the score from before."""
    try:
        with open(OOM_FILE) as file:
            score = file.read().strip()
    except OSError:
        return ""
    write_oom_score(str(min(int(score) + OOM_RAISE, OOM_MOST)))
    return score


def write_oom_score(score: str) -> None:
    try:
        with open(OOM_FILE, "w") as file:
            file.write(score)
    except OSError:
        pass  # Not allowed: then a frozen state is as likely to be chosen as the live process.


def report(control: int, kind: int, value: int) -> None:
    try:
        os.write(control, RECORD.pack(kind, value))
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)


def receive_line(control: int) -> int | None:
    """Return the descriptor that the host hands over with the next byte; `None` where none is left for it."""
    import _socket

    end = _socket.socket(fileno=control)
    try:
        # It may have become non-blocking by this, as all are after `socket.setdefaulttimeout`.
        end.settimeout(None)
        _, parts, _, _ = end.recvmsg(1, _socket.CMSG_SPACE(4))
    finally:
        end.detach()
    return int.from_bytes(parts[0][2], sys.byteorder) if parts else None
