"""Sockets of a session that sleeps, goes back and dies, as their peers in other processes see it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import faulthandler
import os
import resource
import select
import shutil
import socket
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hosts import PATIENCE, Host, Link, until

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterator

WAYS = ("tcp", "tcp6", "unix", "pair")


class Case(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(lambda: self.host.__exit__())
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    @contextlib.contextmanager
    def row(self, **names: object) -> Iterator[None]:
        """Have one row of a table tried with a host of its own."""
        with self.subTest(**names):
            self.host.__exit__()
            self.host = Host()
            yield

    def begin(self, program: Callable[[Link], None], *ours: socket.socket) -> None:
        """Start a live process that has none of our sockets."""

        def run(link: Link) -> None:
            for each in ours:
                each.close()
            program(link)
            link.rest()

        self.host.start(run)

    def conversation(self, way: str) -> tuple[socket.socket, socket.socket]:
        """Return our end and the live process's, which the caller closes once there is one."""
        if way == "pair":
            ours, theirs = socket.socketpair()
        else:
            server = self.listen(way)
            theirs = socket.socket(server.family)
            theirs.connect(server.getsockname())
            ours, _ = server.accept()
            server.close()
        self.addCleanup(ours.close)
        self.addCleanup(theirs.close)
        ours.settimeout(PATIENCE)
        return ours, theirs

    def listen(self, way: str) -> socket.socket:
        if way == "unix":
            server = socket.socket(socket.AF_UNIX)
            server.bind(os.path.join(tempfile.mkdtemp(dir=self.folder), "server"))
        else:
            server = socket.socket(socket.AF_INET6 if way == "tcp6" else socket.AF_INET)
            try:
                server.bind(("::1" if way == "tcp6" else "127.0.0.1", 0))
            except OSError:
                self.skipTest("there is no IPv6 here")
        server.listen(2000)
        self.addCleanup(server.close)
        return server


class Asleep(Case):
    def test_a_frozen_state_has_no_socket_but_its_control(self) -> None:
        def program(link: Link) -> None:
            held: list[object] = [socket.socketpair(), socket.create_connection(address)]
            held += [socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_UNIX)]
            held += [socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0), os.open("/dev/ptmx", os.O_RDWR)]
            link.freeze()
            link.say("frozen")

        server = self.listen("tcp")
        address = server.getsockname()
        self.begin(program, server)
        self.host.expect("frozen")
        frozen = self.host.frozen[0]
        frozen.await_sleep()
        # The control, the line of the tests, and what these were started with.
        standard = {os.readlink("/proc/self/fd/%d" % number) for number in range(3)}
        sockets = {link for link in links(frozen.pid) if link.startswith("socket:")} - standard
        self.assertEqual(len(sockets), 2)
        self.assertEqual([link for link in links(frozen.pid) if "ptmx" in link], [])

    def test_what_the_live_process_closes_is_closed_however_many_sleep(self) -> None:
        for way in WAYS:
            with self.row(way=way):
                ours, theirs = self.conversation(way)

                def program(link: Link, theirs: socket.socket = theirs) -> None:
                    for _ in range(3):
                        link.freeze()
                    link.say("frozen")
                    theirs.close()

                self.begin(program, ours)
                theirs.close()
                self.host.expect("frozen")
                self.assertEqual(ours.recv(1), b"")

    def test_a_port_and_an_address_are_free_again(self) -> None:
        def program(link: Link) -> None:
            packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            packets.bind(("127.0.0.1", 0))
            server = socket.socket(socket.AF_UNIX)
            server.bind("\0pyrepl3-test-%d" % os.getpid())
            server.listen()
            link.freeze()
            packets_address, address = packets.getsockname(), server.getsockname()
            packets.close()
            server.close()
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(packets_address)
            socket.socket(socket.AF_UNIX).bind(address)
            link.say("free")

        self.begin(program)
        self.host.expect("free")


