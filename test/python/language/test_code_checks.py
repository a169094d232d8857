import ast
import unittest

from pyrepl3.language import code_checks


def parse(code, filename):
    return compile(code, filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)


def chunks(code):
    return [(chunk["start"], chunk["end"], chunk["type"]) for chunk in code_checks.split(code, parse)]


class CheckTest(unittest.TestCase):
    def test_verdicts_and_indents(self):
        cases = [
            ("", ("complete", "")),
            ("x = 1", ("complete", "")),
            ("await f()", ("complete", "")),
            ("for i in x: print(i)", ("complete", "")),
            ("def f():", ("incomplete", "    ")),
            ("def f():\n    return 1", ("incomplete", "")),
            ("def f():\n    return 1\n", ("complete", "")),
            ("if x:\n    if y:", ("incomplete", "        ")),
            ("if x:\n    y = 1", ("incomplete", "    ")),
            ("if x:\n\tif y:", ("incomplete", "\t\t")),
            ("if x:\n\tif y:\n\t\tpass", ("incomplete", "\t")),
            ('x = """a:', ("incomplete", "")),
            ('x = """\n    a', ("incomplete", "")),
            ("f(1,", ("incomplete", "")),
            ("f(", ("incomplete", "    ")),
            ("@decorator", ("incomplete", "")),
            ('"""text', ("incomplete", "")),
            ("x = \\", ("incomplete", "")),
            ("x =", ("invalid", "")),
            ("f)", ("invalid", "")),
            ("'text", ("invalid", "")),
            ("1 +* 2", ("invalid", "")),
        ]
        for code, expected in cases:
            with self.subTest(code=code):
                self.assertEqual(code_checks.check(code, parse), expected)


class SplitTest(unittest.TestCase):
    def test_statements_with_their_decorators(self):
        code = "import a\n\n@b\n@c\ndef f():\n    pass\n\nx = 1; y = 2\nz"
        self.assertEqual(
            chunks(code),
            [(1, 1, "statement"), (3, 6, "statement"), (8, 8, "statement"), (9, 9, "statement")],
        )

    def test_commands_stand_at_the_beginning_of_a_statement(self):
        code = "x = 1\n%undo\ny = (5\n%3)\ns = '''\n%no\n'''\n%help"
        self.assertEqual(
            chunks(code),
            [
                (1, 1, "statement"),
                (2, 2, "command"),
                (3, 4, "statement"),
                (5, 7, "statement"),
                (8, 8, "command"),
            ],
        )

    def test_what_stands_before_a_syntax_error_is_kept(self):
        found = chunks("a = 1\nb = 2\nc = = 3\nd = 4")
        self.assertEqual(found[:2], [(1, 1, "statement"), (2, 2, "statement")])
        self.assertEqual(found[2], (3, 3, "broken"))
        self.assertEqual(found[3], (4, 4, "statement"))

    def test_an_error_inside_a_block_takes_its_beginning_along(self):
        found = chunks("a = 1\ndef f():\n    b = = 2\n")
        self.assertEqual(found[:2], [(1, 1, "statement"), (2, 3, "broken")])

    def test_nothing_is_nothing(self):
        self.assertEqual(chunks(""), [])
        self.assertEqual(chunks("# only words\n"), [])


if __name__ == "__main__":
    unittest.main()
