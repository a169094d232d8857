import array
import collections
import importlib.util
import os
import sys
import tempfile
import unittest

from pyrepl3.snapshot import value_snapshots


class Plain:
    def __init__(self):
        self.a = [1]


class Watching(Plain):
    """Its methods are the user's code, which must not run."""

    def __setattr__(self, name, value):
        raise AssertionError("__setattr__ was called")

    def __deepcopy__(self, memo):
        raise AssertionError("__deepcopy__ was called")


def watching():
    made = object.__new__(Watching)
    object.__setattr__(made, "a", [1])
    return made


class ValuesTest(unittest.TestCase):
    def back(self, names, act):
        kept = value_snapshots.Values(names)
        self.assertTrue(kept.keep(1))
        act(names)
        kept.restore(1)
        return names

    def test_names(self):
        names = {"kept": 1, "gone": 2}

        def act(names):
            del names["gone"]
            names.update(kept=5, new=6)

        self.assertEqual(self.back(names, act), {"kept": 1, "gone": 2})

    def test_what_containers_hold(self):
        def act(names):
            names["list"].append(9)
            names["dict"]["a"].clear()
            names["set"].discard(1)
            names["deque"].rotate(1)
            names["bytes"][0] = 9
            names["tuple"][0].append(9)
            names["plain"].a = None
            names["watching"].a.append(2)

        names = {
            "list": [1, [2]],
            "dict": {"a": {1: 2}},
            "set": {1},
            "deque": collections.deque([1, 2]),
            "bytes": bytearray(b"a"),
            "tuple": ([1],),
            "plain": Plain(),
            "watching": watching(),
        }
        self.back(names, act)
        self.assertEqual(names["list"], [1, [2]])
        self.assertEqual(names["dict"], {"a": {1: 2}})
        self.assertEqual(names["set"], {1})
        self.assertEqual(list(names["deque"]), [1, 2])
        self.assertEqual(names["bytes"], b"a")
        self.assertEqual(names["tuple"], ([1],))
        self.assertEqual(names["plain"].a, [1])
        self.assertEqual(names["watching"].a, [1])

    def test_identity(self):
        shared = [1]
        names = {"a": shared, "b": {"c": shared}}

        def act(names):
            names["a"].append(2)
            names["b"]["c"] = [1]

        self.back(names, act)
        self.assertIs(names["a"], shared)
        self.assertIs(names["b"]["c"], shared)
        self.assertEqual(shared, [1])

    def test_a_state_can_be_gone_back_to_again(self):
        names = {"a": [1]}
        kept = value_snapshots.Values(names)
        kept.keep(1)
        for _ in range(2):
            names["a"].append(2)
            kept.restore(1)
        self.assertEqual(names, {"a": [1]})

    def test_what_there_is_no_room_for_is_said(self):
        names = {"big": [[i] for i in range(value_snapshots.BUDGET)]}
        self.assertFalse(value_snapshots.Values(names).keep(1))

    def test_few_are_kept(self):
        names = {}
        kept = value_snapshots.Values(names)
        for state in range(100):
            names["n"] = state
            kept.keep(state)
        kept.restore(80)
        self.assertEqual(names["n"], 80)
        self.assertRaises(KeyError, kept.restore, 79)

    def test_what_there_is_no_room_for_is_named_and_left(self):
        names = {
            "big": [[i] for i in range(value_snapshots.BUDGET)],
            "small": [1],
            "long": bytearray(value_snapshots.ARRAY_BUDGET + 1),
        }

        def act(names):
            names["big"].append(1)
            names["small"].append(2)
            names["long"][0] = 1

        self.assertEqual(
            self.undo(names, act),
            ["big was left as it is (it is too large)", "long was left as it is (it is too large)"],
        )
        self.assertEqual(
            (len(names["big"]), names["small"], names["long"][0]), (value_snapshots.BUDGET + 1, [1], 1)
        )

    def undo(self, names, act):
        kept = value_snapshots.Values(names)
        kept.keep(1)
        act(names)
        return kept.restore(1)

    def test_what_cannot_be_put_back_is_named_and_all_else_comes_back(self):
        fixed = bytearray(b"12")
        names = {"fixed": fixed, "clash": {1: 1, Clash(): 2}, "good": [1]}
        views = []

        def act(names):
            fixed.append(3)
            views.append(memoryview(fixed))
            armed.append(1)
            names["good"].append(2)

        self.addCleanup(armed.clear)
        notes = self.undo(names, act)
        self.assertEqual(
            notes[0],
            "fixed could not be put back (BufferError: Existing exports of data: object cannot be re-sized)",
        )
        # Later Pythons fill a dictionary without asking.
        self.assertIn(notes[1:], [[], ["clash could not be put back (SystemExit)"]])
        self.assertEqual(notes[1:] == [], 1 in names["clash"] and len(names["clash"]) == 2)
        self.assertEqual(names["good"], [1])

    def test_many_names_that_do_not_come_back_are_counted(self):
        names = {"n%d" % i: bytearray(b"1") for i in range(20)}
        views = []

        def act(names):
            for each in names.values():
                each.append(2)
                views.append(memoryview(each))

        notes = self.undo(names, act)
        self.assertEqual((len(notes), notes[-1]), (value_snapshots.NAMED + 1, "and 12 more"))

    def test_keys_of_the_namespace_that_are_no_names(self):
        names = {1: [1], "a": [1]}
        self.assertEqual(self.undo(names, lambda names: names.update({2: 3, "a": 2})), [])
        self.assertEqual(names, {1: [1], "a": [1]})

    def test_an_attribute_that_is_code(self):
        names = {"hostile": Hostile(), "a": [1]}
        self.assertEqual(
            self.undo(names, lambda names: names["a"].append(2)), ["hostile was left as it is (SystemExit)"]
        )
        self.assertEqual(names["a"], [1])

    def test_what_holds_nothing(self):
        names = {
            "bytes": bytearray(),
            "list": [],
            "dict": {},
            "set": set(),
            "deque": collections.deque(maxlen=0),
            "array": array.array("d"),
            "view": memoryview(bytearray()),
            "object": object(),
        }
        self.assertEqual(self.undo(names, lambda names: names["bytes"].append(1)), [])
        self.assertEqual(names["bytes"], b"")