class GoingBack(Case):
    """The host ends a live process, and a state from before takes its place."""

    def play(self, way: str, live: Callable[[socket.socket], object]) -> socket.socket:
        """Let a conversation be undone after the live process has done this; return our end of it."""
        ours, theirs = self.conversation(way)

        def program(link: Link) -> None:
            theirs.sendall(b"before")
            theirs.recv(6)
            if link.freeze():
                live(theirs)
                link.say("lived")
                link.rest()
            link.say("; ".join(link.freezer.notes))
            link.say(outcome(lambda: theirs.sendall(b"hello")))
            link.say(outcome(lambda: theirs.recv(10).decode()))

        self.begin(program, ours)
        theirs.close()
        self.assertEqual(ours.recv(10), b"before")
        ours.sendall(b"answer")
        self.host.expect("lived")
        self.host.undo()
        return ours

    def test_a_conversation_goes_on_where_nothing_has_been_said(self) -> None:
        for way in WAYS:
            with self.row(way=way):
                ours = self.play(way, lambda end: None)
                self.host.expect("")
                self.assertEqual(ours.recv(10), b"hello")
                ours.sendall(b"still")
                self.host.expect("None")
                self.host.expect("still")

    def test_it_is_dead_where_the_live_process_has_written(self) -> None:
        for way in ("tcp", "tcp6"):
            with self.row(way=way):
                ours = self.play(way, lambda end: end.sendall(b"of the dead"))
                self.assertIn("has gone on without this state, and is closed", self.host.hear())
                self.host.expect("ConnectionResetError")
                self.host.expect("")
                self.assertEqual(ours.recv(20), b"of the dead")
                self.assert_over(ours)

    def test_it_is_dead_where_the_live_process_has_read(self) -> None:
        for way in WAYS:
            with self.row(way=way):
                ours, theirs = self.conversation(way)

                def program(link: Link, theirs: socket.socket = theirs) -> None:
                    link.say("begins")
                    assert theirs.recv(1, socket.MSG_PEEK)
                    if link.freeze():
                        theirs.recv(2)
                        link.say("lived")
                        link.rest()
                    link.say(outcome(lambda: theirs.recv(10).decode()))

                self.begin(program, ours)
                theirs.close()
                self.host.expect("begins")
                ours.sendall(b"unread")
                self.host.expect("lived")
                self.host.undo()
                self.host.expect("ConnectionResetError")
                self.assert_over(ours)

    def test_what_has_come_meanwhile_is_read(self) -> None:
        for way in WAYS:
            with self.row(way=way):
                ours, theirs = self.conversation(way)

                def program(link: Link, theirs: socket.socket = theirs) -> None:
                    if link.freeze():
                        link.say("frozen")
                        theirs.recv(1, socket.MSG_PEEK)
                        link.say("has come")
                        link.rest()
                    link.say(theirs.recv(10).decode())
                    link.say(repr(theirs.recv(10)))

                self.begin(program, ours)
                theirs.close()
                self.host.expect("frozen")
                ours.sendall(b"news")
                self.host.expect("has come")
                ours.close()
                self.host.undo()
                self.host.expect("news")
                self.host.expect("b''")

    def test_it_is_dead_where_the_live_process_has_closed_or_ended_it(self) -> None:
        for way in WAYS:
            for end in (lambda end: end.close(), lambda end: end.shutdown(socket.SHUT_WR)):
                with self.row(way=way):
                    ours = self.play(way, end)
                    self.host.hear()
                    self.assertIn(self.host.hear(), ("ConnectionResetError", "BrokenPipeError"))
                    self.assert_over(ours)

    def test_a_connection_that_is_still_being_made_goes_on(self) -> None:
        def program(link: Link) -> None:
            end = socket.socket()
            end.setblocking(False)
            end.connect_ex(address)
            if link.freeze():
                link.say("frozen")
                link.rest()
            select.select([], [end], [], PATIENCE)
            link.say(outcome(lambda: end.send(b"x")))

        server = self.listen("tcp")
        address = server.getsockname()
        self.begin(program, server)
        self.host.expect("frozen")
        self.host.undo()
        self.host.expect("1")

    def test_flags_and_duplicates_come_back(self) -> None:
        ours, theirs = self.conversation("tcp")

        def program(link: Link) -> None:
            twin = theirs.dup()
            os.set_inheritable(twin.fileno(), True)
            theirs.setblocking(False)
            if link.freeze():
                os.set_blocking(theirs.fileno(), True)
                twin.close()
                link.say("frozen")
                link.rest()
            link.say("%s %s" % (os.get_blocking(theirs.fileno()), os.get_blocking(twin.fileno())))
            link.say("%s %s" % (os.get_inheritable(theirs.fileno()), os.get_inheritable(twin.fileno())))
            os.set_blocking(twin.fileno(), True)
            link.say("%s" % os.get_blocking(theirs.fileno()))
            twin.sendall(b"twin")

        self.begin(program, ours)
        theirs.close()
        self.host.expect("frozen")
        self.host.undo()
        for text in ("False False", "False True", "True"):
            self.host.expect(text)
        self.assertEqual(ours.recv(10), b"twin")

    def test_packets_go_on(self) -> None:
        ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(ours.close)
        ours.bind(("127.0.0.1", 0))
        ours.settimeout(PATIENCE)
        address = ours.getsockname()

        def program(link: Link) -> None:
            end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            end.connect(address)
            routes = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
            routes.bind((0, 0))
            name = end.getsockname(), routes.getsockname()
            for _ in range(2):
                if link.freeze():
                    end.sendall(b"live")
                    link.say("frozen")
                    link.rest()
                assert (end.getsockname(), routes.getsockname()) == name and not link.freezer.notes
                end.sendall(b"woken")

        self.begin(program, ours)
        self.host.expect("frozen")
        self.host.undo()
        self.host.expect("frozen")
        self.host.kill()
        self.host.wake()
        self.assertEqual([ours.recv(10) for _ in range(4)], [b"live", b"woken", b"live", b"woken"])

    def test_the_state_beyond_goes_on_where_both_have_kept_still(self) -> None:
        ours, theirs = self.conversation("tcp")

        def program(link: Link) -> None:
            woken = False
            for number in range(2):
                woken = not link.freeze()
                link.say("%s %d" % ("woken" if woken else "frozen", number))
            theirs.sendall(b"at last" if woken else b"")

        self.begin(program, ours)
        theirs.close()
        for text in ("frozen 0", "frozen 1"):
            self.host.expect(text)
        self.host.undo(0)
        self.host.expect("woken 0")
        self.host.expect("frozen 1")
        # Redo, to what was frozen before the undo.
        self.host.undo(1)
        self.host.expect("woken 1")
        self.assertEqual(ours.recv(10), b"at last")

    def test_a_process_of_somebody_else_is_not_trusted_to_have_kept_still(self) -> None:
        def program(link: Link) -> None:
            end = socket.socket(socket.AF_UNIX)
            end.connect(path)
            end.sendall(b"x")
            end.recv(1)
            if link.freeze():
                link.say("frozen")
                link.rest()
            link.say(link.freezer.notes[0])
            link.say(outcome(lambda: end.recv(1)))

        server = self.listen("unix")
        path = server.getsockname()
        ready, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.setsid()
            # Who listens is who the kernel tells of.
            server.listen()
            os.write(tell, b"x")
            client, _ = server.accept()
            while client.recv(1):
                client.sendall(b"y")
            os._exit(0)
        os.read(ready, 1)
        os.close(ready)
        os.close(tell)
        self.begin(program, server)
        server.close()
        self.host.expect("frozen")
        self.host.undo()
        self.host.expect("the connection to %s may have gone on without this state, and is closed" % path)
        self.host.expect("ConnectionResetError")
        # It has seen the end.
        self.assertEqual(self.host.reap(child), 0)

    def test_what_was_given_is_given_back_where_another_state_wakes(self) -> None:
        ours, theirs = self.conversation("tcp")

        def program(link: Link) -> None:
            link.freeze()
            link.say("frozen")

        self.begin(program, ours)
        theirs.close()
        self.host.expect("frozen")
        frozen = self.host.frozen[0]
        frozen.await_sleep()
        frozen.provide(self.host.live)
        frozen.control.sendall(b"f")
        self.host.kill()
        self.assert_over(ours)

    def test_it_takes_as_many_as_it_has_numbers_for(self) -> None:
        def program(link: Link) -> None:
            hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(600, 256), hard))
            held = []
            with contextlib.suppress(OSError):
                while True:
                    held.append(socket.create_connection(address))
            for _ in range(4):
                held.pop().close()
            if link.freeze():
                link.say("frozen %d" % len(held))
                link.rest()
            answers = [outcome(lambda each=each: each.send(b"x")) for each in held]
            link.say("%d" % answers.count("1"))

        server = self.listen("tcp")
        address = server.getsockname()
        self.begin(program, server)
        count = self.host.hear().split()[1]
        self.host.undo()
        self.host.expect(count)

    def assert_over(self, ours: socket.socket) -> None:
        with contextlib.suppress(ConnectionResetError):
            self.assertEqual(ours.recv(10), b"")


