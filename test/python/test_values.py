import collections
import unittest

from pyrepl3 import values


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
        kept = values.Values(names)
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
        kept = values.Values(names)
        kept.keep(1)
        for _ in range(2):
            names["a"].append(2)
            kept.restore(1)
        self.assertEqual(names, {"a": [1]})

    def test_what_there_is_no_room_for_is_said(self):
        names = {"big": [[i] for i in range(values.ROOM)]}
        self.assertFalse(values.Values(names).keep(1))

    def test_few_are_kept(self):
        names = {}
        kept = values.Values(names)
        for state in range(100):
            names["n"] = state
            kept.keep(state)
        kept.restore(80)
        self.assertEqual(names["n"], 80)
        self.assertRaises(KeyError, kept.restore, 79)


if __name__ == "__main__":
    unittest.main()
