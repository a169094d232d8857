"""A checkpoint writer: a copy of a frozen state that has the memory of the session and nothing else of it."""

from __future__ import annotations

import faulthandler
import os
import random
import resource
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hosts import NOT_WOKEN, PATIENCE, FrozenState, Host, Link, until
from pyrepl3.snapshot import native_object
from scenarios.play import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PLACES = native_object.PLACES


def writing(prepare: Callable[[], Any], work: Callable[[Any], object]) -> Callable[[Link], None]:
    """A program that freezes beside what `prepare` returns; its writer says what `work` makes of that."""

    def program(link: Link) -> None:
        value = prepare()
        if link.freeze():
            link.say("frozen")
            link.rest()
        line = link.freezer.line
        if line is None:
            link.say("woken")
            link.rest()
            return
        try:
            text = repr(work(value))
        except BaseException:
            text = traceback.format_exc()
        os.write(line, text.encode())
        os._exit(0)

    return program


class CheckpointWriters(unittest.TestCase):
    """Of either kind of frozen state."""

    places = PLACES

    def setUp(self) -> None:
        native_object.PLACES = self.places
        self.addCleanup(setattr, native_object, "PLACES", PLACES)
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def freeze(self, prepare: Callable[[], Any], work: Callable[[Any], object]) -> FrozenState:
        self.host.start(writing(prepare, work))
        self.host.expect("frozen")
        self.host.frozen[0].await_sleep()
        return self.host.frozen[0]

    def hear(self, line: socket.socket) -> str:
        """Return all that a checkpoint writer says until it ends."""
        said = b""
        with line:
            while True:
                more = line.recv(65536)
                if not more:
                    return said.decode()
                said += more

    def says(self, prepare: Callable[[], Any], work: Callable[[Any], object]) -> str:
        """Return what a checkpoint writer makes of something."""
        pid, line = self.freeze(prepare, work).fork_writer()
        text = self.hear(line)
        self.assertEqual(self.host.reap(pid), 0)
        return text

    def test_has_the_memory_of_the_moment_of_the_freeze(self) -> None:
        def work(held: tuple[object, object]) -> object:
            return held[0], held[1] == random.getstate()

        self.assertEqual(self.says(lambda: ({"a": [1]}, random.getstate()), work), "({'a': [1]}, True)")

    def test_leads_a_group_of_its_own_and_goes_before_the_live_process_when_memory_runs_out(self) -> None:
        def scores(live: int) -> object:
            return os.getpgid(0) == os.getpid(), oom_score(os.getpid()) > oom_score(live)

        self.assertEqual(self.says(os.getpid, scores), "(True, True)")

    def test_has_standard_descriptors_where_the_program_had_closed_them(self) -> None:
        def prepare() -> None:
            for number in (0, 1, 2):
                os.close(number)

        self.assertEqual(
            self.says(prepare, lambda _: [link_of(each) for each in range(3)]), repr(["/dev/null"] * 3)
        )

    def test_comes_again_and_again_and_the_frozen_state_can_be_woken_beside(self) -> None:
        frozen = self.freeze(lambda: time.monotonic(), lambda begin: begin)
        said = {self.hear(line) for _, line in [frozen.fork_writer() for _ in range(3)]}
        self.assertEqual(len(said), 1)
        self.host.kill()
        self.host.wake()
        self.host.expect("woken")
        frozen.fork_writer()[1].close()

    def test_goes_on_when_its_frozen_state_ends(self) -> None:
        frozen = self.freeze(lambda: 7, lambda value: time.sleep(0.3) or value)
        pid, line = frozen.fork_writer()
        frozen.control.close()
        self.host.reap(frozen.pid)
        self.assertEqual(self.hear(line), "7")
        self.assertEqual(self.host.reap(pid), 0)

    def test_whose_line_finds_no_number_costs_nothing(self) -> None:
        frozen = self.freeze(lambda: 7, lambda value: value)
        _, hard = resource.prlimit(frozen.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(frozen.pid, resource.RLIMIT_NOFILE, (1, hard))
        frozen.control.send(b"ss")
        self.assertEqual(frozen.receive()[0], NOT_WOKEN)
        resource.prlimit(frozen.pid, resource.RLIMIT_NOFILE, (1024, hard))
        self.assertEqual(self.hear(frozen.fork_writer()[1]), "7")


class ForkedCheckpointWriters(CheckpointWriters):
    """The same, made by plain fork."""

    places = ("nowhere",)


class NativeCheckpointWriters(CheckpointWriters):
    """What only a native frozen state has to get right: beside threads and what is open no fork is made."""

    def test_has_no_socket_no_pipe_and_no_terminal(self) -> None:
        def prepare() -> list[Any]:
            listener = socket.create_server(("127.0.0.1", 0)) if sys.version_info >= (3, 8) else None
            master, terminal = os.openpty()
            return [
                listener,
                socket.socketpair(),
                os.pipe(),
                master,
                terminal,
                select.epoll(),
                socket.socket(),
            ]

        def work(held: list[Any]) -> object:
            kinds = {link_of(number).partition(":")[0] for number in numbers()}
            return sorted(kind for kind in kinds if not kind.startswith("/")), {
                link_of(number) for number in (held[2][0], held[3], held[4], held[0].fileno(), 0, 1, 2)
            }

        # One socket: its line.
        self.assertEqual(self.says(prepare, work), "(['socket'], {'/dev/null'})")

    def test_leaves_the_listener_and_the_connections_to_the_live_process(self) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        peer = socket.create_connection(server.getsockname())
        self.addCleanup(peer.close)
        users, _ = server.accept()
        self.addCleanup(users.close)

        def work(held: tuple[socket.socket, socket.socket]) -> object:
            for end in held:
                try:
                    end.send(b"no")
                except OSError:
                    continue
            return "done"

        self.assertEqual(self.says(lambda: (server, users), work), "'done'")
        peer.settimeout(0.2)
        with self.assertRaises(socket.timeout):
            peer.recv(1)
        socket.create_connection(server.getsockname()).close()

    def open_half(self) -> Any:
        """Return a file of ten digits that stands behind the fourth."""
        file = tempfile.TemporaryFile()  # noqa: SIM115  closed when the test ends
        self.addCleanup(file.close)
        file.write(b"0123456789")
        file.seek(4)
        return file

    def test_reads_files_by_itself_and_writes_none(self) -> None:
        file = self.open_half()

        def work(number: int) -> object:
            read = os.read(number, 3)
            os.lseek(number, 0, os.SEEK_SET)
            try:
                os.write(number, b"no")
            except OSError as error:
                return read, error.strerror
            return read

        frozen = self.freeze(file.fileno, work)
        # The live process goes on before the checkpoint writer is there.
        os.lseek(file.fileno(), 9, os.SEEK_SET)
        _, line = frozen.fork_writer()
        self.assertEqual(self.hear(line), "(b'456', 'Bad file descriptor')")
        self.assertEqual(
            (os.lseek(file.fileno(), 0, os.SEEK_CUR), os.pread(file.fileno(), 20, 0)), (9, b"0123456789")
        )

    def test_knows_where_files_stood(self) -> None:
        file = self.open_half()

        def program(link: Link) -> None:
            if link.freeze():
                link.say("frozen")
                link.rest()
            assert link.freezer.line is not None
            os.write(link.freezer.line, str(link.freezer.positions[file.fileno()]).encode())
            os._exit(0)

        self.host.start(program)
        self.host.expect("frozen")
        self.host.frozen[0].await_sleep()
        file.seek(7)
        self.assertEqual(self.hear(self.host.frozen[0].fork_writer()[1]), "4")

    def test_waits_for_no_thread_that_is_not_there(self) -> None:
        def prepare() -> list[threading.Thread]:
            # They want the interpreter's lock all the time, and it is passed on every 10 microseconds.
            sys.setswitchinterval(1e-5)
            return start(spin, 4)

        def work(threads: list[threading.Thread]) -> object:
            for _ in range(20):
                time.sleep(0.0001)
            fresh = start(lambda: time.sleep(0.001))
            fresh[0].join()
            until(lambda: len(os.listdir("/proc/self/task")) == 1)
            return threading.active_count(), [each.is_alive() for each in threads]

        for _ in range(10):
            with self.subTest():
                self.host = Host()
                self.addCleanup(self.host.__exit__)
                self.assertEqual(self.says(prepare, work), "(1, [False, False, False, False])")

    def test_finalises_nothing_that_threads_keep_to_themselves(self) -> None:
        place = threading.local()
        folder = tempfile.mkdtemp()
        self.addCleanup(os.rmdir, folder)
        ready = threading.Event()

        def keep() -> None:
            place.file = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115  it is not to be closed
            ready.set()
            threading.Event().wait(PATIENCE)

        def prepare() -> None:
            start(keep)
            ready.wait()

        self.assertEqual(self.says(prepare, lambda _: len(os.listdir(folder))), "1")
        self.assertEqual(len(os.listdir(folder)), 1)
        os.remove(os.path.join(folder, os.listdir(folder)[0]))

    def test_can_import_although_threads_were_importing(self) -> None:
        def import_often() -> None:
            while True:
                for name in ("colorsys", "sndhdr", "this_is_no_module"):
                    sys.modules.pop(name, None)
                    try:
                        __import__(name)
                    except (ImportError, KeyError):
                        continue  # Another one has just taken it away.

        def work(_: object) -> object:
            import wave

            return wave.__name__

        self.assertEqual(self.says(lambda: start(import_often, 3), work), "'wave'")

    def test_takes_no_signal_that_was_meant_for_another(self) -> None:
        def prepare() -> list[int]:
            calls: list[int] = []
            signal.signal(signal.SIGUSR2, lambda *_: calls.append(1))
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            signal.signal(signal.SIGALRM, lambda *_: calls.append(2))
            start(lambda: time.sleep(PATIENCE))
            return calls

        self.assertEqual(self.says(prepare, lambda calls: time.sleep(0.2) or calls), "[]")


def spin() -> None:
    while True:
        pass


def numbers() -> list[int]:
    return [int(name) for name in os.listdir("/proc/self/fd")]


def link_of(number: int) -> str:
    try:
        return os.readlink("/proc/self/fd/%d" % number)
    except OSError:
        return "/gone"


def oom_score(pid: int) -> int:
    with open("/proc/%d/oom_score_adj" % pid) as file:
        return int(file.read())


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
