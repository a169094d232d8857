import json
import os
import sys
import textwrap
import threading
import unittest

from pyrepl3.describer import describer


def answers(code, **question):
    """Return all that a describer sends of the names that the code makes."""
    namespace = {"__name__": "__main__"}
    exec(textwrap.dedent(code), namespace)
    sent = []

    def send(message, payload=b""):
        rows = json.loads(payload) if payload else []
        sent.append((message, rows))

    describer.answer(whole(**question), namespace, send)
    return sent


def whole(**question):
    """Return a question with what the others have in common."""
    common = {"kind": "inspect", "id": 1, "state": 1, "wanted": "parts", "asks": True}
    return {**common, "path": [], "first": 0, "most": 1000, **question}


def listed(code, **question):
    """Return the rows of the last answer, by their names."""
    return {row["name"]: row for row in answers(code, **question)[-1][1]}


def hostile(body, method="__repr__"):
    """Return the row of a value with this method; the next one must be none the worse for it."""
    code = """
        import os, signal, sys, threading, time
        class Hostile:
            def METHOD(self): BODY
        class Plain:
            def __repr__(self): return "plain"
        hostile = Hostile()
        behind = Plain()
    """.replace("METHOD", method).replace("BODY", body)
    rows = listed(code)
    behind = rows["behind"]
    assert (behind["text"], behind["trouble"]) == ("plain", None), behind
    return rows["hostile"]


class HostileValuesTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, describer, "PATIENCE_S", describer.PATIENCE_S)
        self.before = children()

    def tearDown(self):
        self.assertEqual(children(), self.before)

    def test_one_that_sleeps_for_ever_is_given_up(self):
        describer.PATIENCE_S = 0.5
        row = hostile("time.sleep(1e6)")
        self.assertEqual((row["text"], row["trouble"]), ("<Hostile>", "when asked it took longer than 0.5 s"))

    def test_one_that_computes_for_ever_is_given_up(self):
        describer.PATIENCE_S = 0.5
        self.assertEqual(
            hostile("[0 for _ in iter(int, 1)]")["trouble"], "when asked it took longer than 0.5 s"
        )

    def test_what_is_known_without_it_is_told_first(self):
        describer.PATIENCE_S = 0.5
        code = "import time\nnumber = 7\nclass Late:\n  def __repr__(self): time.sleep(1e6)\nlate = Late()"
        (first, early), (last, rows) = answers(code)
        self.assertEqual((first["whole"], last["whole"]), (False, True))
        self.assertEqual([row["text"] for row in early if row["name"] == "number"], ["7"])
        self.assertEqual([row["trouble"] for row in early], [None] * 4)
        self.assertEqual(len(rows), 4)

    def test_many_that_sleep_take_no_longer_than_all_are_given(self):
        describer.PATIENCE_S = 0.2
        self.addCleanup(setattr, describer, "ALL_PATIENCE_S", describer.ALL_PATIENCE_S)
        describer.ALL_PATIENCE_S = 0.5
        rows = listed("""
            import time
            class Late:
                def __repr__(self): time.sleep(1e6)
            globals().update(("v%d" % n, Late()) for n in range(90))
        """)
        self.assertEqual(rows["v0"]["trouble"], "when asked it took longer than 0.2 s")
        self.assertEqual(rows["v89"]["trouble"], "was not asked, as others took too long")

    def test_one_that_raises_is_told_with_its_words(self):
        self.assertEqual(
            hostile("raise ValueError('no\\nway')")["trouble"], "its __repr__ raised ValueError: no way"
        )

    def test_one_whose_error_cannot_be_told_either(self):
        row = hostile("raise type('E', (Exception,), {'__str__': lambda self: 1 / 0})()")
        self.assertEqual(row["trouble"], "its __repr__ raised E")

    def test_one_that_raises_what_ends_programs(self):
        self.assertEqual(hostile("sys.exit(3)")["trouble"], "its __repr__ raised SystemExit: 3")
        self.assertEqual(
            hostile("raise KeyboardInterrupt")["trouble"], "its __repr__ raised KeyboardInterrupt"
        )

    def test_one_that_recurses(self):
        self.assertIn("RecursionError", hostile("return repr(self)")["trouble"])

    def test_one_that_takes_all_memory(self):
        self.assertEqual(hostile("return 'x' * (20 << 30)")["trouble"], "its __repr__ raised MemoryError")

    def test_one_that_exits(self):
        self.assertEqual(hostile("os._exit(3)")["trouble"], "when asked it ended the process (status 3)")
        self.assertEqual(hostile("os._exit(0)")["trouble"], "when asked it ended the process (status 0)")

    def test_one_that_ends_by_a_signal(self):
        for name in ("SIGKILL", "SIGABRT", "SIGTERM"):
            row = hostile("os.kill(os.getpid(), signal.%s)" % name)
            self.assertEqual(row["trouble"], "when asked it ended the process (%s)" % name)

    def test_one_that_stops_itself(self):
        describer.PATIENCE_S = 0.5
        row = hostile("os.kill(os.getpid(), signal.SIGSTOP)")
        self.assertEqual(row["trouble"], "when asked it took longer than 0.5 s")

    def test_one_that_forks_and_starts_threads_leaves_nothing_behind(self):
        describer.PATIENCE_S = 0.5
        row = hostile("os.fork(); threading.Thread(target=time.sleep, args=(1e6,)).start(); time.sleep(1e6)")
        self.assertIn("took longer", row["trouble"])

    def test_one_that_closes_and_writes_everywhere(self):
        row = hostile(
            "[os.write(n, b'x' * 99) for n in range(3, 300) if os.path.exists('/proc/self/fd/%d' % n)]"
        )
        self.assertIsNotNone(row["trouble"])
        self.assertIn("ended the process", hostile("os.closerange(3, 300)")["trouble"])

    def test_one_that_changes_others_in_its_own_process_alone(self):
        hostile("sys.modules['__main__'].__dict__.clear(); behind.__dict__.clear(); return 'x'")

    def test_one_that_returns_no_text(self):
        self.assertIn("TypeError", hostile("return 7")["trouble"])

    def test_a_hostile_length_leaves_the_text(self):
        row = hostile("raise ValueError('no')", "__len__")
        self.assertIn("Hostile object", row["text"])
        self.assertEqual((row["length"], row["trouble"]), (None, "its __len__ raised ValueError: no"))

    def test_a_hostile_property_leaves_the_text(self):
        row = hostile("raise RuntimeError('no shape')\n            shape = property(shape)", "shape")
        self.assertIn("Hostile object", row["text"])
        self.assertEqual(row["trouble"], "its shape raised RuntimeError: no shape")

    def test_one_within_a_list_harms_the_list_alone(self):
        code = "import os\nclass Dies:\n  def __repr__(self): os.abort()\nall = [1, Dies(), 2]\nnumber = 7"
        rows = listed(code)
        self.assertEqual(rows["all"]["text"], "[1, <Dies>, 2]")
        self.assertEqual(rows["all"]["trouble"], "when asked it ended the process (SIGABRT)")
        self.assertEqual((rows["number"]["text"], rows["number"]["trouble"]), ("7", None))

    def test_a_metaclass_is_not_asked(self):
        code = """
            class Meta(type):
                def __hash__(self): raise SystemExit
                def __eq__(self, other): raise SystemExit
                def __repr__(self): raise SystemExit
                def __instancecheck__(self, other): raise SystemExit
            class Kind(metaclass=Meta): pass
            value = Kind()
        """
        rows = listed(code)
        self.assertEqual((rows["Kind"]["text"], rows["Kind"]["trouble"]), ("class Kind", None))


