import os
import select
import subprocess
import sys
import unittest

from pyrepl3.host.checkpoint_writers import CheckpointWriters
from pyrepl3.host.frozen_state import FrozenState


class Frozen(FrozenState):
    """Starts a process in the place of a copy, which ends when its line is closed."""

    process: subprocess.Popen

    def fork_writer(self, line: int) -> int:
        code = "import socket, sys; socket.socket(fileno=%d).recv(1)" % line
        self.process = subprocess.Popen([sys.executable, "-c", code], pass_fds=[line])
        return self.process.pid


class CheckpointWritersTest(unittest.TestCase):
    def test_nothing_is_heard_of_a_writer_that_was_reaped_after_its_line_was_polled(self):
        said, poll, frozen = [], select.poll(), Frozen(0, -1, True)
        writers = CheckpointWriters(said.append, poll)
        writers.begin({"kind": "save", "id": 1}, frozen)
        ((line, _),) = poll.poll(10_000)
        _, status = os.waitpid(frozen.process.pid, 0)
        self.assertTrue(writers.ended(frozen.process.pid, status))
        writers.hear(line)
        self.assertEqual([message["kind"] for message in said], ["unsaved"])


if __name__ == "__main__":
    unittest.main()
