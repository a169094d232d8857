"""The native object of `python/native/`: load it, and tell it what only Python can find out."""

from __future__ import annotations

import _thread
import ctypes
import os
import sys

from ..resources.changed_file import ChangedFile
from . import named_displays, native_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Sequence

WATCHERS = {
    "valgrind": "valgrind",
    "vgpreload": "valgrind",
    "librrpreload": "rr",
    "libasan": "a sanitizer",
    "libtsan": "a sanitizer",
    "libmsan": "a sanitizer",
    "libubsan": "a sanitizer",
    "liblsan": "a sanitizer",
    "libhwasan": "a sanitizer",
    "libclang_rt.": "a sanitizer",
    "/qemu-": "an emulator",
}
"""Who keeps a process in its hand and would lose hold of a copy, by a file that it maps."""

IS_KNOWN, MOST_FLAGS = 0x60, 0x3FF
"""Bits among glibc's flags of a thread: that it knows the priority and the policy; see `thread_state.c`."""

THREAD_STATE_WORDS = 64
"""How much of CPython's thread state is searched, which is larger."""


class Facts(ctypes.Structure):
    """What the object has to be told; `struct facts` of `facts.h`."""

    _fields_ = (
        ("rseq_offset", ctypes.c_long),
        ("rseq_size", ctypes.c_int),
        ("size", ctypes.c_int),
        ("main_tid", ctypes.c_void_p),
        ("asked", ctypes.c_long),
        ("policy", ctypes.c_long),
        ("priority", ctypes.c_long),
        ("interpreter", ctypes.c_void_p),
        ("first_state", ctypes.c_void_p),
        ("next_state", ctypes.c_void_p),
        ("dictionary_offset", ctypes.c_long),
        ("item", ctypes.c_void_p),
        ("sentinel_offset", ctypes.c_long),
        ("keep", ctypes.c_void_p),
        ("after_fork", ctypes.c_void_p),
        ("first_interpreter", ctypes.c_void_p),
        ("next_interpreter", ctypes.c_void_p),
        ("own", ctypes.POINTER(ctypes.c_int)),
        ("own_count", ctypes.c_long),
        ("displays", ctypes.c_char_p),
        ("buses", ctypes.c_char_p),
    )


