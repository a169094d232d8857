import importlib
import json
import os
import pkgutil
import sys
import typing
import unittest

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "contract", "messages.json")


def fits(value: typing.Any, kind: typing.Any) -> bool:
    """Whether a value of JSON is one of the type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return value in inner
    if origin is typing.Union:
        return any(fits(value, each) for each in inner)
    if origin is list:
        return isinstance(value, list) and all(fits(each, inner[0]) for each in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(each, inner[1]) for each in value.values())
    if hasattr(kind, "__total__"):
        hints = typing.get_type_hints(kind)
        return value.keys() == hints.keys() and all(fits(value[name], hints[name]) for name in hints)
    if kind is float:
        return isinstance(value, (int, float))
    return type(value) is kind


# `list[str]` can be asked for since 3.9.
@unittest.skipIf(sys.version_info < (3, 9), "the definitions are not read at run time")
class MessagesTest(unittest.TestCase):
    def setUp(self):
        self.definitions = definitions()
        with open(GOLDEN, encoding="utf-8") as file:
            self.golden = json.load(file)

    def test_the_golden_messages_fit_their_definitions(self):
        for name, example in self.golden.items():
            with self.subTest(name):
                self.assertTrue(fits(example, self.definitions[name]))

    def test_there_is_one_of_each(self):
        defined = {name for name, value in self.definitions.items() if "kind" in fields(value)}
        self.assertEqual(set(self.golden), defined)

    def test_a_wrong_one_would_be_found(self):
        resize = self.golden["Resize"]
        for wrong in (
            {**resize, "rows": "1"},
            {**resize, "more": 1},
            {"kind": "resize"},
            {**resize, "kind": "x"},
        ):
            self.assertFalse(fits(wrong, self.definitions["Resize"]))


def definitions() -> typing.Dict[str, typing.Any]:
    """Return what the topics define, by its name."""
    from pyrepl3.protocol import messages

    found: typing.Dict[str, typing.Any] = {}
    for topic in pkgutil.iter_modules(messages.__path__):
        found.update(vars(importlib.import_module("%s.%s" % (messages.__name__, topic.name))))
    return found


def fields(value: object) -> dict:
    return value.__annotations__ if isinstance(value, type) and hasattr(value, "__total__") else {}


if __name__ == "__main__":
    unittest.main()
