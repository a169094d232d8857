"""Files and their locks: asleep, closed in the live process, woken unchanged, woken after a change."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import faulthandler
import fcntl
import os
import select
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hosts import PATIENCE, C, Host, Link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Generator

F_OFD_SETLK = 37
HOW = ("flock", "lockf", "ofd")
PROBE = """
import errno, fcntl, struct, sys
file = open(sys.argv[1], "r+b")
try:
    if sys.argv[2] == "flock":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 4, 10)
    print("free")
except OSError as error:
    print("held" if error.errno in (errno.EAGAIN, errno.EACCES) else error)
"""


def lock(descriptor: int, how: str) -> None:
    if how == "flock":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    elif how == "lockf":
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 4, 10)
    else:
        wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 10, 4, 0)
        fcntl.fcntl(descriptor, F_OFD_SETLK, wanted)


def probe(path: str, how: str) -> str:
    """Try to lock from another process."""
    return subprocess.check_output([sys.executable, "-S", "-c", PROBE, path, how]).decode().strip()


def text_in(path: str) -> str:
    with open(path) as file:
        return file.read()


def result_of(act: Callable[[], object]) -> object:
    """Return what it returns, or the name of the error."""
    try:
        return act()
    except OSError as error:
        return errno.errorcode[error.errno or 0]


@contextlib.contextmanager
def folder() -> Generator[None, None, None]:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as path:
        os.chdir(path)
        try:
            yield
        finally:
            os.chdir(before)


class Case(unittest.TestCase):
    def setUp(self) -> None:
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        stack.enter_context(folder())
        self.host = stack.enter_context(Host())

    def told(
        self, make: Callable[[], object], live: Callable[[object], object], woken: Callable
    ) -> list[str]:
        """Return what the live process, after a freeze, and the woken copy have to say."""

        def program(link: Link) -> None:
            made = make()
            if link.freeze():
                link.say(repr(live(made)))
                link.rest()
            link.say(repr(woken(made)))
            link.say(repr([file.note() for file in link.files]))
            link.rest()

        self.host.start(program)
        said = [self.host.hear()]
        self.host.kill()
        self.host.wake()
        return [*said, self.host.hear(), self.host.hear()]


class Locks(Case):
    def test_a_sleeping_copy_holds_no_lock(self) -> None:
        for how in HOW:
            with self.subTest(how=how):
                path = "closed-" + how

                def make(path: str = path, how: str = how) -> int:
                    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
                    lock(descriptor, how)
                    return descriptor

                def live(descriptor: Any, path: str = path, how: str = how) -> list[str]:
                    held = probe(path, how)
                    os.close(descriptor)
                    return [held, probe(path, how)]

                with Host() as host:
                    self.host = host
                    told = self.told(make, live, lambda _, path=path, how=how: probe(path, how))
                self.assertEqual(told, ["['held', 'free']", "'held'", "[]"])

    def test_a_lock_that_somebody_else_has_by_now(self) -> None:
        def program(link: Link) -> None:
            descriptor = os.open("data", os.O_RDWR | os.O_CREAT)
            lock(descriptor, "lockf")
            os.write(descriptor, b"of us")
            if link.freeze():
                os.close(descriptor)
                link.say("closed")
                link.rest()
            said = [result_of(lambda: os.write(descriptor, b"x")), os.pread(descriptor, 9, 0)]
            link.say(repr((said, [file.note() for file in link.files])))
            link.rest()

        self.host.start(program)
        self.host.expect("closed")
        with open("data", "r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX, 4, 10)
            self.host.kill()
            self.host.wake()
            said = self.host.hear()
        self.assertIn(
            "['EBADF', b'of us'], ['the lock of data was taken by somebody else, so it can only", said
        )

    def test_locks_of_all_the_files_that_are_open(self) -> None:
        def make() -> list[int]:
            descriptors = [os.open("f%d" % i, os.O_RDWR | os.O_CREAT) for i in range(40)]
            for descriptor in descriptors:
                lock(descriptor, "lockf")
            return [*descriptors, *[os.open("f%d" % i, os.O_RDONLY) for i in range(40)]]

        def held(_: Any) -> set[str]:
            return {probe("f%d" % i, "lockf") for i in (0, 17, 39)}

        self.assertEqual(self.told(make, held, held), ["{'held'}", "{'held'}", "[]"])


class Positions(Case):
    def test_duplicates_share_one_and_others_do_not(self) -> None:
        def make() -> list[int]:
            first = os.open("data", os.O_RDWR | os.O_CREAT)
            os.write(first, b"0123456789")
            other = os.open("data", os.O_RDONLY)
            os.lseek(other, 3, os.SEEK_SET)
            return [first, os.dup(first), other]

        def moved(descriptors: Any) -> list[int]:
            first, same, other = descriptors
            before = [os.lseek(each, 0, os.SEEK_CUR) for each in (first, same, other)]
            os.lseek(same, 7, os.SEEK_SET)
            return [*before, os.lseek(first, 0, os.SEEK_CUR), os.lseek(other, 0, os.SEEK_CUR)]

        expected = repr([10, 10, 3, 7, 3])
        self.assertEqual(self.told(make, moved, moved), [expected, expected, "[]"])

    def test_one_file_opened_a_thousand_times(self) -> None:
        def make() -> list[int]:
            os.close(os.open("data", os.O_CREAT))
            os.truncate("data", 5000)
            found = [os.open("data", os.O_RDONLY) for _ in range(1000)]
            for place, descriptor in enumerate(found):
                os.lseek(descriptor, place, os.SEEK_SET)
            return found

        def are_right(found: Any) -> bool:
            places = [os.lseek(each, 0, os.SEEK_CUR) for each in found]
            for each in found:
                os.lseek(each, 0, os.SEEK_SET)
            return places == list(range(1000))

        self.assertEqual(self.told(make, are_right, are_right), ["True", "True", "[]"])

    def test_flags_come_back(self) -> None:
        def make() -> list[int]:
            open("data", "w").close()
            flags = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_RDWR | os.O_SYNC, os.O_RDWR | os.O_NONBLOCK)
            found = [os.open("data", each) for each in flags]
            os.set_inheritable(found[0], True)
            return found

        def flags(found: Any) -> list[tuple[int, bool]]:
            return [(fcntl.fcntl(each, fcntl.F_GETFL), os.get_inheritable(each)) for each in found]

        live, woken, notes = self.told(make, flags, flags)
        self.assertEqual((woken, notes), (live, "[]"))


class Changes(Case):
    def after_a_change(
        self, flags: int, position: int, change: Callable[[int], object] | None = None
    ) -> tuple:
        """Return what becomes of a file of 10 bytes, opened so and there, that the live one writes to."""

        def make() -> int:
            with open("data", "w") as file:
                file.write("0123456789")
            descriptor = os.open("data", flags)
            os.lseek(descriptor, position, os.SEEK_SET)
            return descriptor

        def live(descriptor: Any) -> object:
            with open("data", "a") as file:
                file.write("undone")
            return change and change(descriptor)

        def woken(descriptor: Any) -> object:
            return result_of(lambda: os.write(descriptor, b"new"))

        _, written, notes = self.told(make, live, woken)
        return written, text_in("data"), notes

    def test_written_from_begin_to_end_it_goes_on_at_the_end(self) -> None:
        note = "data was changed meanwhile, and what is written goes behind that"
        self.assertEqual(self.after_a_change(os.O_WRONLY, 10), ("3", "0123456789undonenew", repr([note])))

    def test_appended_to_it_goes_on_at_the_end(self) -> None:
        written, text, _ = self.after_a_change(os.O_WRONLY | os.O_APPEND, 4)
        self.assertEqual((written, text), ("3", "0123456789undonenew"))

    def test_written_elsewhere_it_is_not_written_to_any_more(self) -> None:
        written, text, notes = self.after_a_change(os.O_WRONLY, 4)
        self.assertEqual((written, text), ("'EBADF'", "0123456789undone"))
        self.assertIn("nothing more can be written", notes)

    def test_read_and_written_it_can_only_be_read(self) -> None:
        written, text, notes = self.after_a_change(os.O_RDWR, 4)
        self.assertEqual((written, text), ("'EBADF'", "0123456789undone"))
        self.assertIn("it can only be read", notes)

    def test_what_is_only_read_goes_on_where_it_stood(self) -> None:
        def make() -> int:
            with open("data", "w") as file:
                file.write("0123456789")
            descriptor = os.open("data", os.O_RDONLY)
            os.read(descriptor, 4)
            return descriptor

        def live(descriptor: Any) -> bytes:
            with open("data", "a") as file:
                file.write("more")
            return os.read(descriptor, 100)

        told = self.told(make, live, lambda descriptor: os.read(descriptor, 100))
        self.assertEqual(told, ["b'456789more'", "b'456789more'", "[]"])

    def test_text_that_was_held_back_stands_there_once(self) -> None:
        for mode in ("w", "a", "wb"):
            with self.subTest(mode=mode), Host() as host:
                self.host = host
                self.assertEqual(self.written_twice(mode, "flushed"), "begin held back undone new")
        with Host() as host:
            self.host = host
            self.assertEqual(self.written_twice("w", "dropped"), "begin held back new")

    def written_twice(self, mode: str, what: str) -> str:
        """Return what stands in a file whose text was held back at the freeze, and by then flushed or not."""
        path = "held-%s-%s" % (mode, what)

        def program(link: Link) -> None:
            def say(text: str) -> None:
                file.write(text.encode() if "b" in mode else text)

            file = open(path, mode)  # noqa: SIM115  it is closed further below
            say("begin ")
            file.flush()
            say("held back ")
            if link.freeze():
                if what == "flushed":
                    say("undone ")
                    file.flush()
                link.say("frozen")
                link.rest()
            say("new")
            file.close()
            link.say("closed")
            link.rest()

        self.host.start(program)
        self.host.expect("frozen")
        self.host.kill(signal.SIGSEGV)
        self.host.wake()
        self.host.expect("closed")
        return text_in(path)


class Kinds(Case):
    """What else a descriptor may be."""

    def stays(self, make: Callable[[], object], look: Callable) -> None:
        """The woken copy sees what the live process saw."""
        live, woken, notes = self.told(make, look, look)
        self.assertEqual((woken, notes), (live, "[]"))

    def test_a_file_without_a_name(self) -> None:
        def make() -> int:
            with tempfile.TemporaryFile(dir=".") as file:
                file.write(b"nameless")
                file.flush()
                return os.dup(file.fileno())

        self.stays(
            make, lambda descriptor: (os.pread(descriptor, 9, 0), os.lseek(descriptor, 0, os.SEEK_CUR))
        )

    def test_a_file_that_may_not_be_opened_any_more(self) -> None:
        def make() -> int:
            descriptor = os.open("data", os.O_RDWR | os.O_CREAT, 0o600)
            os.fchmod(descriptor, 0)
            if os.getuid() == 0:
                os.chmod(".", 0o777)
                os.setresuid(12345, 12345, 12345)
            return descriptor

        told = self.told(make, lambda _: None, lambda descriptor: result_of(lambda: os.read(descriptor, 1)))
        self.assertEqual(told[1:], ["'EBADF'", repr(["data may not be opened any more"])])

    def test_a_folder(self) -> None:
        def make() -> int:
            os.mkdir("folder")
            os.mkdir("folder/in")
            return os.open("folder", os.O_RDONLY | os.O_DIRECTORY)

        self.stays(make, os.listdir)

    def test_memory_that_has_a_descriptor(self) -> None:
        def make() -> int:
            descriptor = os.memfd_create("memory")
            os.write(descriptor, b"remembered")
            return descriptor

        self.stays(
            make, lambda descriptor: (os.pread(descriptor, 99, 0), os.lseek(descriptor, 0, os.SEEK_CUR))
        )

    def test_a_named_pipe_whose_reader_has_gone(self) -> None:
        def make() -> list[int]:
            os.mkfifo("fifo")
            reader = os.open("fifo", os.O_RDONLY | os.O_NONBLOCK)
            return [reader, os.open("fifo", os.O_WRONLY)]

        def live(ends: Any) -> object:
            reader, writer = ends
            os.close(reader)
            return result_of(lambda: os.write(writer, b"x"))

        def woken(ends: Any) -> object:
            reader, writer = ends
            return [
                os.write(writer, b"x"),
                os.read(reader, 9),
                os.get_blocking(reader),
                os.get_blocking(writer),
            ]

        self.assertEqual(self.told(make, live, woken)[:2], ["'EPIPE'", repr([1, b"x", False, True])])

    def test_a_device(self) -> None:
        self.stays(lambda: os.open("/dev/zero", os.O_RDONLY), lambda descriptor: os.read(descriptor, 3))

    def test_everything_is_let_go_of(self) -> None:
        """A sleeping copy has nothing open but the host's line and what the live process shares with it."""

        def program(link: Link) -> None:
            before = set(os.listdir("/proc/self/fd"))
            os.mkfifo("fifo")
            made = [
                os.open("data", os.O_RDWR | os.O_CREAT),
                os.open(".", os.O_RDONLY),
                os.open("fifo", os.O_RDWR),
                os.memfd_create("memory"),
                *os.pipe(),
                *[end.detach() for end in socket.socketpair()],
                *self.polls(),
            ]
            link.freeze()
            held = sorted(descriptor for descriptor in made if is_open_in(link.newest, descriptor))
            link.say(repr((held, len(set(os.listdir("/proc/self/fd")) - before) >= len(made))))
            link.rest()

        self.host.start(program)
        self.assertEqual(self.host.hear(), "([], True)")

    def polls(self) -> list[int]:
        made = [
            C.epoll_create1(0),
            C.eventfd(3, 0),
            C.timerfd_create(1, 0),
            C.inotify_init1(0),
            signal_file(),
        ]
        return made if sys.version_info < (3, 9) else [*made, os.pidfd_open(os.getpid())]

    def test_a_signal_that_is_read(self) -> None:
        def make() -> int:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
            return signal_file()

        def look(descriptor: Any) -> int:
            os.kill(os.getpid(), signal.SIGUSR2)
            return os.read(descriptor, 128)[0]

        self.stays(make, look)

    @unittest.skipIf(sys.version_info < (3, 9), "Python does not open them")
    def test_a_process_that_ends_meanwhile(self) -> None:
        def make() -> tuple[int, int]:
            child = os.fork()
            if child == 0:
                signal.pause()
            return child, os.pidfd_open(child)

        def live(made: Any) -> list:
            child, descriptor = made
            before = select.select([descriptor], [], [], 0)[0]
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return before

        def woken(made: Any) -> list:
            _, descriptor = made
            return [each == descriptor for each in select.select([descriptor], [], [], 0)[0]]

        self.assertEqual(self.told(make, live, woken), ["[]", "[True]", "[]"])

    def test_folders_are_no_longer_watched_and_new_ones_can_be(self) -> None:
        def heard(descriptor: int) -> bool:
            open("made-by-%d" % os.getpid(), "w").close()
            return bool(select.select([descriptor], [], [], 0)[0])

        def program(link: Link) -> None:
            descriptor = C.inotify_init1(0)
            C.inotify_add_watch(descriptor, b".", 0x100)  # IN_CREATE
            if link.freeze():
                link.say(repr(heard(descriptor)))
                link.rest()
            before = heard(descriptor)
            C.inotify_add_watch(descriptor, b".", 0x100)
            open("one-more", "w").close()
            after = bool(select.select([descriptor], [], [], 0)[0])
            link.say(repr(([before, after], link.freezer.notes)))
            link.rest()

        self.host.start(program)
        self.host.expect("True")
        self.host.kill()
        self.host.wake()
        note = "the watch on files (inotify) of the program watches nothing any more"
        self.assertEqual(self.host.hear(), repr(([False, True], [note])))


def signal_file() -> int:
    mask = ctypes.c_ulonglong(1 << signal.SIGUSR2 - 1)
    return C.signalfd(-1, ctypes.byref(mask), 0)


def is_open_in(pid: int, descriptor: int) -> bool:
    """Whether a process holds more of it than a reference by name, and than a dead socket."""
    path = "/proc/%d/fd/%d" % (pid, descriptor)
    with open("/proc/%d/fdinfo/%d" % (pid, descriptor)) as details:
        flags = int(dict(line.split(":", 1) for line in details)["flags"], 8)
    if stat.S_ISSOCK(os.stat(path).st_mode):
        return os.readlink(path) == os.readlink("/proc/self/fd/%d" % descriptor)
    return not flags & os.O_PATH


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
