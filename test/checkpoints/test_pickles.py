"""Pickles, before they are cut into pieces: their frames are taken out, and they mean the same."""

from __future__ import annotations

import io
import pickle
import pickletools
import random
import unittest

from pyrepl3.checkpoints.save import pickle_frames, pickler

TEXTS = (0, 1, 5, 255, 256, 65_530, 65_536, 70_000, 200_000)
"""The lengths of texts: those of 64 KiB stand between frames."""


def made_up(chance: random.Random, depth: int = 0):
    """Return some value of plain types."""
    if depth > 3 or chance.random() < 0.4:
        length = chance.choice(TEXTS)
        return chance.choice(
            [
                *(None, True, chance.random(), chance.randrange(-5, 10**9), 10**50),
                *("x" * length, "é" * (length // 2), b"b" * length, bytearray(b"c" * length)),
            ]
        )
    items = [made_up(chance, depth + 1) for _ in range(chance.randrange(5))]
    return chance.choice([items, tuple(items), dict(enumerate(items)), {"shared": items, "again": items}])


class PicklesTest(unittest.TestCase):
    def test_frames_are_not_missed(self):
        for seed in range(400):
            value = made_up(random.Random(seed))
            for make in (pickle.Pickler, pickle._Pickler):
                data = dumps(make, value)
                bare = pickle_frames.without_frames(data)
                with self.subTest(seed=seed, make=make):
                    self.assertEqual(pickle.loads(bare), value)
                    self.assertEqual(pickle.dumps(pickle.loads(bare)), pickle.dumps(value))
                    self.assertLessEqual(len(bare), len(data))
                    self.assertNotIn("FRAME", names_of_operations(bare))

    def test_a_text_that_grows_moves_nothing_before_or_behind_it(self):
        rows = [{"n": i, "text": "row %d" % i} for i in range(20_000)]
        one = pickle_frames.without_frames(dumps(pickle.Pickler, rows))
        rows[10_000]["text"] += " and more"
        other = pickle_frames.without_frames(dumps(pickle.Pickler, rows))
        changed = len(other) - len(one)
        ahead = next(i for i, (a, b) in enumerate(zip(one, other)) if a != b)
        behind = next(i for i, (a, b) in enumerate(zip(reversed(one), reversed(other))) if a != b)
        self.assertEqual(changed, len(" and more"))
        self.assertGreaterEqual(ahead + behind, len(one) - 20)

    def test_a_pickle_that_grows_too_large_is_given_up(self):
        bounded = pickler.Bounded(1 << 16)
        with self.assertRaises(pickler.TooLarge):
            pickle.dump(["x" * 100 + str(i) for i in range(10_000)], bounded, 5)


def dumps(make, value):
    file = io.BytesIO()
    make(file, 5).dump(value)
    return file.getvalue()


def names_of_operations(data):
    return [operation.name for operation, _, _ in pickletools.genops(data)]


if __name__ == "__main__":
    unittest.main()
