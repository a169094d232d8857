"""Name the libraries that are of another version than when a session was saved, where something fails."""

from __future__ import annotations

from ..session import inventory
from ..values.naming import module_of
from ..values.unpicklable import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable


class Versions:
    """Compares the versions of libraries with those that a checkpoint was saved under."""

    def __init__(self, saved: dict[str, str]) -> None:
        self._saved = saved

    def differ(self, packages: Iterable[str]) -> str:
        """Return a clause about those of the packages that are of another version; empty where none is."""
        pairs = [(name, self._saved.get(name), inventory.version_of(name)) for name in sorted(packages)]
        changed = ["%s %s, and here is %s" % each for each in pairs if each[1] and each[1] != each[2]]
        return "saved with %s" % "; ".join(changed) if changed else ""

    def add(self, reason: str, packages: Iterable[str]) -> str:
        """Return a reason with what is to be known of the versions."""
        clause = self.differ(packages)
        return "%s; %s" % (reason, clause) if clause and clause not in reason else reason

    def why_not_shown(self, value: Any) -> str:
        """Return why an object of a library of another version cannot be shown; empty where it can."""
        packages = [module_of(type(value)).partition(".")[0]]
        if not self.differ(packages):
            return ""
        try:
            repr(value)
        except Exception as error:
            return self.add("it cannot be shown (%s)" % named(error), packages)
        return ""
