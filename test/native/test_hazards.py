"""What went wrong once, or nearly: each with threads, descriptors or users that are easily lost."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE, Host, Link, until
from pyrepl3.snapshot import native
from scenarios import SCENARIOS
from scenarios.hazards import (
    GroupStorm,
    MainThreadsId,
    MainThreadsIdElsewhere,
    PendingSignals,
    Priorities,
    RobustLists,
    Schedules,
    ShortThreads,
)
from scenarios.play import Scenario, play, start

GENERATIONS = int(os.environ.get("NATIVE_TEST_GENERATIONS", "25"))
PARK_SIGNAL = 33
LIBRARIES = ("asyncio", "concurrent.futures.thread", "encodings.idna")
"""What nobody may not be able to read, where Python is root's own."""

for library in LIBRARIES:
    importlib.import_module(library)


class Hazards(unittest.TestCase):
    def test_a_freeze_right_after_a_wake_under_load(self) -> None:
        burners = [burn() for _ in range(2)]
        try:
            play(ShortThreads(), GENERATIONS)
        finally:
            for burner in burners:
                with contextlib.suppress(ProcessLookupError, ChildProcessError):
                    os.kill(burner, signal.SIGKILL)
                    os.waitpid(burner, 0)

    def test_a_signal_that_a_thread_has_not_taken(self) -> None:
        play(PendingSignals())

    def test_the_main_threads_id(self) -> None:
        play(MainThreadsId())

    @unittest.skipUnless(kernel.tells_where_ids_are(), "this C library does not tell where")
    def test_the_main_threads_id_elsewhere(self) -> None:
        play(MainThreadsIdElsewhere())

    @unittest.skipUnless(kernel.tells_where_ids_are(), "this C library does not tell where")
    def test_what_the_c_library_knows_of_a_threads_priority(self) -> None:
        play(Schedules())

    @unittest.skipUnless(kernel.tells_where_ids_are(), "this C library does not tell where")
    def test_where_that_is_does_not_depend_on_who_asked_before(self) -> None:
        found = []
        for _ in range(2):
            facts = native.Facts()
            native.look_up_schedule(ctypes.PyDLL(None), facts)
            found.append((facts.asked, facts.policy, facts.priority))
            place = ctypes.byref(ctypes.c_int())
            kernel.C.pthread_getschedparam(ctypes.c_ulong(threading.get_ident()), place, place)
        self.assertEqual(found[0], found[1])
        self.assertNotEqual(found[0][0], 0)

    def test_the_threads_own_priorities(self) -> None:
        play(Priorities())

    def test_what_the_death_of_a_thread_gives_back(self) -> None:
        play(RobustLists())

    def test_the_park_signal_after_a_freeze_without_threads(self) -> None:
        # In a new program: this one has had threads, and with them glibc's own handler.
        said = subprocess.run(
            [sys.executable, "-c", WITHOUT_THREADS], stdout=subprocess.PIPE, timeout=20
        ).stdout
        self.assertEqual(said, b"alive\n")

    @unittest.skipIf(os.getuid() != 0, "only root may change the group")
    def test_a_change_of_group_under_way(self) -> None:
        play(GroupStorm(), 8)

    @unittest.skipIf(os.getuid() != 0, "only root can become somebody else")
    def test_a_pipe_that_the_user_may_not_open(self) -> None:
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)

        def program(link: Link) -> None:
            os.close(reader)
            kernel.become_nobody()
            if link.freeze():
                link.say("frozen")
                link.rest()
            os.write(writer, b"hello")
            link.rest()

        with Host() as host:
            host.start(program)
            os.close(writer)
            host.expect("frozen")
            host.frozen[0].await_sleep()
            host.kill()
            host.wake()
            self.assertEqual(os.read(reader, 10), b"hello")

    def test_a_pipe_ends_while_a_copy_sleeps(self) -> None:
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)

        def program(link: Link) -> None:
            os.close(reader)
            if link.freeze():
                link.say("frozen")
                link.rest()
            os.write(writer, b"hello")
            link.rest()

        with Host() as host:
            host.start(program)
            os.close(writer)
            host.expect("frozen")
            host.frozen[0].await_sleep()
            host.kill()
            self.assertEqual(os.read(reader, 10), b"")
            host.wake()
            os.set_blocking(reader, False)
            until(lambda: available(reader) == b"hello", "what the woken one writes")


class Users(unittest.TestCase):
    """As an ordinary user, and in a container that forbids much."""

    NAMES = (
        "IdlePool",
        "Loop",
        "ClosedLoop",
        "Pipes",
        "SocketPairs",
        "Polls",
        "Server",
        "Subprocesses",
        "Mutexes",
    )

    def test_nobody(self) -> None:
        for name in self.NAMES:
            with self.subTest(scenario=name):
                play(after(kernel.become_nobody, SCENARIOS[name]()))

    def test_a_container(self) -> None:
        refusals = {"clone3": 38, "kcmp": 1, "sched_setaffinity": 1}
        for name in self.NAMES:
            with self.subTest(scenario=name):
                play(after(lambda: (kernel.become_nobody(), kernel.forbid(refusals)), SCENARIOS[name]()))

    def test_what_cannot_be_restored_is_refused(self) -> None:
        for name in ("rseq", "set_robust_list"):
            with self.subTest(call=name), Host() as host:
                host.start(lambda link, name=name: forbid_and_freeze(link, name))
                self.assertIn(
                    host.hear(),
                    ("has state that the system does not let be restored", "glibc has none"),
                )


WITHOUT_THREADS = """
import os, socket, sys
sys.path[:0] = %r
from pyrepl3.snapshot.freezer import Freezer
near, far = socket.socketpair()
if Freezer().freeze(far.fileno()):
    os.kill(os.getpid(), %d)
    print("alive")
""" % (sys.path, PARK_SIGNAL)


def burn() -> int:
    """Start a process that keeps a processor busy."""
    pid = os.fork()
    if pid == 0:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            pass
        os._exit(0)
    return pid


def after(prepare, scenario: Scenario) -> Scenario:
    original = scenario.open

    def open() -> None:
        prepare()
        original()

    scenario.open = open
    return scenario


def forbid_and_freeze(link: Link, name: str) -> None:
    start(threading.Event().wait)
    kernel.forbid({name: 1})
    try:
        link.freeze()
        link.say("glibc has none" if name == "rseq" and not hasattr(kernel.C, "__rseq_size") else "frozen")
    except Exception as refusal:
        link.say(str(refusal).rpartition('" ')[2])
    link.rest()


def available(reader: int) -> bytes:
    try:
        return os.read(reader, 100)
    except BlockingIOError:
        return b""


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