class ListingTest(unittest.TestCase):
    def test_tells_of_values_of_known_types(self):
        rows = listed("""
            import math
            number, large, text, blob = 7, 1 << 9000, "é" * 500, b"ab"
            pair, empty, names, nested = (1,), set(), {"a": [1, 2]}, [[[[[[1]]]]]]
            def function(first, /, second, *rest, key, **others): pass
            def bare(*, key): pass
            class Kind: pass
        """)
        texts = {name: row["text"] for name, row in rows.items()}
        self.assertEqual(texts["number"], "7")
        self.assertEqual(texts["large"], "an integer of 9,001 bits")
        self.assertEqual((len(texts["text"]), rows["text"]["length"]), (120, 500))
        self.assertEqual((texts["pair"], texts["empty"], texts["names"]), ("(1,)", "set()", "{'a': [1, 2]}"))
        self.assertEqual(texts["nested"], "[[[[[…]]]]]")
        self.assertEqual(texts["function"], "function(first, second, *rest, key, **others)")
        self.assertEqual(
            (texts["bare"], texts["Kind"], texts["math"]), ("bare(*, key)", "class Kind", "math")
        )
        self.assertEqual(
            [rows[name]["group"] for name in ("math", "function", "Kind", "number")],
            ["module", "definition", "definition", "data"],
        )
        self.assertEqual(
            (rows["names"]["length"], rows["names"]["inside"], rows["number"]["inside"]), (1, True, False)
        )

    def test_a_container_within_itself_comes_to_an_end(self):
        self.assertEqual(listed("a = []; a.append(a)")["a"]["text"], "[[[[[…]]]]]")

    def test_tells_which_names_stand_for_one_object(self):
        rows = listed("a = [1]; b = a; c = [1]; d = e = 7")
        self.assertEqual([rows[name]["same"] for name in "abcde"], [["b"], ["a"], [], [], []])

    def test_estimates_sizes_without_looking_at_all_parts(self):
        rows = listed("few = [1, 2]; many = list(range(10 ** 6)); deep = [[0] * 100 for _ in range(100)]")
        self.assertEqual((rows["few"]["size"], rows["few"]["rough"]), (size([1, 2]), False))
        self.assertTrue(rows["many"]["rough"])
        self.assertTrue(30e6 < rows["many"]["size"] < 40e6, rows["many"]["size"])
        self.assertTrue(rows["deep"]["rough"])

    def test_lists_what_is_inside(self):
        code = """
            class Slotted: __slots__ = ("one", "two")
            class Kind: pass
            value = Kind()
            value.slotted = Slotted()
            value.slotted.one = [5, {"key": 6}]
        """
        self.assertEqual(list(listed(code, path=["value"])), [".slotted"])
        self.assertEqual(list(listed(code, path=["value", 0])), [".one"])
        self.assertEqual(list(listed(code, path=["value", 0, 0])), ["[0]", "[1]"])
        self.assertEqual(listed(code, path=["value", 0, 0, 1])["['key']"]["text"], "6")

    def test_lists_a_page(self):
        message, rows = answers("a = list(range(1000))", path=["a"], first=500, most=3)[-1]
        self.assertEqual(message["count"], 1000)
        self.assertEqual(
            [(row["name"], row["text"]) for row in rows], [("[%d]" % n, str(n)) for n in (500, 501, 502)]
        )

    def test_says_where_a_path_leads_nowhere(self):
        reasons = [answers("a = [1]", path=path)[0][0]["reason"] for path in (["b"], ["a", 1], ["a", 0, 0])]
        self.assertEqual(reasons, ["there is no name b", "a has no part 1", "a has no part 0"])

    def test_the_live_state_tells_what_needs_no_code_of_the_users(self):
        namespace = {}
        code = "class Kind:\n  def __repr__(self): raise SystemExit\na, b, c = 1, Kind(), [Kind()]"
        exec(code, namespace)
        sent = []
        describer.answer_unasked(
            whole(most=9), namespace, lambda message, payload: sent.append((message, payload))
        )
        ((message, payload),) = sent
        rows = {row["name"]: row["text"] for row in json.loads(payload)}
        self.assertEqual(
            (rows["a"], rows["b"], rows["c"], message["whole"]), ("1", "<Kind>", "[<Kind>]", True)
        )


