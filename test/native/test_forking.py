"""Copies made by plain fork, where there is no native object: the same protocol, with nothing at risk."""

from __future__ import annotations

import ctypes
import faulthandler
import fcntl
import mmap
import os
import re
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import types
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE, Host, Link, until
from pyrepl3.snapshot import native_object
from pyrepl3.snapshot.freezer import Refusal
from scenarios.hazards import MainThreadsId, MainThreadsIdElsewhere
from scenarios.memory import Memory
from scenarios.play import play, start
from scenarios.signals import DueIntervalTimer, DueTimer, Handlers, IntervalTimer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    Close = Callable[[], object]

kernel.C.mmap.restype = ctypes.c_void_p
kernel.C.mmap.argtypes = [ctypes.c_void_p, *[ctypes.c_long] * 5]
native_object.PLACES = ("nowhere",)

WHY = "the native part is missing, and "


class QuietHandlers(Handlers):
    """Without its thread."""

    def open(self) -> None:
        self.calls: list[int] = []
        signal.signal(signal.SIGUSR2, lambda *_: self.calls.append(1))


class Forking(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def test_memory_and_the_random_state_are_exact(self) -> None:
        play(Memory(), 4)

    def test_timers_and_handlers_go_on(self) -> None:
        play(IntervalTimer())
        play(DueTimer())
        play(DueIntervalTimer())
        play(QuietHandlers())

    def test_the_main_threads_id(self) -> None:
        play(MainThreadsId())
        if kernel.tells_where_ids_are():
            play(MainThreadsIdElsewhere())

    def test_the_same_frozen_state_wakes_three_times_and_ends_with_its_socket(self) -> None:
        def program(link: Link) -> None:
            socket.setdefaulttimeout(5)
            link.say("frozen" if link.freeze() else "woken %s" % link.freezer.renumbered[link.newest])
            link.rest()

        def remember(link: Link) -> None:
            link.newest = os.getpid()
            program(link)

        self.host.start(remember)
        self.host.expect("frozen")
        for _ in range(3):
            self.host.kill()
            self.host.wake(0)
            self.host.expect("woken %d" % self.host.live)
            self.assertEqual(os.getpgid(self.host.live), self.host.live)
        frozen = self.host.frozen[0]
        frozen.control.close()
        self.assertEqual(self.host.reap(frozen.pid), 0)

    def test_the_users_waits_and_handlers_meet_no_copy(self) -> None:
        def program(link: Link) -> None:
            calls: list[int] = []
            signal.signal(signal.SIGCHLD, lambda *_: calls.append(1))
            if not link.freeze():
                link.rest()
            try:
                os.wait()
                link.say("waited")
            except ChildProcessError:
                link.say("calls %s" % calls)
            link.rest()

        self.host.start(program)
        self.host.expect("calls []")

    def test_a_child_that_ended_meanwhile_is_heard_of(self) -> None:
        def program(link: Link) -> None:
            calls: list[int] = []
            signal.signal(signal.SIGCHLD, lambda *_: calls.append(1))
            child = os.fork()
            if child == 0:
                link.rest()

            def end_child() -> None:
                os.kill(child, signal.SIGKILL)
                os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

            os.register_at_fork(before=end_child)
            if link.freeze():
                until(lambda: calls, "the handler")
                link.say("heard of %s" % (os.wait()[0] == child))
            link.rest()

        self.host.start(program)
        self.host.expect("heard of True")

    def test_hooks_can_tell_a_freeze_from_a_fork_of_the_users(self) -> None:
        def program(link: Link) -> None:
            seen: list[bool] = []
            os.register_at_fork(after_in_child=lambda: seen.append(link.freezer.is_freezing))
            if link.freeze():
                link.rest()
            link.say("%s %s" % (seen, link.freezer.is_freezing))
            link.rest()

        self.host.start(program)
        self.host.wait_for_control()
        self.host.wake()
        self.host.expect("[True] False")

    def test_a_copy_answers_what_only_native_ones_have_to_tell(self) -> None:
        def program(link: Link) -> None:
            link.say("frozen" if link.freeze() else "woken")
            link.rest()

        self.host.start(program)
        self.host.expect("frozen")
        self.host.frozen[0].await_sleep()
        self.host.frozen[0].control.send(b"ql")
        self.assertEqual([self.host.frozen[0].receive() for _ in range(2)], [(4, 0), (6, 0)])
        self.host.wake()
        self.host.expect("woken")

    def test_threads_and_fragile_libraries_are_refused(self) -> None:
        def program(link: Link) -> None:
            sys.modules["polars"] = types.ModuleType("polars")
            link.say(link.attempt())
            del sys.modules["polars"]
            go = threading.Event()
            threads = start(go.wait)
            link.say(link.attempt())
            go.set()
            threads[0].join()
            # Up to Python 3.8 an ending thread opens a library, after `join` has returned.
            until(lambda: len(os.listdir("/proc/self/task")) == 1)
            link.say(link.attempt())
            link.rest()

        self.host.start(program)
        self.host.expect(WHY + "polars does not survive a plain fork")
        self.host.expect(WHY + "threads do not survive a plain fork")
        self.host.expect("frozen")

    def test_what_is_open_is_refused_by_name_until_it_is_closed(self) -> None:
        def program(link: Link) -> None:
            os.chdir(folder)
            for open_it in OPENED.values():
                close = open_it()
                link.say(link.attempt())
                close()
                link.say(link.attempt())
            link.rest()

        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        self.host.start(program)
        for name in OPENED:
            with self.subTest(name):
                self.assertEqual(without_number(self.host.hear()), WHY + "a copy would keep " + name)
                self.host.expect("frozen")

    def test_a_standard_descriptor_that_leads_elsewhere_is_refused(self) -> None:
        def program(link: Link) -> None:
            link.own.remove(1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            link.say(link.attempt())
            os.dup2(os.pipe()[1], 1)
            link.say(link.attempt())
            link.rest()

        self.host.start(program)
        self.host.expect("frozen")
        self.assertEqual(without_number(self.host.hear()), WHY + "a copy would keep a pipe open")

    def test_a_frozen_state_has_no_descriptor_but_its_control_and_those_it_may_share(self) -> None:
        def program(link: Link) -> None:
            link.say(" ".join([link.attempt(), *map(str, link.own)]))
            link.rest()

        self.host.start(program)
        said, *own = self.host.hear().split()
        self.assertEqual(said, "frozen")
        frozen = self.host.frozen[0]
        frozen.await_sleep()
        numbers = set(os.listdir("/proc/%d/fd" % frozen.pid))
        self.assertEqual((numbers & set(own), len(numbers - set(own))), (set(own), 1))

    def test_a_running_child_is_no_reason(self) -> None:
        def program(link: Link) -> None:
            child = os.fork()
            if child == 0:
                link.rest()
            link.say(link.attempt())
            os.kill(child, signal.SIGKILL)
            link.rest()

        self.host.start(program)
        self.host.expect("frozen")

    def test_a_process_that_cannot_be_looked_at_is_refused(self) -> None:
        def program(link: Link) -> None:
            control = os.dup(0)
            resource.setrlimit(resource.RLIMIT_NOFILE, (control + 1, 64))
            try:
                link.freezer.freeze(control, 0, link.own)
            except Refusal as refusal:
                link.say(str(refusal))
            link.rest()

        self.host.start(program)
        self.host.expect("this process cannot be examined (Too many open files)")


def numbers(*opened: int) -> Close:
    return lambda: [os.close(each) for each in opened]


def socket_pair() -> Close:
    return numbers(*(end.detach() for end in socket.socketpair()))


def locked() -> Close:
    opened = os.open("locked.txt", os.O_RDONLY | os.O_CREAT)
    fcntl.flock(opened, fcntl.LOCK_EX)
    return numbers(opened)


def mapped(name: str, protection: int, flags: int) -> Close:
    """Map a file that is open no more; Python's own `mmap` keeps a descriptor beside it."""
    with open(name, "w+b") as file:
        file.write(b"x")
        file.flush()
        address = kernel.C.mmap(None, 1, protection, flags, file.fileno(), 0)
    return lambda: kernel.C.munmap(ctypes.c_void_p(address), 1)


OPENED: dict[str, Callable[[], Close]] = {
    "a pipe open": lambda: numbers(*os.pipe()),
    "a socket open": socket_pair,
    "an epoll set open": lambda: select.epoll().close,
    "an eventfd open": lambda: numbers(kernel.C.eventfd(0, 0)),
    "a timer open": lambda: numbers(kernel.C.timerfd_create(1, 0)),
    "a watch on files (inotify) open": lambda: numbers(kernel.C.inotify_init()),
    "/memfd:it (deleted) open": lambda: numbers(kernel.C.memfd_create(b"it", 0)),
    "/dev/ptmx open": lambda: numbers(os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)),
    "written.txt open": lambda: numbers(os.open("written.txt", os.O_RDWR | os.O_CREAT)),
    "locked.txt open": locked,
    "/etc/passwd open": lambda: numbers(os.open("/etc/passwd", os.O_RDONLY)),
    "/etc open": lambda: numbers(os.open("/etc", os.O_RDONLY)),
    "written.bin mapped": lambda: mapped("written.bin", mmap.PROT_WRITE, mmap.MAP_SHARED),
    "read.bin mapped": lambda: mapped("read.bin", mmap.PROT_READ, mmap.MAP_SHARED),
    "copied.bin mapped": lambda: mapped("copied.bin", mmap.PROT_WRITE, mmap.MAP_PRIVATE),
    "memory shared": lambda: mmap.mmap(-1, 4096).close,
}
"""What opens each kind and returns what closes it, by what a refusal says that a copy would keep."""


def without_number(text: str) -> str:
    return re.sub(r" \(descriptor \d+\)$", "", text)


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
