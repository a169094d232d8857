import os
import select
import subprocess
import sys
import unittest

from pyrepl3.host.beside import Beside
from pyrepl3.host.frozen_state import FrozenState


class Frozen(FrozenState):
    """Starts a process in the place of a copy, which ends when its line is closed."""

    process: subprocess.Popen

    def fork_beside(self, line: int) -> int:
        code = "import socket, sys; socket.socket(fileno=%d).recv(1)" % line
        self.process = subprocess.Popen([sys.executable, "-c", code], pass_fds=[line])
        return self.process.pid


class BesideTest(unittest.TestCase):
    def test_nothing_is_heard_of_a_writer_that_was_reaped_after_its_line_was_polled(self):
        said, poll, frozen = [], select.poll(), Frozen(0, -1, True)
        beside = Beside(said.append, poll)
        beside.begin({"kind": "save", "id": 1}, frozen)
        ((line, _),) = poll.poll(10_000)
        _, status = os.waitpid(frozen.process.pid, 0)
        self.assertTrue(beside.ended(frozen.process.pid, status))
        beside.hear(line)
        self.assertEqual([message["kind"] for message in said], ["unsaved"])

    def test_a_describer_that_ends_without_an_answer_is_told_of(self):
        said, poll, frozen = [], select.poll(), Frozen(0, -1, True)
        beside = Beside(said.append, poll)
        beside.begin({"kind": "inspect", "id": 7}, frozen)
        _, status = os.waitpid(frozen.process.pid, 0)
        self.assertTrue(beside.ended(frozen.process.pid, status))
        reason = "the describer died (status 0)"
        self.assertEqual(said, [{"kind": "uninspected", "id": 7, "reason": reason, "died": True}])

    def test_only_what_was_asked_for_is_ended(self):
        said, poll, frozen = [], select.poll(), Frozen(0, -1, True)
        beside = Beside(said.append, poll)
        beside.begin({"kind": "inspect", "id": 7}, frozen)
        beside.obey({"kind": "cancel", "id": 7}, lambda state: None)
        _, status = os.waitpid(frozen.process.pid, 0)
        self.assertEqual(status, 0)
        beside.ended(frozen.process.pid, status)


if __name__ == "__main__":
    unittest.main()
