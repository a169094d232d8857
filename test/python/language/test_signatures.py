import unittest

from pyrepl3.language import signatures


class Loud:
    def __repr__(self):
        raise AssertionError("__repr__ ran")


LOUD = Loud()


def greet(name, greeting="hello", *, loud=False, extra=LOUD):
    """Greet somebody.

    And more.
    """


class Point:
    """A point."""

    def __init__(self, x: float, y: float = 0.0):
        pass

    def move(self, dx, dy):
        pass


NAMESPACE = {"__builtins__": __builtins__, "greet": greet, "Point": Point, "point": Point(1)}


def describe(line):
    found = signatures.describe(line, len(line), NAMESPACE)
    return found["signature"], found["parameter"]


class SignatureTest(unittest.TestCase):
    def test_a_function_and_the_parameter_at_the_cursor(self):
        text = "greet(name, greeting='hello', *, loud=False, extra=...)"
        self.assertEqual(describe("greet("), (text, 0))
        self.assertEqual(describe("greet('Ann', "), (text, 1))
        self.assertEqual(describe("greet((1, 2), [3, 4], loud="), (text, 2))
        self.assertEqual(signatures.describe("greet(", 6, NAMESPACE)["summary"], "Greet somebody.")

    def test_a_class_and_a_method(self):
        self.assertEqual(describe("Point(")[0], "Point(x: float, y: float = 0.0)")
        self.assertEqual(describe("point.move(1, "), ("point.move(dx, dy)", 1))
        self.assertEqual(describe("Point.move(")[0], "Point.move(self, dx, dy)")

    def test_builtins(self):
        self.assertEqual(describe("len("), ("len(obj, /)", 0))

    def test_nothing_where_there_is_no_call(self):
        for line in ("", "greet", "greet()", "(", "x[", "unknown(", "point.unknown("):
            with self.subTest(line=line):
                self.assertEqual(describe(line), (None, None))


if __name__ == "__main__":
    unittest.main()
