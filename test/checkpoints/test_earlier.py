"""A checkpoint that an earlier version wrote comes back whole.

It was written by Python 3.8 before the modules of the Python side had rooms,
and names what only modules of ours have: `type(sys.stdout)`, `getpass` of a
session in batch mode, the error of a value that did not come back.
"""

from __future__ import annotations

import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "earlier")
CHECKS = [
    "numbers == list(range(100))",
    "text == 'é' * 1000",
    "data == b'abc' * 100",
    "bytes(view) == b'abcabc'",
    "not lock.locked()",
    "holes['good'] == 1",
    "'a generator, which stands in the middle' in repr(holes['bad'])",
    "list(views) == ['a']",
    "repr(failure) == \"ValueError('no', 3)\"",
    "type(error).__name__ == 'NotRestored'",
    "error.args == ('this value did not come back with the session: a generator',)",
    "issubclass(Output, __import__('io').TextIOWrapper)",
    "issubclass(Keyboard, __import__('io').TextIOWrapper)",
    "password.__name__ == 'read_password'",
]
CODE_CHECKS = [
    "repr(points) == \"[Point(1, 2), Point('a', None)]\"",
    "same is points",
    "colour is Colour.RED",
    "pair == Pair(1, [2])",
    "add(1) == 3",
    "twice(4) == 8",
    "set(held) == set(points)",
    "first() is points[0]",
]
"""What has byte code, which is of Python 3.8."""
HOLES = {"lost": "unsaved", "holes": "partly"}


class EarlierTest(unittest.TestCase):
    def test_what_an_earlier_version_wrote_comes_back(self):
        readers = Nursery(1)
        self.addCleanup(readers.close)
        with open(os.path.join(FOLDER, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        checks = [*CHECKS, *(CODE_CHECKS if sys.version_info[:2] == (3, 8) else [])]
        loaded = readers.run({"act": "load", "folder": FOLDER, "manifest": manifest, "checks": checks})
        found = {each["name"]: each["how"] for each in loaded["names"]}
        self.assertEqual({name: found[name] for name in HOLES}, HOLES)


if __name__ == "__main__":
    unittest.main()
