"""A session of two hundred runs goes on in another process as it would have in its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery
from story import Story

RUNS, MORE = 200, 20
HAS_LIBRARIES = bool(os.environ.get("PYREPL3_TEST_LIBRARIES"))


class SessionsTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        # Of the same seed, or sets would be printed in another order.
        cls.writers, cls.readers = Nursery(3), Nursery(3)
        cls.addClassCleanup(cls.writers.close)
        cls.addClassCleanup(cls.readers.close)

    def test_a_long_session(self):
        for seed in range(3):
            with self.subTest(seed=seed):
                self.go_and_come_back(seed)

    def go_and_come_back(self, seed):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        story = Story(seed, HAS_LIBRARIES)
        runs, more = story.runs(RUNS), story.endings(MORE)
        self.assertEqual([len(runs), len(more)], [RUNS, MORE])
        went = self.writers.run({"act": "go_on", "folder": folder, "runs": runs, "more": more})
        job = {"act": "come_back", "folder": folder, "manifest": went["manifest"], "last": RUNS, "more": more}
        came = self.readers.run(job)
        for number, (one, other) in enumerate(zip(went["said"], came["said"])):
            self.assertEqual(one, other, more[number])
        self.assertEqual(came["notes"], [])
        hows = [
            {each["name"]: each.get("how", "saved") for each in names}
            for names in (went["names"], came["names"])
        ]
        self.assertEqual(*hows)


if __name__ == "__main__":
    unittest.main()
