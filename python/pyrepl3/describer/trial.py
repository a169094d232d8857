"""Let a process of its own do what may never return, raise, exit or end it; and hear how far it got."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import _socket
import os
import select
import time

from ..protocol import frames
from ..resources import processes
from ..snapshot import plain_fork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

    Work = Callable[[Callable[..., None]], None]

PR_SET_PDEATHSIG = 1
ALLOWED_BYTES = 1 << 30
"""So much more memory than the session has it may take."""
FAILED = 93
"""The exit status of one whose work failed on our own side."""
TURN_MS = 50


class Failed(Exception):
    """The process did not do its work; the text says why, as a clause."""


class Broken(Exception):
    """Our own side of the work failed; the text is a traceback."""


def messages(
    work: Work, patience: Callable[[], float], idle: Callable[[], None]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield what the work sends, each within `patience` seconds; `idle` is called while one waits.

    What the work does stays in its process, which ends with it.

    Raises:
        Failed: It ended before it was done, or took too long.
        Broken: It failed by a fault of ours.
    """
    ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
    pid = plain_fork.Fork().clone(_signal.SIGCHLD)
    if pid == 0:
        do(work, theirs.detach())
    theirs.close()
    line = frames.Channel(ours.fileno())
    try:
        yield from heard(line, patience, idle)
    except frames.Closed:
        raise Failed("ended the process (%s)" % processes.describe(os.waitpid(pid, 0)[1])) from None
    except (frames.FrameError, OSError):
        raise Failed("wrote to what was not its own") from None
    finally:
        ours.close()
        end(pid)


def heard(
    line: frames.Channel, patience: Callable[[], float], idle: Callable[[], None]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    poll = select.poll()
    poll.register(line.descriptor, select.POLLIN)
    while True:
        deadline = time.monotonic() + patience()
        while not line.is_whole():
            if poll.poll(TURN_MS):
                line.take_in()
            elif time.monotonic() > deadline:
                raise Failed("took longer than %g s" % patience())
            idle()
        message, payload = line.receive()
        if message["kind"] == "over":
            return
        if message["kind"] == "broken":
            raise Broken(message["text"])
        yield message, payload


def end(pid: int) -> None:
    """Kill the process with what it has started, and reap it."""
    processes.kill(-pid)
    processes.kill_and_reap(pid)


def do(work: Work, line: int) -> None:
    """Do the work in this process, and end it."""
    try:
        confine()
        channel = frames.Channel(line)
        try:
            work(channel.send)
            channel.send({"kind": "over"})
        except MemoryError:
            raise
        except Exception as error:
            import traceback

            text = traceback.format_exception(type(error), error, error.__traceback__)
            channel.send({"kind": "broken", "text": "".join(text)})
        os._exit(0)
    finally:
        os._exit(FAILED)


def confine() -> None:
    """Let this process take no more than is its due, and not outlive who made it."""
    import ctypes
    import resource

    os.setpgid(0, 0)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, _signal.SIGKILL, 0, 0, 0)
    with open("/proc/self/statm") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = held + ALLOWED_BYTES
    if most == resource.RLIM_INFINITY or allowed < most:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