class Native:
    """The object's functions, called with the GIL held throughout."""

    UNSUITED = -2
    """What `freeze` returns where the object cannot be used in this process at all."""

    def __init__(self, file: str) -> None:
        self._object = ctypes.PyDLL(file)
        self._object.pyrepl3_freeze.restype = ctypes.c_long
        self._object.pyrepl3_reason.restype = ctypes.c_char_p
        self._object.pyrepl3_failure.restype = ctypes.c_long
        # An instance of our own: the user may have said how `ctypes.pythonapi` is to be called.
        process = ctypes.PyDLL(None)
        self._facts = Facts(size=ctypes.sizeof(Facts))
        look_up_rseq(process, self._facts)
        self._facts.main_tid = main_tid(process)
        look_up_schedule(process, self._facts)
        look_up_thread_states(process, self._facts)
        if sys.version_info < (3, 12):
            # What leads to the pid that asyncio keeps beside each running loop.
            self._facts.item = address_of(process.PyDict_GetItemString)
        self._facts.after_fork = address_of(process.PyOS_AfterFork_Child)
        self._facts.first_interpreter = address_of(process.PyInterpreterState_Head)
        self._facts.next_interpreter = address_of(process.PyInterpreterState_Next)

    def freeze(self, control: int, timeout_ms: int, own: Sequence[int]) -> int:
        """Return the copy's pid, less where there is none: then `reason` tells why.

        It is 0 in a woken copy, and in a writer: then `line` is no `None`.
        """
        self._facts.own = (ctypes.c_int * len(own))(*own)
        self._facts.own_count = len(own)
        self._facts.displays, self._facts.buses = named_displays.displays(), named_displays.buses()
        return self._object.pyrepl3_freeze(control, timeout_ms, ctypes.byref(self._facts))

    def reason(self) -> str:
        """Return why there is no copy, with a thread by the name that Python knows it by."""
        reason = self._object.pyrepl3_reason().decode(errors="replace")
        thread = ctypes.c_int.in_dll(self._object, "pyrepl3_stubborn").value
        name = python_name(thread) if thread else None
        return reason if name is None else 'thread "%s"%s' % (name, reason.rpartition('"')[2])

    def renumbered(self) -> dict[int, int]:
        """Return the new ids of the threads that the last wake brought back, by their old ones."""
        old, new = ctypes.c_int(), ctypes.c_int()
        ids: dict[int, int] = {}
        while self._object.pyrepl3_renumbered(len(ids), ctypes.byref(old), ctypes.byref(new)):
            ids[old.value] = new.value
        return ids

    def line(self) -> int | None:
        """Return a writer's line to the host; `None` in any other process."""
        line = ctypes.c_int.in_dll(self._object, "pyrepl3_line").value
        return None if line < 0 else line

    def positions(self) -> dict[int, int]:
        """Return where each file stood when the copy was made, by its descriptor."""
        number, position = ctypes.c_int(), ctypes.c_long()
        positions: dict[int, int] = {}
        index = 0
        while self._object.pyrepl3_position(index, ctypes.byref(number), ctypes.byref(position)):
            positions[number.value] = position.value
            index += 1
        return positions

    def files(self) -> list[ChangedFile]:
        """Return what became of each file that is not what it was."""
        files: list[ChangedFile] = []
        file = ChangedFile()
        while self._object.pyrepl3_file(len(files), ctypes.byref(file)):
            files.append(file)
            file = ChangedFile()
        return files

    def put_files_back(self, timeout_ms: int, left_out: dict[int, int]) -> dict[int, int]:
        """Let what is written to the files that were led aside come to stand in them.

        `left_out` says of how much, in bytes, by descriptor: it stands there
        already.  Return the errors of those that cannot be written to.
        """
        for number, size in left_out.items():
            self._object.pyrepl3_leave_out(number, ctypes.c_long(size))
        self._object.pyrepl3_put_files_back(timeout_ms, ctypes.byref(self._facts))
        failures = {number: self._object.pyrepl3_failure(number) for number in left_out}
        return {number: failure for number, failure in failures.items() if failure}

    def notes(self) -> list[str]:
        """Return what the last wake could not bring back."""
        from ..resources import lost_connections

        return lost_connections.of_object(self._object)


def obstacle() -> str:
    """Return why this process cannot be copied natively, empty where it can."""
    if "t" in getattr(sys, "abiflags", ""):
        return "free-threaded Pythons cannot be copied with their threads"
    try:
        library = os.confstr("CS_GNU_LIBC_VERSION")
    except (ValueError, OSError):
        library = None
    if not library:
        return "this system's C library is not glibc"
    if native_object.find() is None:
        return "the native part is missing"
    return watcher()


def load() -> Native:
    """Load the object; `obstacle` has said that there is one."""
    file = native_object.find()
    assert file is not None
    return Native(file)


def watcher() -> str:
    """Return a clause about what runs this process and would lose hold of a copy."""
    # An emulator answers for /proc/self by itself; it overlooks who comes by way of a folder.
    folder = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY)
    try:
        with open(os.open("maps", os.O_RDONLY, dir_fd=folder), errors="replace") as file:
            maps = file.read()
    finally:
        os.close(folder)
    for mark, name in WATCHERS.items():
        if mark in maps:
            return "%s is in use" % name
    return ""


def look_up_rseq(process: Any, facts: Facts) -> None:
    """Find where glibc keeps each thread's restartable sequence; before 2.35 it has none."""
    try:
        facts.rseq_offset = ctypes.c_long.in_dll(process, "__rseq_offset").value
        facts.rseq_size = ctypes.c_int.in_dll(process, "__rseq_size").value
    except ValueError:
        pass


