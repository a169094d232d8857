"""Copies made by plain fork, where there is no native object: the same protocol, with nothing at risk."""

from __future__ import annotations

import faulthandler
import os
import signal
import socket
import sys
import threading
import types
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE, Host, Link, until
from pyrepl3 import native
from scenarios.hazards import MainThreadsId, MainThreadsIdElsewhere
from scenarios.memory import Memory
from scenarios.play import play, start
from scenarios.signals import DueIntervalTimer, DueTimer, Handlers, IntervalTimer

native.PLACES = ("nowhere",)

MACHINE = os.uname().machine


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

    def test_the_same_sleeper_wakes_three_times_and_ends_with_its_socket(self) -> None:
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
        sleeper = self.host.sleepers[0]
        sleeper.control.close()
        self.assertEqual(self.host.reap(sleeper.pid), 0)

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
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                os.read(reader, 1)
                os._exit(0)

            def end_child() -> None:
                os.write(writer, b"x")
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

    def test_a_peer_sees_the_end_when_the_sleeper_is_told_to_let_go(self) -> None:
        peer, users = socket.socketpair()
        self.addCleanup(peer.close)

        def program(link: Link) -> None:
            peer.close()
            number, inode = users.fileno(), os.fstat(users.fileno()).st_ino
            if link.freeze():
                users.close()
                link.say("%d %d" % (number, inode))
            link.rest()

        self.host.start(program)
        users.close()
        number, inode = self.host.hear().split()
        self.host.sleepers[0].await_sleep()
        self.host.sleepers[0].let_go(int(number), int(inode))
        peer.settimeout(5)
        self.assertEqual(peer.recv(1), b"")

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
            link.say(link.attempt())
            link.rest()

        self.host.start(program)
        why = "there is no native object for %s, and " % MACHINE
        self.host.expect(why + "polars does not survive a plain fork")
        self.host.expect(why + "threads do not survive a plain fork")
        self.host.expect("frozen")


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
