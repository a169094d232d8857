"""Tell those who keep the process id, in Python code, that a woken state has another."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable


def renew(old: int) -> None:
    """Put our own pid wherever `old` stands, which was ours in the process that this is a copy of."""
    renew_main_thread()
    for holder, attribute in holders():
        if getattr(holder, attribute, None) == old:
            setattr(holder, attribute, os.getpid())
    renew_filelock(old)
    psutil = sys.modules.get("psutil")
    if psutil is not None:
        renew_psutil(psutil, old)


def renew_main_thread() -> None:
    """Let `threading` know the main thread by its id in this process, as a fork leaves it the parent's.

    A toolkit takes another id for another thread, and matplotlib then warns of each window.
    """
    threading = sys.modules.get("threading")
    if threading is not None:
        threading.main_thread()._native_id = os.getpid()


def holders() -> Iterable[tuple[Any, str]]:
    """Yield each object that keeps the pid, of the standard library and of filelock, with the attribute."""
    # Not imported here: another thread may be at it, and then it has not been used yet.
    process = sys.modules.get("multiprocessing.process")
    for each in list(getattr(process, "_dangling", ())):
        yield each, "_parent_pid"
    util = sys.modules.get("multiprocessing.util")
    for each in list(getattr(util, "_finalizer_registry", {}).values()):
        yield each, "_pid"
    # What is told of forks; queues are among it.
    queue = getattr(sys.modules.get("multiprocessing.queues"), "Queue", ())
    for each in list(getattr(util, "_afterfork_registry", {}).values()):
        if isinstance(each, queue):
            yield each, "_opid"
    heap = sys.modules.get("multiprocessing.heap")
    yield getattr(getattr(heap, "BufferWrapper", None), "_heap", None), "_lastpid"
    for each in list(getattr(sys.modules.get("filelock._core._shutdown"), "LIVE_LOCKS", {}).values()):
        yield each, "_creator_pid"


def renew_filelock(old: int) -> None:
    """From 4.0 on it refuses to lock in another process than the one that made the lock.

    Of those that are held it keeps more: see `pid_keepers.py`.
    """
    state = getattr(sys.modules.get("filelock._core._fork"), "_FORK_STATE", None)
    identity = getattr(state, "process_identity", None)
    if type(identity) is tuple and identity[:1] == (old,):
        state.process_identity = (os.getpid(), *identity[1:])  # pyright: ignore[reportOptionalMemberAccess]


def renew_psutil(psutil: Any, old: int) -> None:
    """Let psutil's objects that mean this process mean it again."""
    import gc

    kind = getattr(psutil, "Process", None)
    if not isinstance(kind, type):
        return
    # Instances refer to their type from Python 3.9 on; this reads all objects, and writes to none.
    found = gc.get_referrers(kind)
    for names in (vars(sys.modules["__main__"]), getattr(psutil, "_pmap", {})):
        found += list(names.values())
    for each in found:
        if issubclass(type(each), kind):
            try:
                if each.pid == old:
                    each._init(os.getpid())
            except Exception:
                continue  # Its class is of a kind that we do not know; then it says that the process is gone.