class Many(Case):
    def test_thousands_go_on(self) -> None:
        count = 2500
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard < 3 * count:
            self.skipTest("so many may not be open here")

        def program(link: Link) -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (3 * count, hard))
            server = socket.socket()
            server.bind(("127.0.0.1", 0))
            server.listen()
            pairs = []
            for _ in range(count):
                client = socket.create_connection(server.getsockname())
                pairs.append((client, server.accept()[0]))
            if link.freeze():
                link.say("frozen")
                link.rest()
            assert not link.freezer.notes, link.freezer.notes
            for client, accepted in pairs:
                client.sendall(b"x")
                assert accepted.recv(1) == b"x"
            link.say("all")

        self.begin(program)
        self.host.expect("frozen")
        self.host.undo()
        self.host.expect("all")


class Loops(Case):
    """asyncio in the middle of a conversation."""

    def play(self) -> socket.socket:
        server = self.listen("tcp")
        address = server.getsockname()

        async def talk(link: Link) -> None:
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b"hello")
            assert await reader.read(10) == b"welcome"
            waiting = asyncio.ensure_future(reader.read(10))
            await asyncio.sleep(0)
            if link.freeze():
                link.say("frozen")
                link.rest()
            try:
                link.say((await waiting).decode() or "the end")
            except ConnectionResetError:
                link.say("reset")

        self.begin(lambda link: asyncio.run(talk(link)), server)
        ours, _ = server.accept()
        self.addCleanup(ours.close)
        ours.settimeout(PATIENCE)
        self.assertEqual(ours.recv(10), b"hello")
        ours.sendall(b"welcome")
        self.host.expect("frozen")
        return ours

    def test_a_stream_goes_on(self) -> None:
        ours = self.play()
        self.host.undo()
        ours.sendall(b"news")
        self.host.expect("news")

    def test_a_stream_is_told_of_the_end(self) -> None:
        ours = self.play()
        self.host.kill()
        self.assertEqual(ours.recv(1), b"")
        self.host.wake()
        self.host.expect("reset")


