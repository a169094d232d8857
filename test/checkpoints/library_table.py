"""What comes back, for values of libraries: as `test_table.py`, with the libraries in the path."""

from __future__ import annotations

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import table
from sessions import Nursery

MODULES = ("numbers", "tables", "models")


class LibraryTableTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        # Saved where they have long been loaded, restored where they have not.
        cls.writers, cls.readers = Nursery(1, ("numpy", "pandas")), Nursery(2)
        cls.addClassCleanup(cls.writers.close)
        cls.addClassCleanup(cls.readers.close)


table.add_tests(LibraryTableTest, MODULES)

if __name__ == "__main__":
    unittest.main()
