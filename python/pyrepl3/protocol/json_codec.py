"""Encode and decode JSON without importing `json`, which brings `re` and `enum` to every start.

The accelerators behind it are built in and come at no cost; where they are
not to be had as expected, `json` does it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Settings:
    """What the scanner asks of a decoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float

    def __init__(self) -> None:
        self.memo: dict[str, str] = {}


def _refuse(value: object) -> object:
    raise TypeError("a message cannot carry a %s" % type(value).__name__)


try:
    import _json

    _scan = _json.make_scanner(Settings())  # pyright: ignore[reportArgumentType]
    _chunks = _json.make_encoder(
        None, _refuse, _json.encode_basestring_ascii, None, ":", ",", False, False, True
    )

    def dumps(value: Any) -> str:
        """Return the value as JSON."""
        return "".join(_chunks(value, 0))

    def loads(text: str) -> Any:
        """Return what the JSON stands for; raise ValueError where it is none."""
        try:
            value, end = _scan(text, 0)
        except StopIteration:
            raise ValueError("no JSON: %r" % text[:80]) from None
        if end != len(text):
            raise ValueError("more than one value: %r" % text[:80])
        return value

    if loads(dumps({"a": [1, None, "é"]})) != {"a": [1, None, "é"]}:
        raise ImportError("_json is another one")
except (ImportError, AttributeError, TypeError):
    from json import dumps, loads  # pyright: ignore[reportAssignmentType]
