"""One thing that is set for all of a session, and saved as a value beside its names."""

from __future__ import annotations

from ..missing import Missing, reason_of
from ..rebuild import Unavailable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

UNKNOWN = object()


class Setting:
    """Gets and sets one thing; its name in a checkpoint begins with a colon."""

    def __init__(
        self,
        words: str,
        module: str,
        get: Callable[[Any], Any],
        set: Callable[[Any, Any], None],
        usual: Callable[[Any], Any] = lambda module: UNKNOWN,
    ) -> None:
        self.words = words
        self.module = module
        """Where it lives; one that is not loaded has none of it."""
        self.get = get
        self.set = set
        self._usual = usual
        """Tells what a fresh session has."""

    def changed(self, module: Any) -> tuple[Any, ...]:
        """Return what is to be saved, if anything is; raise what the library does."""
        value, usual = self.get(module), self._usual(module)
        is_usual = value is usual or (
            type(value) in COMPARED and type(value) is type(usual) and value == usual
        )
        return () if is_usual else (value,)


COMPARED = (bool, int, float, str, tuple, list, dict, type(None))
"""A function is compared by identity: what its class says to `==` is the user's code."""


def attribute(words: str, module: str, name: str, usual: Callable[[Any], Any]) -> Setting:
    """Return the setting that is an attribute of its module."""
    return Setting(
        words,
        module,
        lambda found: getattr(found, name),
        lambda found, value: setattr(found, name, there(value)),
        usual,
    )


def there(value: Any) -> Any:
    """Return a value that has come back; raise `Unavailable` where something stands in its place."""
    if type(value) is Missing:
        raise Unavailable(reason_of(value))
    return value


def each_there(values: dict[Any, Any], act: Callable[[Any, Any], object], name: Callable[[Any], str]) -> None:
    """Do something with each of several values; say at the end what has not come back, or fails."""
    lost = []
    for key, value in values.items():
        try:
            act(key, there(value))
        except Exception as error:
            lost.append("%s: %s" % (name(key), error))
    if lost:
        raise Unavailable("; ".join(lost))
