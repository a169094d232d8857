"""What cannot be copied is refused with its reason, and nothing has changed then."""

from __future__ import annotations

import array
import ctypes
import faulthandler
import os
import resource
import select
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE, Host, Link, until
from scenarios.play import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

TIMEOUT_MS = 60
PTRACE_SEIZE = 0x4206


class Refusals(unittest.TestCase):
    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.__exit__)

    def refused(self, prepare: Callable[[Link], object]) -> str:
        """Return why a process that was prepared so cannot be frozen."""

        def program(link: Link) -> None:
            kept = prepare(link)
            link.say(link.attempt(TIMEOUT_MS))
            del kept
            link.rest()

        self.host.start(program)
        return self.host.hear()

    def test_a_thread_that_masks_all_signals_is_named_and_waited_for(self) -> None:
        def program(link: Link) -> None:
            masked, go = threading.Event(), threading.Event()
            thread = threading.Thread(target=mask_and_wait, args=(masked, go), name="worker")
            thread.start()
            masked.wait()
            link.say(link.attempt(TIMEOUT_MS))
            go.set()
            thread.join()
            # What was queued for it has done no harm, and the next attempt succeeds.
            link.say("frozen" if link.freeze() else "woken")
            link.rest()

        self.host.start(program)
        self.assertEqual(self.host.hear(), 'thread "worker" does not stop')
        self.host.expect("frozen")
        self.host.kill()
        self.host.wake()
        self.host.expect("woken")

    def test_a_thread_in_vfork_is_named(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        fifo = os.path.join(folder.name, "fifo")
        os.mkfifo(fifo)

        def program(link: Link) -> None:
            thread = threading.Thread(target=spawn_slowly, args=(fifo,), name="spawner", daemon=True)
            thread.start()
            until(lambda: in_vfork(thread), "the thread to be in vfork")
            link.say(link.attempt(TIMEOUT_MS))
            os.close(os.open(fifo, os.O_WRONLY))
            thread.join()
            link.say("frozen" if link.freeze() else "woken")
            link.rest()

        self.host.start(program)
        self.assertEqual(self.host.hear(), 'thread "spawner" does not stop')
        self.host.expect("frozen")

    def test_io_uring(self) -> None:
        def prepare(link: Link) -> object:
            parameters = ctypes.create_string_buffer(120)
            return kernel.call("io_uring_setup", ctypes.c_long(4), parameters) >= 0 or link.say("absent")

        reason = self.refused(prepare)
        if reason != "absent":
            self.assertEqual(reason, "io_uring is in use")

    def test_a_debugger(self) -> None:
        ready = threading.Event()

        def program(link: Link) -> None:
            start(ready.wait)
            link.say("ready")
            until(lambda: "TracerPid:\t0" not in status(), "the debugger")
            link.say(link.attempt(TIMEOUT_MS))
            link.rest()

        self.host.start(program)
        self.host.expect("ready")
        self.assertEqual(kernel.C.ptrace(PTRACE_SEIZE, self.host.live, None, None), 0)
        self.assertEqual(self.host.hear(), "a debugger is attached")

    def test_another_thread_than_the_main_one(self) -> None:
        def program(link: Link) -> None:
            thread = threading.Thread(target=lambda: link.say(link.attempt(TIMEOUT_MS)))
            thread.start()
            thread.join()
            link.rest()

        self.host.start(program)
        self.assertEqual(self.host.hear(), "it can be done by the main thread only")

    def test_more_than_a_thousand_threads(self) -> None:
        def prepare(link: Link) -> object:
            threading.stack_size(262144)
            return start(threading.Event().wait, 1001)

        self.assertEqual(self.refused(prepare), "there are more than 1000 threads")

    def test_no_descriptor_to_spare(self) -> None:
        for spare in range(4):
            with self.subTest(spare=spare), Host() as host:
                host.start(lambda link, spare=spare: squeeze(link, spare))
                if host.hear() == "frozen":
                    host.kill()
                    host.wake()
                    host.expect("a pipe works")

    def test_a_descriptor_above_the_limit(self) -> None:
        def prepare(link: Link) -> object:
            reader, _ = os.pipe()
            os.dup2(reader, 200)
            resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))

        self.assertEqual(
            self.refused(prepare), "a descriptor has a number above the limit that was set since"
        )

    def test_an_epoll_set_that_is_large_is_kept_whole(self) -> None:
        count = 1500

        def program(link: Link) -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
            pairs = [socket.socketpair() for _ in range(count)]
            watched = select.epoll()
            for near, _ in pairs:
                watched.register(near.fileno(), select.EPOLLIN)
            if link.freeze():
                link.say("frozen")
                link.rest()
            for _, far in pairs:
                far.send(b"x")
            link.say(str(len(watched.poll(1, count))))

        if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 4096:
            self.skipTest("too few descriptors are allowed")
        self.host.start(program)
        self.host.expect("frozen")
        self.host.kill()
        self.host.wake()
        self.host.expect(str(count))

    def test_more_bytes_unread_than_are_kept(self) -> None:
        def prepare(link: Link) -> object:
            pairs = [socket.socketpair() for _ in range(20)]
            for near, _ in pairs:
                near.setblocking(False)
                near.send(b"x" * 100000)
            return pairs

        self.assertEqual(self.refused(prepare), "more than 1 MB waits unread in pipes")

    def test_more_descriptors_than_are_kept(self) -> None:
        def prepare(link: Link) -> object:
            resource.setrlimit(resource.RLIMIT_NOFILE, (70_000, 70_000))
            reader, _ = os.pipe()
            return [os.dup(reader) for _ in range(65_600)]

        if 0 <= resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 70_000:
            self.skipTest("too few descriptors are allowed")
        self.assertEqual(self.refused(prepare), "more than 65,536 files, pipes and sockets are open")

    def test_more_watches_than_are_kept(self) -> None:
        def prepare(link: Link) -> object:
            pairs = [socket.socketpair() for _ in range(250)]
            sets = [select.epoll() for _ in range(33)]
            for each in sets:
                for near, far in pairs:
                    each.register(near.fileno(), select.EPOLLIN)
                    each.register(far.fileno(), select.EPOLLIN)
            return pairs, sets

        self.assertEqual(self.refused(prepare), "an epoll set is too large")

    def test_a_descriptor_on_its_way_through_a_socket_pair(self) -> None:
        if not kernel.tells_peers():
            self.skipTest("this kernel does not tell enough")

        def prepare(link: Link, after: bytes) -> object:
            pair = socket.socketpair()
            rights = array.array("i", [0])
            pair[0].sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
            pair[0].send(after)
            return pair

        for after in (b"", b"more"):
            with self.subTest(after=after), Host() as self.host:
                reason = self.refused(lambda link, after=after: prepare(link, after))
                self.assertEqual(reason, "descriptors are on their way through a socket pair")

    def test_no_process_more_is_allowed(self) -> None:
        def prepare(link: Link) -> object:
            kernel.become_nobody()
            resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))

        self.assertEqual(self.refused(prepare), "the system allows no more processes")

    def test_a_foreign_restartable_sequence(self) -> None:
        # Without glibc's own, which is registered already in every thread.
        environment = {**os.environ, "GLIBC_TUNABLES": "glibc.pthread.rseq=0"}
        said = subprocess.run(
            [sys.executable, "-c", FOREIGN], env=environment, stdout=subprocess.PIPE, timeout=20
        ).stdout.decode()
        if said.strip() != "absent":
            self.assertEqual(
                said.strip(), 'thread "register" has a restartable sequence that is not glibc\'s'
            )

    def test_signals_that_the_system_does_not_let_pass(self) -> None:
        def prepare(link: Link) -> object:
            start(threading.Event().wait)
            kernel.forbid({"rt_tgsigqueueinfo": 1})

        self.assertEqual(self.refused(prepare), "the system does not let threads be stopped (error 1)")

    def test_a_kernel_that_does_not_tell_enough_leaves_plain_fork(self) -> None:
        def program(link: Link) -> None:
            kernel.forbid({"prctl": 22})
            go = threading.Event()
            threads = start(go.wait)
            # The first attempt finds it out.
            link.say(link.attempt(TIMEOUT_MS))
            link.say(link.attempt(TIMEOUT_MS))
            go.set()
            threads[0].join()
            link.close_others()
            link.say("%s by %s" % (link.attempt(TIMEOUT_MS), link.freezer.method))
            link.rest()

        self.host.start(program)
        why = "the kernel does not tell where thread ids are"
        self.host.expect(why)
        self.host.expect(why + ", and threads do not survive a plain fork")
        self.host.expect("frozen by fork")
        self.host.kill()
        self.host.wake()
        self.host.expect("woken by fork")