class AfterADeath(Case):
    """The live process has taken its sockets with it."""

    def test_conversations_are_dead_for_who_reads_and_who_writes(self) -> None:
        for way in WAYS:
            for act in ("recv", "send"):
                with self.row(way=way, act=act):
                    ours, theirs = self.conversation(way)

                    def program(link: Link, theirs: socket.socket = theirs, act: str = act) -> None:
                        if link.freeze():
                            link.say("frozen")
                            link.rest()
                        poll = select.poll()
                        poll.register(theirs, select.POLLIN)
                        assert poll.poll(0)[0][1] & select.POLLHUP
                        link.say(outcome(lambda: theirs.recv(1) if act == "recv" else theirs.send(b"x")))
                        link.say(outcome(lambda: theirs.send(b"x")))
                        link.say(outcome(lambda: theirs.recv(1)))

                    self.begin(program, ours)
                    theirs.close()
                    self.host.expect("frozen")
                    self.host.kill()
                    self.host.wake()
                    is_told = act == "recv" or way.startswith("tcp")
                    self.host.expect("ConnectionResetError" if is_told else "BrokenPipeError")
                    self.host.expect("BrokenPipeError")
                    self.assertIn(self.host.hear(), ("b''", "ConnectionResetError"))
                    self.assertEqual(ours.recv(1), b"")

    def listen_at(self, path: str) -> None:
        os.unlink(path)
        server = socket.socket(socket.AF_UNIX)
        self.addCleanup(server.close)
        server.bind(path)
        server.listen()

    def test_a_path_is_listened_at_again_while_nobody_else_does(self) -> None:
        for change, is_whole in (
            (lambda path: None, True),
            (os.unlink, True),
            (self.listen_at, False),
        ):
            with self.row(is_whole=is_whole):
                path = os.path.join(tempfile.mkdtemp(dir=self.folder), "server")

                def program(link: Link, path: str = path) -> None:
                    server = socket.socket(socket.AF_UNIX)
                    server.bind(path)
                    os.chmod(path, 0o640)
                    server.listen()
                    if link.freeze():
                        link.say("frozen")
                        link.rest()
                    link.say("; ".join(link.freezer.notes))
                    client, _ = server.accept()
                    client.sendall(b"welcome")

                self.begin(program)
                self.host.expect("frozen")
                self.host.kill()
                change(path)
                self.host.wake()
                lost = "the listening socket %s could not be opened again" % path
                self.host.expect("" if is_whole else lost)
                if is_whole:
                    self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)
                    client = socket.socket(socket.AF_UNIX)
                    client.connect(path)
                    self.assertEqual(client.recv(10), b"welcome")
                    client.close()


