"""System calls that Python has no function for, made through ctypes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import socket
import struct

C = ctypes.CDLL(None, use_errno=True)
C.syscall.restype = ctypes.c_long

NUMBERS = {
    "x86_64": {
        "rt_sigprocmask": 14,
        "rt_tgsigqueueinfo": 297,
        "rseq": 334,
        "set_robust_list": 273,
        "get_robust_list": 274,
        "kcmp": 312,
        "sched_setaffinity": 203,
        "seccomp": 317,
        "prctl": 157,
        "set_tid_address": 218,
    },
    "aarch64": {
        "rt_sigprocmask": 135,
        "rt_tgsigqueueinfo": 240,
        "rseq": 293,
        "set_robust_list": 99,
        "get_robust_list": 100,
        "kcmp": 272,
        "sched_setaffinity": 122,
        "seccomp": 277,
        "prctl": 167,
        "set_tid_address": 96,
    },
}[os.uname().machine]
RSEQ_SIGNATURE = {"x86_64": 0x53053053, "aarch64": 0xD428BC00}[os.uname().machine]
NUMBERS["io_uring_setup"], NUMBERS["clone3"] = 425, 435

PR_SET_NO_NEW_PRIVS, SECCOMP_SET_MODE_FILTER, SECCOMP_FOR_ALL_THREADS = 38, 1, 1
AF_NETLINK, NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST = 16, 4, 20, 1
CLONE_NEWNS, CLONE_NEWPID, MS_REC, MS_PRIVATE = 0x20000, 0x20000000, 0x4000, 0x40000
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06


def call(name: str, *arguments: object) -> int:
    """Make a system call; return its result, and -1 where it fails."""
    return C.syscall(ctypes.c_long(NUMBERS[name]), *arguments)


def mask_everything() -> None:
    """Block every signal of this thread, also those that a library does not let be blocked."""
    every = ctypes.c_ulong(2**64 - 1)
    assert call("rt_sigprocmask", 2, ctypes.byref(every), None, ctypes.c_size_t(8)) == 0


def robust_list() -> int | None:
    """Return the address of the list of mutexes that the kernel gives back when this thread dies."""
    head, size = ctypes.c_void_p(), ctypes.c_size_t()
    assert call("get_robust_list", ctypes.c_long(0), ctypes.byref(head), ctypes.byref(size)) == 0
    return head.value


def forbid(refusals: dict[str, int]) -> None:
    """Let system calls fail with these error numbers from now on, in all threads, as containers do."""
    program = [(LOAD, 0, 0, 0)]
    for name, error in refusals.items():
        program += [(JUMP_IF_EQUAL, 0, 1, NUMBERS[name]), (RETURN, 0, 0, ERRNO | error)]
    program.append((RETURN, 0, 0, ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    assert C.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    flags = ctypes.c_long(SECCOMP_FOR_ALL_THREADS)
    assert call("seccomp", ctypes.c_long(SECCOMP_SET_MODE_FILTER), flags, header) == 0


def tells_peers() -> bool:
    """Return whether the kernel tells which sockets are a pair; it may lack `unix_diag`."""
    near, far = socket.socketpair()
    inode = os.fstat(near.fileno()).st_ino
    unknown = 0xFFFFFFFF
    question = struct.pack("=IHHII", 40, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 0, 0)
    question += struct.pack("=BBHIIIII", socket.AF_UNIX, 0, 0, unknown, inode, 4, unknown, unknown)
    try:
        with near, far, socket.socket(AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as diagnosis:
            diagnosis.send(question)
            return struct.unpack_from("=IH", diagnosis.recv(1024))[1] == SOCK_DIAG_BY_FAMILY
    except OSError:
        return False


def tells_semaphores() -> bool:
    """Return whether the kernel tells which eventfds are semaphores, as it does from Linux 6.5 on."""
    number = C.eventfd(0, 0)
    with open("/proc/self/fdinfo/%d" % number) as file:
        details = file.read()
    os.close(number)
    return "eventfd-semaphore" in details


def tells_where_ids_are() -> bool:
    """Return whether glibc tells where it keeps what it knows of a thread, as it does from 2.34 on."""
    return hasattr(C, "_thread_db_pthread_tid")


def unused_user() -> int:
    """Return a user who has no process: a limit of how many there may be counts those of other tests, too."""
    used = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(FileNotFoundError):
            used.add(os.stat("/proc/" + name).st_uid)
    return random.choice([user for user in range(20_000, 60_000) if user not in used])


def become_nobody() -> None:
    """Give up root, where the test has it."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def has_namespace_of_its_own(flag: int) -> bool:
    """Give this process, or its next children, a namespace; return whether the system lets it."""
    return C.unshare(flag) == 0


def mount_memory_over(folder: str) -> None:
    """Let the folder be an empty one, for this process and its children alone."""
    assert has_namespace_of_its_own(CLONE_NEWNS)
    assert C.mount(b"none", b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None) == 0
    assert C.mount(b"none", folder.encode(), b"tmpfs", ctypes.c_ulong(0), None) == 0
