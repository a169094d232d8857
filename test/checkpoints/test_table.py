"""What comes back, for values of Python's own: saved by one process and restored by another, row by row."""

from __future__ import annotations

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import table
from sessions import Nursery

MODULES = (
    "plain",
    "containers",
    "functions",
    "classes",
    "standard",
    "files",
    "processes",
    "hostile",
    "around",
)


class TableTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        # Of different seeds, as the order of a set differs from one process to the next.
        cls.writers, cls.readers = Nursery(1), Nursery(2)
        cls.addClassCleanup(cls.writers.close)
        cls.addClassCleanup(cls.readers.close)


table.add_tests(TableTest, table.PYTHON)

if __name__ == "__main__":
    unittest.main()
