"""Every scenario survives: the live process is killed, and a copy takes its place."""

from __future__ import annotations

import faulthandler
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel
from hosts import PATIENCE
from scenarios import SCENARIOS
from scenarios.play import play


class Scenarios(unittest.TestCase):
    """One test for each; see below."""


NEEDS = {
    "Counters": kernel.tells_semaphores,
    "SocketPairs": kernel.tells_peers,
    "ReceivingPool": kernel.tells_peers,
}
"""What a kernel may not tell; what then stays shared or comes back plain is in `python/native/README.md`."""


def test_of(name: str):
    def test(self: unittest.TestCase) -> None:
        if name in NEEDS and not NEEDS[name]():
            self.skipTest("this kernel does not tell enough")
        play(SCENARIOS[name]())

    return test


for name in SCENARIOS:
    setattr(Scenarios, "test_" + name, test_of(name))

if __name__ == "__main__":
    faulthandler.dump_traceback_later(PATIENCE * 7, exit=True)
    unittest.main(warnings="ignore")
