"""Where a process is not copied at all, because of who runs it or what it is, and what is said about it."""

from __future__ import annotations

import faulthandler
import glob
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE, Host, Link
from pyrepl3.snapshot import native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

WATCHED = (
    "from pyrepl3.snapshot.freezer import Freezer; f = Freezer(); f.load(); print(f.method, 'because', f.why)"
)
EMULATOR = "qemu-" + os.uname().machine


class Watchers(unittest.TestCase):
    """Who keeps a process in its hand and would lose hold of a copy."""

    def test_each_is_known_by_a_file_that_it_maps(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for mark, name in native.WATCHERS.items():
                self.assertEqual(native.watcher(), "")
                with open(os.path.join(folder, mark.strip("/")), "w+b") as file:
                    file.write(b"x")
                    file.flush()
                    with mmap.mmap(file.fileno(), 1, prot=mmap.PROT_READ):
                        self.assertEqual(native.watcher(), name + " is in use")

    @unittest.skipIf(shutil.which("valgrind") is None, "there is no valgrind")
    def test_valgrind(self) -> None:
        self.assertEqual(run("valgrind", "--tool=none", "--quiet"), "fork because valgrind is in use")

    @unittest.skipIf(shutil.which(EMULATOR) is None, "there is no emulator")
    def test_an_emulator(self) -> None:
        self.assertEqual(run(EMULATOR), "fork because an emulator is in use")

    def test_sanitizers(self) -> None:
        found = {
            name: sorted(glob.glob("/usr/lib/%s-linux-gnu/lib%s.so.*" % (os.uname().machine, name)))
            for name in ("asan", "tsan", "ubsan", "lsan")
        }
        for name, files in found.items():
            if files:
                with self.subTest(sanitizer=name):
                    self.assertEqual(run(preloaded=files[0]), "fork because a sanitizer is in use")
        if not any(found.values()):
            self.skipTest("there are no sanitizers")


class Kinds(unittest.TestCase):
    """Pythons and systems of another kind. Those that Debian does not have are pretended."""

    @unittest.skipIf(shutil.which("pypy3") is None, "there is no PyPy")
    def test_pypy(self) -> None:
        self.assertEqual(run(python="pypy3"), "None because only CPython on 64-bit Linux can be copied")

    def test_a_free_threaded_build(self) -> None:
        with unittest.mock.patch.object(sys, "abiflags", "t"):
            self.assertEqual(native.obstacle(), "free-threaded Pythons cannot be copied with their threads")

    def test_another_c_library(self) -> None:
        for answer in (unittest.mock.Mock(return_value=None), unittest.mock.Mock(side_effect=ValueError)):
            with unittest.mock.patch.object(os, "confstr", answer):
                self.assertEqual(native.obstacle(), "this system's C library is not glibc")


@unittest.skipIf(os.getuid() != 0, "only root may make namespaces everywhere")
class Namespaces(unittest.TestCase):
    def test_the_first_process_of_a_container(self) -> None:
        def program(link: Link) -> None:
            if not kernel.has_namespace_of_its_own(kernel.CLONE_NEWPID):
                link.say("forbidden")
            first = os.fork()
            if first == 0:
                link.say(link.attempt())
                os._exit(0)
            os.waitpid(first, 0)

        self.assert_said(program, "it is the first process of its container")

    def test_devices_that_keep_state_of_the_process(self) -> None:
        for path, name in (
            ("/dev/nvidia0", "an NVIDIA device"),
            ("/dev/nvidia-uvm", "an NVIDIA device"),
            ("/dev/kfd", "an AMD device"),
            ("/dev/infiniband/uverbs0", "InfiniBand"),
        ):
            with self.subTest(device=path):
                self.assert_said(
                    lambda link, path=path: link.say(attempt_beside(link, path)), name + " is in use"
                )

    def assert_said(self, program: Callable[[Link], None], text: str) -> None:
        with Host() as host:
            host.start(program)
            said = host.hear()
        if said == "forbidden":
            self.skipTest("the system forbids it")
        self.assertEqual(said, text)


def run(*runner: str, python: str = sys.executable, preloaded: str = "") -> str:
    """Return how a Python that is run so would be copied."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.path.dirname(os.path.dirname(os.path.dirname(native.__file__))),
    }
    if preloaded:
        environment.update(LD_PRELOAD=preloaded, ASAN_OPTIONS="detect_leaks=0", LSAN_OPTIONS="detect_leaks=0")
    command = [*runner, python, "-S", "-c", WATCHED]
    return subprocess.check_output(command, env=environment, timeout=PATIENCE * 2).decode().strip()


def attempt_beside(link: Link, device: str) -> str:
    """Try to freeze with a device open that answers like `/dev/null` but for its name."""
    try:
        kernel.mount_memory_over("/dev")
        os.makedirs(os.path.dirname(device), exist_ok=True)
        os.mknod(device, 0o20600, os.makedev(1, 3))
        descriptor = os.open(device, os.O_RDWR)
    except (AssertionError, PermissionError):
        return "forbidden"
    said = link.attempt()
    os.close(descriptor)
    # It is the device that is refused, and nothing else of what was prepared here.
    after = link.attempt()
    return said if after in ("frozen", "woken") else after


if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
