"""Find the processes of the session, and end those that nobody needs any more."""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Collection, Tuple

    Moment = Tuple[int, int]
    """When a process began: in ticks since boot, which are long, and by its pid, as those count up."""

BEGINNING = (0, 0)
ENDING_PATIENCE_S = 10.0
"""So long what was killed may take to end: its memory is given back page by page."""
FIRST_PAUSE_S = 0.001
LONGEST_PAUSE_S = 0.05
PR_SET_CHILD_SUBREAPER = 36
_awaited_in_vain: set[Moment] = set()
"""Those that were killed and have not ended: they are waited for once."""
START_FIELD = 19
"""Of what stands behind the name in `/proc/PID/stat`: when the process began, in ticks since boot."""


def adopt_orphans() -> None:
    """Become the parent of the session's orphans, so that none outlives it.

    Best effort: `prctl` is reached through ctypes, which not every build has.
    """
    try:
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_all(group: int) -> None:
    """Kill the group, where there is one (not 0), and all of our session that are or come to be ours.

    A process that has left the session (`setsid`) was told to stay, and stays.
    """
    if group:
        kill(-group)
    end_younger(BEGINNING, (), has_ended)


def end_younger(moment: Moment, spared: Collection[int], reap: Callable[[int], object]) -> None:
    """Kill our session's orphans that began at the moment or later, and what they leave behind.

    One that we may not kill (sudo's) stays, and so does one that does not end
    when it is killed (it hangs in the kernel): nobody waits for them for ever,
    nor a second time.
    `reap` returns what is true of a child that has ended.
    """
    left = set(spared)
    while True:
        victims = [
            child
            for child in children()
            if child not in left and is_of_session(child) and is_wanted(moment_of(child), moment)
        ]
        if not victims:
            return
        killed = [child for child in victims if kill(child)]
        left.update(victims)
        left.difference_update(wait_for(killed, reap))


def is_wanted(began: Moment, moment: Moment) -> bool:
    return began >= moment and began not in _awaited_in_vain


def wait_for(pids: Collection[int], reap: Callable[[int], object]) -> list[int]:
    """Wait for children that were killed, in bounded time; return those that have ended."""
    ended: list[int] = []
    waiting = list(pids)
    deadline = time.monotonic() + ENDING_PATIENCE_S
    pause_s = FIRST_PAUSE_S
    while True:
        gone = [pid for pid in waiting if reap(pid)]
        ended += gone
        waiting = [pid for pid in waiting if pid not in gone]
        if not waiting or time.monotonic() > deadline:
            _awaited_in_vain.update(map(moment_of, waiting))
            return ended
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


def close_from(first: int) -> None:
    """Close what the program that started us left open by oversight, from this descriptor on."""
    try:
        numbers = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        return  # Not Linux: then it stays, and does no harm but to be there.
    for number in numbers:
        if number >= first:
            try:
                os.close(number)
            except OSError:
                continue  # It was the folder itself.


def hold_pipes(pid: int) -> list[int]:
    """Open each pipe of a process once more, both ends, so that nobody sees its end when the process goes.

    Return the descriptors, for the caller to close.
    """
    folder = "/proc/%d/fd" % pid
    held: dict[str, int] = {}
    try:
        numbers = os.listdir(folder)
    except OSError:
        return []
    for number in numbers:
        path = "%s/%s" % (folder, number)
        try:
            link = os.readlink(path)
            if link.startswith("pipe:") and link not in held:
                held[link] = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            # It has just been closed, or belongs to somebody else.
            continue
    return list(held.values())


def moment_of(pid: int) -> Moment:
    return started(pid), pid


def started(pid: int) -> int:
    """Return when the process began, in ticks since boot; 0 where the system does not tell."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[START_FIELD])
    except (OSError, IndexError, ValueError):
        return 0


def is_of_session(pid: int) -> bool:
    try:
        return os.getsid(pid) == os.getpid()
    except OSError:
        return False


def kill(target: int) -> bool:
    """Return whether it could be killed; a child that has ended can be, until it is reaped."""
    try:
        os.kill(target, _signal.SIGKILL)
    except OSError:
        # It has gone already, or has become somebody else's (sudo's).
        return False
    return True


def lead_group(pid: int) -> None:
    """Have a child lead a group of its own, as it does itself: whichever of us comes first."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        # It has ended already.
        pass


def signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except OSError:
        # All of it have ended, or have become somebody else's; who waits for the end hears of it.
        pass


def children() -> list[int]:
    """Return our children's pids; none where the system does not tell."""
    path = "/proc/self/task/%d/children" % os.getpid()
    try:
        with open(path) as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def describe(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal_name(os.WTERMSIG(status))
    return "status %d" % os.WEXITSTATUS(status)


def signal_name(number: int) -> str:
    """Return `SIGSEGV` for 11."""
    for name in dir(_signal):
        if name.startswith("SIG") and not name.startswith("SIG_") and getattr(_signal, name) == number:
            return name
    return "signal %d" % number


def kill_and_reap(pid: int) -> None:
    if kill(pid):
        wait_for([pid], has_ended)


def has_ended(pid: int) -> bool:
    """Return whether a child of ours has ended, and is reaped with that."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except OSError:
        return True  # It has been reaped before.
