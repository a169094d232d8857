import unittest

from pyrepl3.language import completion


class Trap:
    """Fails the test when its code runs."""

    stored = 1

    def __getattr__(self, name):
        raise AssertionError("__getattr__ ran for %s" % name)

    @property
    def computed(self):
        raise AssertionError("a property ran")

    def method(self):
        pass


class Nested:
    def __init__(self):
        self.trap = Trap()


NAMESPACE = {
    "__builtins__": __builtins__,
    "value": 1,
    "valley": {"north": 1, "nouveau": 2, "it's": 3, 4: 5},
    "trap": Trap(),
    "nested": Nested(),
    "Trap": Trap,
    "unittest": unittest,
}


def texts(line):
    start, matches = completion.complete(line, len(line), NAMESPACE)
    return line[start:], [match["text"] for match in matches]


class CompletionTest(unittest.TestCase):
    def test_names_keywords_and_builtins(self):
        self.assertEqual(texts("x = val"), ("val", ["valley", "value"]))
        self.assertIn("while", texts("whi")[1])
        self.assertIn("print", texts("pri")[1])
        self.assertEqual(texts("")[1], [])

    def test_attributes_without_running_anything(self):
        found = texts("trap.")[1]
        self.assertEqual([name for name in found if name in ("computed", "method", "stored")], found)
        self.assertEqual(texts("nested.trap.st"), ("st", ["stored"]))
        self.assertIn("__class__", texts("trap.__cl")[1])
        # What a property returns is not known without running it.
        self.assertEqual(texts("trap.computed.x")[1], [])

    def test_keys_of_a_dictionary(self):
        self.assertEqual(texts("valley['no"), ("no", ["north']", "nouveau']"]))
        self.assertEqual(texts('valley["it'), ("it", ["it's\"]"]))

    def test_imports(self):
        self.assertIn("collections", texts("import coll")[1])
        self.assertIn("TestCase", texts("from unittest import TestC")[1])
        self.assertIn("mock", texts("import unittest.mo")[1])
        self.assertIn("collections", texts("lazy import coll")[1])
        self.assertIn("TestCase", texts("lazy from unittest import TestC")[1])

    def test_nothing_in_strings_and_comments(self):
        self.assertEqual(texts("x = 'val")[1], [])
        self.assertEqual(texts("# val")[1], [])
        self.assertEqual(texts("f().val")[1], [])

    def test_offsets_count_code_points(self):
        line = "'😀'; val"
        start, _ = completion.complete(line, len(line), NAMESPACE)
        self.assertEqual(start, 5)

    def test_a_class_whose_mro_is_not_its_own_word(self):
        class Meta(type):
            def __getattribute__(cls, name):
                raise AssertionError("__getattribute__ ran for %s" % name)

        trap = Meta("Hidden", (), {"seen": 1})
        start, matches = completion.complete("h.se", 4, {"h": trap, "__builtins__": {}})
        self.assertEqual((start, [match["text"] for match in matches]), (2, ["seen"]))


if __name__ == "__main__":
    unittest.main()
