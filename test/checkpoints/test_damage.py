"""What damage on disk takes is named, and all else comes back."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery

FLIPS = 60
STEPS = [
    """
def f(x):
    return x + 1
class C:
    def __init__(self, v): self.v = v
    def __repr__(self): return 'C(%r)' % self.v
objects = [C(i) for i in range(200)]
text = 'é' * 100_000
for i in range(100): globals()['small%d' % i] = [i, 'text %d' % i]
""",
    """
large = bytearray(bytes(range(256)) * 2000)
table = [{'n': i, 't': 'row %d' % i} for i in range(5000)]
for i in range(50, 150): globals()['small%d' % i] = {'changed': i}
""",
    """
table[100]['n'] = -1
more = [float(i) for i in range(20_000)]
for i in range(40): globals()['late%d' % i] = (i, 'x' * i)
""",
]
NAMES = [
    *("objects", "text", "large", "table", "more"),
    *("small%d" % i for i in range(150)),
    *("late%d" % i for i in range(40)),
]
REASONS = ("its data on disk is damaged", "a part of its data is missing on disk")


class DamageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.writers, cls.readers = Nursery(1), Nursery(2)
        cls.addClassCleanup(cls.writers.close)
        cls.addClassCleanup(cls.readers.close)
        cls.whole = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.whole)
        job = {"act": "save_in_steps", "folder": cls.whole, "runs": STEPS, "names": NAMES}
        cls.saved = cls.writers.run(job)
        cls.packs = sorted(os.listdir(os.path.join(cls.whole, "packs")))

    def look_after(self, damage):
        """Restore a copy of the session in whose packs the damage was done."""
        folder = tempfile.mkdtemp()
        try:
            shutil.copytree(os.path.join(self.whole, "packs"), os.path.join(folder, "packs"))
            damage(os.path.join(folder, "packs"))
            job = {"act": "look", "folder": folder, "manifest": self.saved["manifest"], "names": NAMES}
            return self.readers.run(job)
        finally:
            shutil.rmtree(folder)

    def lost(self, looked):
        """Return the names that are said to be lost; all others are as they were."""
        if "unloadable" in looked:
            self.assertRegex(
                looked["unloadable"], "^its list of names cannot be read: .*; restore an earlier one$"
            )
            return set(NAMES)
        lost = {each["name"]: each["reason"] for each in looked["names"] if each["how"] == "unsaved"}
        for reason in lost.values():
            self.assertTrue(reason.startswith(REASONS), reason)
        kept = {name: value for name, value in self.saved["values"].items() if name not in lost}
        self.assertEqual(looked["values"], kept)
        self.assertTrue({each["how"] for each in looked["names"]} <= {"saved", "unsaved"})
        return set(lost)

    def test_nothing_is_lost_without_damage(self):
        self.assertEqual(self.packs, ["1.pack", "2.pack", "3.pack"])
        self.assertEqual(self.lost(self.look_after(lambda folder: None)), set())

    def test_bits_that_flip_anywhere(self):
        chance = random.Random(5)
        losses = []
        for _ in range(FLIPS):
            pack = chance.choice(self.packs)
            size = os.path.getsize(os.path.join(self.whole, "packs", pack))
            place, bit = chance.randrange(size), chance.randrange(8)
            with self.subTest(pack=pack, place=place, bit=bit):
                losses.append(len(self.lost(self.look_after(lambda folder: flip(folder, pack, place, bit)))))  # noqa: B023
        # Most places are in one piece or other of large data, which takes one name with it.
        self.assertGreater(sum(count <= 3 for count in losses), FLIPS // 2)

    def test_packs_that_are_cut_short_or_gone(self):
        for pack in self.packs:
            size = os.path.getsize(os.path.join(self.whole, "packs", pack))
            for length in (0, 5, size // 2, size - 1):
                with self.subTest(pack=pack, length=length):
                    lost = self.lost(self.look_after(lambda folder: cut(folder, pack, length)))  # noqa: B023
                    self.assertTrue(lost)
            with self.subTest(gone=pack):
                lost = self.lost(self.look_after(lambda folder: os.remove(os.path.join(folder, pack))))  # noqa: B023
                self.assertTrue(lost)

    def test_a_pack_that_is_there_twice(self):
        def damage(folder):
            shutil.copy(os.path.join(folder, "1.pack"), os.path.join(folder, "again.pack"))
            flip(folder, "1.pack", 1000, 3)

        self.assertEqual(self.lost(self.look_after(damage)), set())


def flip(folder, pack, place, bit):
    with open(os.path.join(folder, pack), "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def cut(folder, pack, length):
    os.truncate(os.path.join(folder, pack), length)


if __name__ == "__main__":
    unittest.main()