def main_tid(process: Any) -> int | None:
    """Return the address at which glibc keeps the main thread's id, where it says so."""
    offset = offset_of(process, "tid")
    return None if offset is None else _thread.get_ident() + offset


def offset_of(process: Any, name: str) -> int | None:
    """Return where a number is in what glibc keeps of each thread, where it says so."""
    try:
        # Meant for debuggers: the size in bits, the number of elements, the offset in bytes.
        size, _, offset = (ctypes.c_uint32 * 3).in_dll(process, "_thread_db_pthread_" + name)
    except ValueError:
        return None
    return offset if size == 32 else None


def look_up_schedule(process: Any, facts: Facts) -> None:
    """Find where glibc notes the policy and the priority of a thread, and that it has asked for them."""
    policy, priority = offset_of(process, "schedpolicy"), offset_of(process, "schedparam_sched_priority")
    cancelling = offset_of(process, "cancelhandling")
    if policy is None or priority is None or cancelling is None:
        return
    # Where they have always been; that they are there shows in that asking sets them.
    asked = cancelling + ctypes.sizeof(ctypes.c_int)
    flags = ctypes.c_uint32.from_address(_thread.get_ident() + asked)
    before = flags.value
    if before > MOST_FLAGS:
        return
    flags.value = before & ~IS_KNOWN
    this, ignored = ctypes.c_ulong(_thread.get_ident()), ctypes.c_int()
    process.pthread_getschedparam(this, ctypes.byref(ignored), ctypes.byref(ignored))
    is_found = flags.value == before | IS_KNOWN
    flags.value = before
    if is_found:
        # On x86-64 the thread pointer leads to the begin of all that, on aarch64 to its end.
        size = ctypes.c_uint32.in_dll(process, "_thread_db_sizeof_pthread").value
        begin = 0 if os.uname().machine == "x86_64" else -size
        facts.asked, facts.policy, facts.priority = begin + asked, begin + policy, begin + priority


def look_up_thread_states(process: Any, facts: Facts) -> None:
    """Find what leads to what each thread keeps to itself."""
    process.PyThreadState_Get.restype = ctypes.c_void_p
    process.PyThreadState_GetDict.restype = ctypes.c_void_p
    process.PyInterpreterState_Main.restype = ctypes.c_void_p
    state, dictionary = process.PyThreadState_Get(), process.PyThreadState_GetDict()
    words = list((ctypes.c_void_p * THREAD_STATE_WORDS).from_address(state))
    if words.count(dictionary) != 1:
        return
    sentinel = local_sentinel()
    if sentinel is not None and words.count(id(sentinel)) == 1:
        facts.sentinel_offset = words.index(id(sentinel)) * ctypes.sizeof(ctypes.c_void_p)
    facts.interpreter = process.PyInterpreterState_Main()
    facts.first_state = address_of(process.PyInterpreterState_ThreadHead)
    facts.next_state = address_of(process.PyThreadState_Next)
    facts.keep = address_of(process.Py_IncRef)
    facts.dictionary_offset = words.index(dictionary) * ctypes.sizeof(ctypes.c_void_p)


def local_sentinel() -> object:
    """Return the object of this thread that keeps its part of each `threading.local`, from Python 3.13 on."""
    import gc

    place = _thread._local()
    place.used = True
    for referent in gc.get_referents(place):
        if type(referent) is set:
            return next(iter(referent))()
    return None


def address_of(function: Any) -> int | None:
    return ctypes.cast(function, ctypes.c_void_p).value


def python_name(tid: int) -> str | None:
    """Return the name that Python knows a kernel thread by."""
    threading = sys.modules.get("threading")
    if threading is None:
        return None
    for thread in list(threading._active.values()):
        if getattr(thread, "_native_id", None) == tid:
            return thread.name
    return None
