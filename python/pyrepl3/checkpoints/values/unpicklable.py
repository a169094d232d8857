"""Say which objects cannot be saved, and why, as a clause."""

from __future__ import annotations

from .naming import module_of, mro_of, qualname_of, type_name, with_article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNPICKLABLE = {
    "builtins.generator": "a generator, which stands in the middle of its code",
    "builtins.async_generator": "an asynchronous generator, which stands in the middle of its code",
    "builtins.coroutine": "a coroutine, which stands in the middle of its code",
    "builtins.frame": "a frame of running code",
    "builtins.traceback": "a traceback",
    "threading.Thread": "a thread",
    "concurrent.futures._base.Executor": "a pool of threads or processes",
    "concurrent.futures._base.Future": "a future",
    "multiprocessing.pool.Pool": "a pool of threads or processes",
    "multiprocessing.process.BaseProcess": "a process",
    "multiprocessing.managers.BaseManager": "a process",
    "multiprocessing.queues.Queue": "a queue between processes",
    "multiprocessing.queues.SimpleQueue": "a queue between processes",
    "multiprocessing.connection._ConnectionBase": "a pipe between processes",
    "multiprocessing.synchronize.SemLock": "a lock between processes",
    "multiprocessing.sharedctypes.SynchronizedBase": "memory shared between processes",
    "multiprocessing.shared_memory.SharedMemory": "memory shared between processes",
    "subprocess.Popen": "a process",
    "asyncio.subprocess.Process": "a process",
    "_socket.socket": "a socket",
    "_asyncio.Future": "a future or task of an event loop",
    "asyncio.futures.Future": "a future or task of an event loop",
    "asyncio.events.AbstractEventLoop": "an event loop",
    "sqlite3.Connection": "a connection to a database",
    "sqlite3.Cursor": "the cursor of a connection to a database",
    "mmap.mmap": "a memory map",
    "_thread._local": "values that each thread has for itself",
    "builtins.Context": "a context",
    "_contextvars.Context": "a context",
    "builtins.Token": "a token, which sets a context variable back",
    "_contextvars.Token": "a token, which sets a context variable back",
    "weakref.finalize": "a finaliser",
}
"""What can be no use in another process, by the type or one that it is derived from."""


def unpicklable(kind: type) -> str:
    """Return why no object of the type can be saved, as a clause; empty where that is not known."""
    for base in mro_of(kind):
        reason = UNPICKLABLE.get("%s.%s" % (module_of(base), qualname_of(base)))
        if reason:
            return reason
    return ""


def describe(value: Any, error: BaseException) -> str:
    """Return why an object cannot be saved, as a clause."""
    name = type_name(type(value))
    words = words_of(error)
    if isinstance(error, TypeError) and words.startswith(("cannot pickle", "can't pickle")):
        return "%s, which cannot be pickled" % with_article(name)
    return "%s, which fails to be pickled (%s)" % (name, named(error))


def named(error: BaseException) -> str:
    """Return an error's kind and words."""
    words = words_of(error)
    return "%s: %s" % (qualname_of(type(error)), words) if words else qualname_of(type(error))


def in_words(error: BaseException) -> str:
    """Return an error's words, or its kind where it has none."""
    return words_of(error) or qualname_of(type(error))


def words_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""  # Its class is the user's.


def why_not_pickled(error: BaseException) -> str:
    """Return why a value as a whole cannot be saved, as a clause."""
    if isinstance(error, MemoryError):
        return "there is not enough memory to save it"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return named(error)
