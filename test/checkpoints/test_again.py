"""A session that came back is saved again: next to nothing is new."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery
from story import Story

LARGE = """
rows = [{'n': i, 'text': 'row %d' % i, 'more': [i, float(i)]} for i in range(20_000)]
words = {'word %d' % i: (i, 'x' * (i % 9)) for i in range(20_000)}
"""


class AgainTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.writers, cls.readers = Nursery(1), Nursery(2)
        cls.addClassCleanup(cls.writers.close)
        cls.addClassCleanup(cls.readers.close)

    def test_what_came_back_is_what_was_saved(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        runs = [*Story(5, False).runs(120), LARGE]
        job = {"act": "save_in_steps", "folder": folder, "runs": ["\n".join(runs)], "names": []}
        saved = self.writers.run(job)
        job = {"act": "save_again", "folder": folder, "manifest": saved["manifest"]}
        again = self.readers.run(job)
        entries = {each["name"]: each for each in saved["contents"]["names"]}
        unsaved = [name for name, entry in entries.items() if entry.get("how") == "unsaved"]
        self.assertEqual([again["changes"]["added"], again["changes"]["removed"]], [[], unsaved])
        # What a library makes of a class may hold texts that are one object here, and two there.
        changed = {entries[name]["type"] for name in again["changes"]["changed"]}
        self.assertEqual(
            {kind for kind in changed if kind[0] not in "DE"} - {"type", "enum.EnumMeta", "enum.EnumType"},
            set(),
        )
        self.assertLess(again["added"], again["size"] / 10)


if __name__ == "__main__":
    unittest.main()
