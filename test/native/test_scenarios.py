"""Every scenario survives: the live process is killed, and a copy takes its place."""

from __future__ import annotations

import faulthandler
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from scenarios import SCENARIOS
from scenarios.play import play


class Scenarios(unittest.TestCase):
    """One test for each; see below."""


def test_of(name: str):
    def test(self: unittest.TestCase) -> None:
        play(SCENARIOS[name]())

    return test


for name in SCENARIOS:
    setattr(Scenarios, "test_" + name, test_of(name))

if __name__ == "__main__":
    faulthandler.dump_traceback_later(100, exit=True)
    unittest.main(warnings="ignore")
