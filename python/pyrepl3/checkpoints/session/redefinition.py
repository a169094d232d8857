"""Make functions and classes anew from their texts, where they do not come back by themselves."""

from __future__ import annotations

from ...language import sources
from ..missing import Missing
from ..values.unpicklable import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANEW = "defined anew from its text"
LATER = "a value that is yet to come back"


class Redefiner:
    """Runs the texts of definitions, by their names."""

    def __init__(
        self, texts: dict[str, str], names: dict[str, Any], namespace: dict[str, Any], futures: int
    ) -> None:
        self._waiting = dict(texts)
        self._names = names
        """All names that are to come back: those that are not there yet may be used for defaults."""
        self._namespace = namespace
        self._futures = futures
        self.made: dict[str, Any] = {}
        self.failed: dict[str, str] = {}
        """Why the others could not be made."""

    def redefine(self) -> None:
        """Run the texts; as one may need another, as a base or a decorator, until no more of them go well."""
        while self._redefine_once(False) or self._redefine_once(True):
            pass

    def _redefine_once(self, is_lenient: bool) -> bool:
        """Return whether a text went well that had not before."""
        before = len(self.made)
        for name, text in list(self._waiting.items()):
            try:
                self.made[name] = self._run(name, text, is_lenient)
            except Exception as error:
                self.failed[name] = "its text does not run (%s)" % named(error)
                continue
            del self._waiting[name]
            self.failed.pop(name, None)
        return len(self.made) > before

    def _run(self, name: str, text: str, is_lenient: bool) -> Any:
        file = "<%s>" % name
        code = compile(text, file, "exec", self._futures, True)
        sources.keep(file, text, [code])
        found = Lenient(self._names, self._namespace) if is_lenient else self._namespace
        exec(code, self._namespace, found)
        self._namespace[name] = found[name]
        return found[name]


class Lenient(dict):
    """Has something for each name that is yet to come back."""

    def __init__(self, names: dict[str, Any], namespace: dict[str, Any]) -> None:
        self._later = names.keys() - namespace.keys()

    def __missing__(self, name: str) -> Missing:
        if name not in self._later:
            raise KeyError(name)
        return Missing(LATER)
