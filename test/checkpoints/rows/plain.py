"""Numbers, texts and the like, and what they may be called."""

from table import Row

ROWS = [
    Row(
        "whole numbers",
        "small, large, negative, truth = 7, 10**5000, -(2**63), True",
        """
        small == 7 and type(small) is int
        large == 10**5000 and negative == -(2**63) and truth is True
        """,
    ),
    Row(
        "floating point numbers",
        """
        third, not_a_number, infinite, minus_zero, tiny = 1 / 3, float('nan'), -float('inf'), -0.0, 5e-324
        """,
        """
        third == 1 / 3 and not_a_number != not_a_number and infinite == -float('inf')
        str(minus_zero) == '-0.0' and tiny == 5e-324
        """,
    ),
    Row(
        "complex numbers",
        "z = complex(1, -0.0)",
        "repr(z) == '(1-0j)'",
    ),
    Row(
        "single objects",
        """
        nothing, more, no, kinds = None, ..., NotImplemented, [type(None), type(...), type(NotImplemented)]
        """,
        """
        nothing is None and more is ... and no is NotImplemented
        kinds == [type(None), type(...), type(NotImplemented)]
        """,
    ),
    Row(
        "texts",
        r"""
        empty, accents, astral, controls, lone = '', 'né\u0301e', '\U0001f40d' * 3, '\0\x1b\r\n', 'a\udc80b'
        """,
        r"""
        empty == '' and accents == 'né\u0301e' and astral == '\U0001f40d' * 3
        controls == '\0\x1b\r\n' and lone == 'a\udc80b'
        """,
    ),
    Row(
        "huge texts and bytes",
        """
        text, data, pair = 'é' * 3_000_000, bytes(range(256)) * 20_000, ['x' * 100_000, 'y' * 100_000, 1]
        """,
        """
        text == 'é' * 3_000_000 and data == bytes(range(256)) * 20_000
        pair == ['x' * 100_000, 'y' * 100_000, 1]
        """,
    ),
    Row(
        "bytes that can be changed",
        "data = bytearray(b'abc'); same = data; large = bytearray(200_000)",
        r"""
        data == b'abc' and same is data and type(data) is bytearray
        > same.append(1)
        data == b'abc\x01' and len(large) == 200_000
        """,
    ),
    Row(
        "ranges and slices",
        "r, s, huge = range(1, 10, 3), slice(1, None, -2), range(10**30)",
        "r == range(1, 10, 3) and s == slice(1, None, -2) and huge == range(10**30)",
    ),
    Row(
        "types of Python's own",
        "a, b = int, dict[str, int] if hasattr(dict, '__class_getitem__') else dict",
        "a is int and b == (dict[str, int] if hasattr(dict, '__class_getitem__') else dict)",
        how={"a": "imported", **({} if __import__("sys").version_info >= (3, 9) else {"b": "imported"})},
    ),
    Row(
        "types that only Python names",
        """
        import types
        kinds = [types.FunctionType, types.GeneratorType, type({}.keys())]
        other = type(iter(int, 1))
        """,
        "kinds == [type(lambda: 1), type(x for x in ''), type({}.keys())]",
        how={"types": "imported"},
        reasons={"other": "the type callable_iterator, which no module has under its name"},
    ),
    Row(
        "names that are keywords or no identifiers",
        "globals().update({'class': 1, 'two words': [2], 'ünï': 3, '9': 4, '': 5})",
        """
        globals()['class'] == 1 and globals()['two words'] == [2] and ünï == 3
        globals()['9'] == 4 and globals()[''] == 5
        """,
    ),
    Row(
        "a name that no text encoding has",
        r"globals()['a\udcff'] = [1]",
        r"globals()['a\udcff'] == [1]",
    ),
    Row(
        "a name that begins with a colon",
        "globals()[':random'] = [1]; x = 1",
        "x == 1 and ':random' not in globals()",
        reasons={":random": "its name begins with a colon, as names of our own do"},
    ),
    Row(
        "annotated names",
        """
        x: int = 3
        #--
        y: 'list[int]' = [x]
        """,
        "x == 3 and y == [3]",
        before=(3, 14),
    ),
    Row(
        "the order of names",
        "z = 1; y = [1]; x = lambda: 1; w = 'w'",
        "[name for name in globals() if name in 'wxyz'] == ['z', 'y', 'x', 'w']",
    ),
]
