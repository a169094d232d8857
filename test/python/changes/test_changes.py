import collections
import enum
import sys
import unittest

from pyrepl3.changes import changes


class Slotted:
    __slots__ = ("a",)

    def __init__(self):
        self.a = [1]


class Plain:
    def __init__(self):
        self.a = {"b": [1]}


class Watching(dict):
    """Its methods are the user's code, which must not run."""

    def __iter__(self):
        raise AssertionError("__iter__ was called")

    def __getitem__(self, key):
        raise AssertionError("__getitem__ was called")

    def __eq__(self, other):
        raise AssertionError("__eq__ was called")

    def __hash__(self):  # pyright: ignore[reportIncompatibleVariableOverride]
        raise AssertionError("__hash__ was called")

    def __getattribute__(self, name):
        raise AssertionError("%s was looked up" % name)


def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step


def numbers():
    yield 1
    yield 2


def close_loop(names):
    names["x"].append(names["x"])


IN_PLACE = {
    "list.append": ([1], lambda x: x.append(2)),
    "list item, an equal float": ([1.5, 2.5], lambda x: x.__setitem__(0, 3.5)),
    "list.sort": ([2, 1], lambda x: x.sort()),
    "dict item": ({"a": 1}, lambda x: x.update(a=2)),
    "dict key": ({"a": 1}, lambda x: x.pop("a")),
    "set.add": ({1}, lambda x: x.add(2)),
    "deque": (collections.deque([1]), lambda x: x.append(2)),
    "Counter": (collections.Counter("a"), lambda x: x.update("b")),
    "bytearray": (bytearray(b"a"), lambda x: x.extend(b"b")),
    "nested list": ([[1], (2, [3])], lambda x: x[1][1].append(4)),
    "instance": (Plain(), lambda x: setattr(x, "a", 1)),
    "deep in an instance": (Plain(), lambda x: x.a["b"].append(2)),
    "slots": (Slotted(), lambda x: x.a.append(2)),
    "closure": (counter(), lambda x: x()),
    "generator": (numbers(), lambda x: next(x)),
    "function attribute": (counter(), lambda x: setattr(x, "note", 1)),
    "subclass of dict": (Watching(a=1), lambda x: dict.__setitem__(x, "b", 2)),
    "itself": ([], lambda x: x.append(x)),
}


class ChangesTest(unittest.TestCase):
    def of(self, before, act):
        found = changes.Changes(before)
        found.begin()
        act(before)
        return found.end()

    def test_names(self):
        names = {"kept": 1, "gone": 2, "other": 3, "__name__": "x"}

        def act(names):
            del names["gone"]
            names["other"] = 4
            names["new"] = 5
            names["__doc__"] = "no name of the user's"

        self.assertEqual(
            self.of(names, act),
            {
                "added": ["new"],
                "rebound": ["other"],
                "changed": [],
                "removed": ["gone"],
                "skipped": [],
                "more": 0,
            },
        )

    def test_changes_in_place(self):
        for what, (value, act) in IN_PLACE.items():
            with self.subTest(what):
                names = {"x": value, "still": [1, 2]}
                self.assertEqual(self.of(names, lambda names, act=act: act(names["x"]))["changed"], ["x"])

    def test_nothing(self):
        names = {what: value for what, (value, _) in IN_PLACE.items()}
        names.update(unit=unittest, kind=enum.Enum, number=1)
        found = self.of(names, lambda names: None)
        self.assertEqual({name for kind in found.values() if kind for name in kind}, set())

    def test_a_class_of_the_prompt(self):
        kind = type("Own", (), {"__module__": "__main__", "limit": 1})
        self.assertEqual(self.of({"Own": kind}, lambda names: setattr(kind, "limit", 2))["changed"], ["Own"])

    def test_what_is_too_large_is_said_to_be(self):
        names = {"big": [[i] for i in range(20_000)], "small": [1]}
        found = self.of(names, lambda names: names["small"].append(2))
        self.assertEqual((found["changed"], found["skipped"]), (["small"], ["big"]))

    def test_nothing_is_kept_alive(self):
        import weakref

        names = {"x": Plain()}
        found = changes.Changes(names)
        found.begin()
        watch = weakref.ref(names["x"])
        del names["x"]
        self.assertIsNone(watch())
        found.end()

    def test_names_that_are_no_plain_text(self):
        class Name(str):
            def __hash__(self):
                if is_running:
                    raise AssertionError("this is the user's code")
                return str.__hash__(self)

            __eq__ = str.__eq__

        is_running = False
        names = {Name("odd"): 1, 5: 2, "x": 3}
        is_running = True
        found = self.of(names, lambda names: names.update(x=4, y=5))
        self.assertEqual((found["added"], found["rebound"]), (["y"], ["x"]))

    def test_many_runs_in_a_row(self):
        names = {}
        found = changes.Changes(names)
        found.begin()
        told = []
        for act in (
            lambda: names.update(a=1, b=[1], c="x" * 5000, d=None),
            lambda: names["b"].append(2),
            lambda: names.update(d=[]),
            lambda: names["d"].append(1),
            lambda: (names.pop("a"), names.update(a=1)),
            lambda: (names.pop("b"), names.pop("c")),
            lambda: names.update(d=1.5, c="y" * 5000),
            lambda: names.update(c="z" * 5000, a=2),
            lambda: None,
            lambda: names.clear(),
        ):
            act()
            end = found.end()
            told.append({kind: end[kind] for kind in end if end[kind]})
        self.assertEqual(
            told,
            [
                {"added": ["a", "b", "c", "d"]},
                {"changed": ["b"]},
                {"rebound": ["d"]},
                {"changed": ["d"]},
                {},
                {"removed": ["b", "c"]},
                {"added": ["c"], "rebound": ["d"]},
                {"rebound": ["a", "c"]},
                {},
                {"removed": ["d", "a", "c"]},
            ],
        )

    def test_a_thread_that_goes_on_is_as_it_was(self):
        import threading

        from pyrepl3.stdio import output, streams

        outlet = output.Outlet(1)
        before, sys.stderr = sys.stderr, streams.Stream(outlet, outlet.sink, "<stderr>", "utf-8", "strict")
        try:
            gate = threading.Event()
            thread = threading.Thread(target=gate.wait, daemon=True)
            thread.start()
            found = self.of({"thread": thread}, lambda names: sys.stderr.__dict__.update(lines=5))
            gate.set()
            thread.join()
        finally:
            sys.stderr = before
        self.assertEqual(found["changed"], [])

    def test_numbers_at_one_address(self):
        self.assertEqual(self.of({"n": 1000}, lambda names: names.update(n=names["n"] + 1))["rebound"], ["n"])

    def test_the_look_is_bounded(self):
        names = {"n%d" % i: [[j] for j in range(5_000)] for i in range(100)}
        found = self.of(names, lambda names: None)
        self.assertGreater(len(found["skipped"]), 50)

    def test_long_lists_are_cut_and_counted(self):
        found = self.of({}, lambda names: names.update(("n%d" % i, i) for i in range(250)))
        self.assertEqual((len(found["added"]), found["more"]), (100, 150))


if __name__ == "__main__":
    unittest.main()
