"""A sleeping copy: it can be woken again and again, and nobody but the host meets it."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import ASLEEP, NOT_WOKEN, PATIENCE, FrozenState, Host, Link, children, until
from scenarios.play import join, start


def freeze_and_rest(link: Link) -> None:
    """Freeze with a few threads; in the woken, say whether all of them are there."""
    event = threading.Event()
    threads = start(event.wait, 3)
    if link.freeze():
        link.say("frozen")
        link.rest()
    event.set()
    join(threads)
    link.say("whole")
    link.rest()


class FrozenStates(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def test_the_same_frozen_state_wakes_three_times(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        for _ in range(3):
            self.host.kill()
            self.host.wake(0)
            self.host.expect("whole")

    def test_a_woken_copy_lives_beside_the_frozen_process(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        first = self.host.live
        self.host.wake()
        self.host.expect("whole")
        self.assertEqual(len({first, self.host.live, *children()}), 3)

    def test_a_chain_of_generations_leaves_each_frozen_state_usable(self) -> None:
        def program(link: Link) -> None:
            for generation in range(6):
                if link.freeze():
                    link.say("frozen %d" % generation)
                    link.rest()
                link.say("woken %d" % generation)
            link.rest()

        self.host.start(program)
        for generation in range(6):
            self.host.expect("frozen %d" % generation)
            self.host.kill()
            self.host.wake()
            self.host.expect("woken %d" % generation)
        # Back to the third: it goes on from there, and freezes anew.
        self.host.kill()
        self.host.wake(2)
        self.host.expect("woken 2")
        self.host.expect("frozen 3")

    def test_a_frozen_state_ends_when_the_host_closes_its_socket(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        frozen = self.host.frozen[0]
        frozen.await_sleep()
        frozen.control.close()
        self.assertEqual(self.host.reap(frozen.pid), 0)

    def test_a_frozen_state_has_one_thread_and_reports_its_own_pid(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        kind, pid = self.host.frozen[0].receive()
        self.assertEqual(kind, ASLEEP)
        self.assertEqual(os.listdir("/proc/%d/task" % pid), [str(pid)])

    def test_a_control_that_does_not_block_is_waited_for(self) -> None:
        def program(link: Link) -> None:
            socket.setdefaulttimeout(5)
            freeze_and_rest(link)

        self.host.start(program)
        self.host.expect("frozen")
        time.sleep(0.05)
        self.host.kill()
        self.host.wake()
        self.host.expect("whole")

    def test_commands_may_come_in_pieces(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        frozen = self.host.frozen[0]
        frozen.await_sleep()
        for piece in (b"h\x01", b"\x00\x00\x00"):
            frozen.control.send(piece)
            time.sleep(0.01)
        # A place in its list, and no descriptor with it.
        frozen.control.send(bytes(4))
        self.assertEqual(frozen.receive(), (5, 0))
        self.host.kill()
        self.host.wake()
        self.host.expect("whole")

    def test_a_wake_that_the_system_refuses_costs_nothing(self) -> None:
        user = kernel.unused_user()
        frozen = self.freeze_as_somebody(user)
        limit_processes(user, frozen.pid, 0)
        frozen.control.send(b"w")
        self.assertEqual(frozen.receive()[0], NOT_WOKEN)
        # A process, but no threads: it ends with the status for that, after its patience.
        limit_processes(user, frozen.pid, 2)
        self.assertEqual(self.host.reap(frozen.wake()), 75)
        limit_processes(user, frozen.pid, 100)
        self.host.wake()
        self.host.expect("whole")

    def test_a_limit_that_is_lifted_soon_enough_loses_no_thread(self) -> None:
        user = kernel.unused_user()
        frozen = self.freeze_as_somebody(user)
        limit_processes(user, frozen.pid, 2)
        woken = self.host.wake()
        time.sleep(0.1)
        limit_processes(user, woken, 100)
        self.host.expect("whole")

    def freeze_as_somebody(self, user: int) -> FrozenState:
        """Freeze a process of a user that has no others, and kill it."""

        def program(link: Link) -> None:
            os.setgid(user)
            os.setuid(user)
            freeze_and_rest(link)

        if os.getuid() != 0:
            self.skipTest("only root can become somebody else")
        self.host.start(program)
        self.host.expect("frozen")
        self.host.frozen[0].await_sleep()
        self.host.kill()
        return self.host.frozen[0]

    def test_memory_that_runs_out_takes_the_frozen_state_first(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        live = self.host.live
        self.host.frozen[0].await_sleep()
        frozen = self.host.frozen[0].pid
        self.assertGreater(oom_score(frozen), oom_score(live))
        self.host.wake()
        self.host.expect("whole")
        self.assertEqual(oom_score(self.host.live), oom_score(live))


class Groups(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def test_each_process_leads_a_group_of_its_own(self) -> None:
        self.host.start(freeze_and_rest)
        self.host.expect("frozen")
        self.host.kill()
        self.host.wake()
        self.host.expect("whole")
        for pid in (self.host.frozen[0].pid, self.host.live):
            self.assertEqual(os.getpgid(pid), pid)

    def test_an_interrupt_of_the_live_group_reaches_no_frozen_state(self) -> None:
        def program(link: Link) -> None:
            try:
                if link.freeze():
                    link.say("frozen")
                    link.rest()
                time.sleep(0.05)
                link.say("whole")
            except KeyboardInterrupt:
                link.say("interrupted")
            link.rest()

        self.host.start(program)
        self.host.expect("frozen")
        self.host.frozen[0].await_sleep()
        os.killpg(self.host.live, signal.SIGINT)
        self.host.expect("interrupted")
        self.host.kill()
        # One that was meant for the frozen state is not the woken one's either.
        os.kill(self.host.frozen[0].pid, signal.SIGINT)
        self.host.wake()
        self.host.expect("whole")

    def test_the_users_waits_and_handlers_meet_no_copy(self) -> None:
        def program(link: Link) -> None:
            calls: list[int] = []
            signal.signal(signal.SIGCHLD, lambda *_: calls.append(1))
            if not link.freeze():
                link.rest()
            link.say("frozen")
            for wait in (os.wait, lambda: os.waitpid(-1, 0), lambda: os.waitpid(link.newest, 0)):
                try:
                    link.say("waited for %s" % (wait(),))
                except ChildProcessError:
                    pass
            os.kill(link.newest, signal.SIGKILL)
            until(lambda: state_of(link.newest) in "ZX", "the end of the frozen state")
            link.say("calls %s" % calls)
            child = subprocess.Popen(["true"])
            link.say("child %s" % child.wait())
            until(lambda: calls, "the handler")
            link.rest()

        self.host.start(program)
        for text in ("frozen", "calls []", "child 0"):
            self.host.expect(text)


class Listeners(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def test_an_address_that_is_taken_is_told(self) -> None:
        def program(link: Link) -> None:
            servers = [listen("127.0.0.1"), listen("::1")] if socket.has_ipv6 else [listen("127.0.0.1")]
            link.say(" ".join(str(server.getsockname()[1]) for server in servers))
            link.say("frozen" if link.freeze() else "\n".join(sorted(link.freezer.notes)))
            link.rest()

        self.host.start(program)
        ports = self.host.hear().split()
        self.host.expect("frozen")
        self.host.wake()
        texts = ["%s:%s" % each for each in zip(("127.0.0.1", "[::1]"), ports)]
        self.host.expect(
            "\n".join("the listening socket %s could not be opened again" % text for text in texts)
        )

    def test_options_come_back(self) -> None:
        def program(link: Link) -> None:
            server = listen("::1")
            server.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if link.freeze():
                link.say(str(options(server)))
                link.rest()
            link.say(str(options(server)))
            link.rest()

        def options(server: socket.socket) -> list[object]:
            numbers = [
                server.getsockopt(level, name)
                for level, name in (
                    (socket.SOL_SOCKET, socket.SO_REUSEADDR),
                    (socket.SOL_SOCKET, socket.SO_REUSEPORT),
                    (socket.SOL_SOCKET, socket.SO_KEEPALIVE),
                    (socket.SOL_SOCKET, socket.SO_ACCEPTCONN),
                    (socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
                )
            ]
            return [*numbers, server.getsockname(), os.get_blocking(server.fileno())]

        try:
            listen("::1").close()
        except OSError:
            self.skipTest("there is no IPv6 here")
        self.host.start(program)
        before = self.host.hear()
        self.host.kill()
        self.host.wake()
        self.host.expect(before)


def listen(address: str) -> socket.socket:
    server = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    if ":" in address:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.setblocking(False)
    server.bind((address, 0))
    server.listen()
    return server


def limit_processes(user: int, pid: int, count: int) -> None:
    """Let a process of this user have so many processes; root in a container may not say that for others."""
    child = os.fork()
    if child == 0:
        try:
            os.setgid(user)
            os.setuid(user)
            _, hard = resource.prlimit(pid, resource.RLIMIT_NPROC)
            resource.prlimit(pid, resource.RLIMIT_NPROC, (count, hard))
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def oom_score(pid: int) -> int:
    with open("/proc/%d/oom_score_adj" % pid) as file:
        return int(file.read())


def state_of(pid: int) -> str:
    """Return the letter that `ps` shows, `X` for a process that is gone."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "X"


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
