"""Libraries that keep the process id where nobody can tell them another: a woken state would hang in them.

Each is asked only where it has been imported.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def keeper() -> str:
    """Return the name of such a library that is in use, as a clause has it; empty where none is."""
    for name, (module, is_used) in LIBRARIES.items():
        if module in sys.modules:
            try:
                if not is_used(sys.modules[module]):
                    continue
            except Exception:
                pass  # It does not tell: then it counts as used.
            return name
    return ""


def has_context(zmq: Any) -> bool:
    """Whether a context of libzmq is open: by the session's names, or by its threads once it has a socket."""
    kind = getattr(zmq, "Context", None)
    if isinstance(kind, type):
        for value in [*vars(sys.modules["__main__"]).values(), getattr(kind, "_instance", None)]:
            if issubclass(type(value), kind) and not value.closed:
                return True
    return has_thread("ZMQbg")


def has_thread(prefix: str) -> bool:
    """Whether one of our threads has such a name."""
    for thread in os.listdir("/proc/self/task"):
        try:
            with open("/proc/self/task/%s/comm" % thread) as file:
                if file.read().startswith(prefix):
                    return True
        except OSError:
            continue  # It has just ended.
    return False


def is_connected(ray: Any) -> bool:
    worker = getattr(sys.modules.get("ray._private.worker"), "global_worker", None)
    return bool(getattr(worker, "connected", False))


def has_listeners(inproc: Any) -> bool:
    """Whether a scheduler or worker of distributed listens within this process."""
    return bool(getattr(getattr(inproc, "global_manager", None), "listeners", None))


def holds_lock(shutdown: Any) -> bool:
    """Whether a lock of filelock's is held; some write the pid into their file."""
    return any(lock.is_locked for lock in list(shutdown.LIVE_LOCKS.values()))


LIBRARIES = {
    "libzmq (pyzmq)": ("zmq", has_context),
    "ray": ("ray", is_connected),
    "distributed (dask, with processes=False)": ("distributed.comm.inproc", has_listeners),
    "filelock (a lock that is held)": ("filelock._core._shutdown", holds_lock),
}
"""By its name: the module that is there where it has been imported, and whether it is in use."""