def find_numpy():
    """Let NumPy be found where set-up has put it for one version of Python; return whether it is there."""
    here = os.path.dirname(os.path.abspath(__file__))
    packages = os.path.join(here, "..", "..", "..", ".setup", "library-packages")
    tag = "cpython-%d%d" % sys.version_info[:2]
    core = os.path.join(packages, "numpy", "_core")
    if os.path.isdir(core) and any(tag in name for name in os.listdir(core)):
        sys.path.append(packages)
    return importlib.util.find_spec("numpy") is not None


@unittest.skipUnless(find_numpy(), "there is no NumPy for this Python")
class ArraysTest(unittest.TestCase):
    def undo(self, names, act):
        kept = value_snapshots.Values(names)
        kept.keep(1)
        act(names)
        return kept.restore(1)

    def test_all_kinds_of_arrays_come_back(self):
        import numpy  # pyright: ignore[reportMissingImports]

        wide = numpy.arange(20).reshape(4, 5)
        made = {
            "empty": numpy.array([]),
            "hollow": numpy.zeros((3, 0, 2)),
            "single": numpy.array(7),
            "plain": numpy.arange(5.0),
            "swapped": numpy.arange(5).astype(">i2"),
            "complex": numpy.arange(5) * 1j,
            "half": numpy.arange(5).astype("f2"),
            "long": numpy.arange(5).astype("g"),
            "flags": numpy.array([True, False]),
            "dates": numpy.array(["2020-01-01", "NaT"], "M8[D]"),
            "text": numpy.array(["a", "bc"]),
            "bytes": numpy.array([b"a", b"bc"]),
            "objects": numpy.array([None, "a", 3], dtype=object),
            "records": numpy.array([(1, "a", None)], dtype=[("n", "i4"), ("t", "U2"), ("o", "O")]),
            "gaps": wide[::2, ::2],
            "turned": wide.T,
            "backwards": numpy.arange(5)[::-1],
            "over bytes": numpy.frombuffer(bytearray(b"1234"), "u1"),
        }
        expected = {name: each.copy() for name, each in made.items()}
        names = dict(made)

        def act(names):
            for each in made.values():
                each[...] = numpy.zeros(each.shape, each.dtype)

        self.assertEqual(self.undo(names, act), [])
        for name, each in made.items():
            with self.subTest(name):
                self.assertEqual(each.tolist(), expected[name].tolist())

    def test_what_is_in_an_array_of_objects_comes_back_too(self):
        import numpy  # pyright: ignore[reportMissingImports]

        inner = [1]
        names = {"objects": numpy.array([inner, None], dtype=object)}
        self.assertEqual(self.undo(names, lambda names: inner.append(2)), [])
        self.assertEqual(inner, [1])

    def test_arrays_that_have_become_others_are_named(self):
        import numpy  # pyright: ignore[reportMissingImports]

        names = {"resized": numpy.zeros(3), "shaped": numpy.zeros(4), "locked": numpy.zeros(2), "a": [1]}

        def act(names):
            names["resized"].resize(9, refcheck=False)
            names["shaped"].resize((2, 2), refcheck=False)
            names["locked"].flags.writeable = False
            names["a"].append(2)

        self.assertEqual(
            self.undo(names, act),
            [
                "resized could not be put back (ValueError: its shape or type is another)",
                "shaped could not be put back (ValueError: its shape or type is another)",
                "locked could not be put back (ValueError: assignment destination is read-only)",
            ],
        )
        self.assertEqual(names["a"], [1])

    def test_what_is_mapped_is_named_and_left_alone(self):
        import numpy  # pyright: ignore[reportMissingImports]

        with tempfile.NamedTemporaryFile() as file:
            file.write(b"1234")
            file.flush()
            mapped = numpy.asarray(numpy.memmap(file.name, "u1", "r+"))
            names = {"mapped": mapped}
            self.assertEqual(
                self.undo(names, lambda names: mapped.fill(0)),
                ["mapped was left as it is (its memory is not Python's alone)"],
            )
            self.assertEqual(bytes(mapped), bytes(4))

    def test_what_cannot_be_written_to_is_left_alone(self):
        import numpy  # pyright: ignore[reportMissingImports]

        names = {
            "fixed": numpy.frombuffer(b"1234", "u1"),
            "view": numpy.broadcast_to(numpy.arange(3), (2, 3)),
        }
        self.assertEqual(self.undo(names, lambda names: None), [])


armed = []


class Clash:
    """Its equal is asked for when a dictionary is filled, as its hash is that of another key."""

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if armed:
            raise SystemExit
        return False


class Hostile:
    @property
    def __dict__(self):  # pyright: ignore[reportIncompatibleVariableOverride]
        raise SystemExit


if __name__ == "__main__":
    unittest.main()