FOREIGN = """
import ctypes, sys, threading, socket
sys.path[:0] = %r
import kernel
from pyrepl3.snapshot.freezer import Freezer, Refusal
area = ctypes.create_string_buffer(64)
address = (ctypes.addressof(area) + 31) & -32
ready = threading.Event()
def register():
    global result
    signature = ctypes.c_ulong(kernel.RSEQ_SIGNATURE)
    result = kernel.call("rseq", ctypes.c_void_p(address), ctypes.c_long(32), ctypes.c_long(0), signature)
    ready.set()
    threading.Event().wait()
threading.Thread(target=register, name="register", daemon=True).start()
ready.wait()
try:
    print("absent" if result else Freezer().freeze(socket.socketpair()[0].fileno()))
except Refusal as refusal:
    print(refusal)
""" % (sys.path[:1] + [each for each in sys.path if each.endswith("python")],)


def squeeze(link: Link, spare: int) -> None:
    """Freeze with so many descriptors free; in a woken copy use a pipe from before."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    reader, writer = os.pipe()
    link.freezer.load()
    held: list[int] = []
    while True:
        try:
            held.append(os.dup(0))
        except OSError:
            break
    # Two are for the control.
    for _ in range(spare + 2):
        os.close(held.pop())
    said = link.attempt(TIMEOUT_MS)
    if said == "woken":
        os.write(writer, b"x")
        said = "a pipe works" if os.read(reader, 1) == b"x" else "a pipe is broken"
    link.say(said)
    link.rest()


def mask_and_wait(masked: threading.Event, go: threading.Event) -> None:
    kernel.mask_everything()
    masked.set()
    go.wait()


def spawn_slowly(fifo: str) -> None:
    """Start a program whose input is opened only when somebody writes to the FIFO."""
    actions = ctypes.create_string_buffer(256)
    pid = ctypes.c_int()
    arguments = (ctypes.c_char_p * 2)(b"/bin/true", None)
    kernel.C.posix_spawn_file_actions_init(actions)
    kernel.C.posix_spawn_file_actions_addopen(actions, 0, fifo.encode(), os.O_RDONLY, 0)
    kernel.C.posix_spawn(ctypes.byref(pid), b"/bin/true", actions, None, arguments, arguments)
    os.waitpid(pid.value, 0)


def in_vfork(thread: threading.Thread) -> bool:
    with open("/proc/self/task/%s/status" % thread.native_id) as file:
        return "State:\tD" in file.read()


def status() -> str:
    with open("/proc/self/status") as file:
        return file.read()


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