class ExplainingTest(unittest.TestCase):
    def explained(self, code, *path):
        return answers(code, wanted="source", path=list(path))[-1]

    def test_tells_what_is_known_of_a_function_of_a_module(self):
        _, (told,) = self.explained("import textwrap", "textwrap", "dedent")
        self.assertEqual(told["signature"], "(text)")
        self.assertIn("Remove any common leading whitespace", told["documentation"])
        self.assertTrue(told["file"].endswith("textwrap.py"), told["file"])
        self.assertTrue(told["source"].startswith("def dedent(text):"), told["source"])

    def test_an_attribute_that_does_not_answer_costs_the_answer_alone(self):
        self.addCleanup(setattr, describer, "FIRST_PATIENCE_S", describer.FIRST_PATIENCE_S)
        describer.FIRST_PATIENCE_S = 0.5
        code = "import time\nclass Odd:\n  late = property(lambda self: time.sleep(1e6))\nodd = Odd()"
        message, _ = self.explained(code, "odd", "late")
        self.assertEqual(message["reason"], "the listing took longer than 0.5 s")

    def test_a_value_that_dies_leaves_what_is_known_without_it(self):
        code = "import os\nclass Odd:\n  'Known.'\n  def __repr__(self): os._exit(3)\nodd = Odd()"
        _, (told,) = self.explained(code, "odd")
        self.assertEqual(told["documentation"], "Known.")
        self.assertEqual(told["trouble"], "when asked it ended the process (status 3)")

    def test_says_that_there_is_no_such_attribute(self):
        message, _ = self.explained("import textwrap", "textwrap", "nothing")
        self.assertEqual(message["reason"], "textwrap has no attribute nothing")


def size(numbers):
    return sys.getsizeof(numbers) + sum(map(sys.getsizeof, numbers))


def children():
    with open("/proc/self/task/%d/children" % os.getpid()) as file:
        return file.read().split()


if __name__ == "__main__":
    assert threading.active_count() == 1
    unittest.main()
