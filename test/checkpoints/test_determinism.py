"""One state gives the same bytes however often it is saved: what is there already is not written again."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery
from table import PYTHON, Row, rows

CHANGING = ("an object that is not the same each time",)
LONG = ("lists nested deeply", "instances linked deeply", "objects that come to no end")
"""As long as all others together: in `npm run test:all`."""


class DeterminismTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.nursery = Nursery(0)
        cls.addClassCleanup(cls.nursery.close)

    def save_twice(self, row: Row):
        folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        job = {
            "act": "save_twice",
            "folder": folder,
            "work": folder,
            "imports": row.imports,
            "runs": row.runs,
        }
        return self.nursery.run(job)["packs"]

    def test_each_row_of_the_table(self):
        for row in rows(*PYTHON):
            if row.title in CHANGING or (row.title in LONG and os.environ.get("PYREPL3_EVERY") != "1"):
                continue
            with self.subTest(row.title):
                one, other = self.save_twice(row)
                self.assertTrue(one == other, "the bytes differ")
                self.assertEqual(list(one), ["1.pack"])


if __name__ == "__main__":
    unittest.main()