class Servers(Case):
    def test_clients_that_wait_are_served_by_the_state_that_wakes(self) -> None:
        def program(link: Link) -> None:
            server = socket.socket()
            server.bind(("127.0.0.1", 0))
            server.listen()
            if link.freeze():
                link.say(str(server.getsockname()[1]))
                link.rest()
            client, _ = server.accept()
            client.sendall(b"welcome")

        self.begin(program)
        client = socket.create_connection(("127.0.0.1", int(self.host.hear())))
        client.settimeout(PATIENCE)
        self.addCleanup(client.close)
        self.host.undo()
        self.assertEqual(client.recv(10), b"welcome")

    def test_a_server_that_was_closed_is_open_again(self) -> None:
        def program(link: Link) -> None:
            server = socket.socket()
            server.bind(("127.0.0.1", 0))
            server.listen()
            address = server.getsockname()
            if link.freeze():
                server.close()
                other = socket.socket()
                other.bind(address)
                other.listen()
                link.say(str(address[1]))
                link.rest()
            client, _ = server.accept()
            client.sendall(b"welcome")

        self.begin(program)
        port = int(self.host.hear())
        self.host.undo()
        client = socket.socket()
        self.addCleanup(client.close)
        # While the one process ends and the other wakes nobody listens.
        until(lambda: client.connect_ex(("127.0.0.1", port)) in (0, errno.EISCONN), "the server")
        client.settimeout(PATIENCE)
        self.assertEqual(client.recv(10), b"welcome")


class Terminals(Case):
    def test_a_program_in_a_terminal_goes_on_and_sees_it_end(self) -> None:
        def program(link: Link) -> None:
            import pty

            child, master = pty.fork()
            if child == 0:
                os.execvp("cat", ["cat"])
            os.write(master, b"a\n")
            assert os.read(master, 10)
            if link.freeze():
                link.say("frozen %d" % child)
                link.rest()
            os.write(master, b"b\n")
            text = b""
            while b"b" not in text:
                text += os.read(master, 10)
            os.close(master)
            link.say("went on")

        self.begin(program)
        child = int(self.host.hear().split()[1])
        self.host.undo()
        self.host.expect("went on")
        # The hang-up has ended it, or the error when it reads; the tests are the parent of orphans.
        self.assertIn(self.host.reap(child), (-1, 1))

    def test_after_a_death_it_is_over(self) -> None:
        def program(link: Link) -> None:
            master = os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
            if link.freeze():
                link.say("frozen")
                link.rest()
            link.say("; ".join(link.freezer.notes))
            link.say(outcome(lambda: os.read(master, 1)))

        self.begin(program)
        self.host.expect("frozen")
        self.host.kill()
        self.host.wake()
        self.host.expect("the terminal of another program is closed")
        self.host.expect("OSError")


class Displays(Case):
    def test_a_window_refuses_the_freeze_and_earlier_states_wake(self) -> None:
        for name, clause in (
            (".X11-unix/X7", "a connection to the X display is open"),
            ("wayland-0", "a connection to the Wayland display is open"),
            ("dbus-AbC", "a connection to the message bus is open"),
            ("bus", "a connection to the message bus is open"),
            ("named-display", "a connection to the Wayland display is open"),
            ("named bus", "a connection to the message bus is open"),
            ("business", "frozen"),
        ):
            with self.row(name=name):
                path = os.path.join(self.folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                server = socket.socket(socket.AF_UNIX)
                server.bind(path)
                server.listen()

                def program(link: Link, path: str = path) -> None:
                    end = socket.socket(socket.AF_UNIX)
                    if not link.freeze():
                        link.say("woken")
                        link.rest()
                    os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"] = (
                        self.folder,
                        "named-display",
                    )
                    address = "unix:path=%s,guid=1f" % os.path.join(self.folder, "named%20bus")
                    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:abstract=other;" + address
                    end.connect(path)
                    link.say(link.attempt())

                self.begin(program, server)
                client, _ = server.accept()
                self.addCleanup(client.close)
                self.addCleanup(server.close)
                client.settimeout(PATIENCE)
                self.host.expect(clause)
                self.host.undo(0)
                self.host.expect("woken")
                self.assertEqual(client.recv(1), b"")
                client.close()
                server.close()


def outcome(function: Callable[[], object]) -> str:
    """Return what it returns or raises, as text."""
    try:
        result = function()
        return result if isinstance(result, str) else str(result)
    except OSError as error:
        return type(error).__name__


def links(pid: int) -> list[str]:
    folder = "/proc/%d/fd" % pid
    return [os.readlink("%s/%s" % (folder, number)) for number in os.listdir(folder)]


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
