"""Try in the writer what a restored session would get, and compare it with what it is to be."""

from __future__ import annotations

import warnings

from .. import rebuild
from ..load import unpickling
from ..missing import Missing, reason_of
from ..rebuild import Reopened
from ..rebuild.guard import guard
from . import difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..reduce.routes import Context
    from .pickler import Result


class Trial:
    """What would come back of some values."""

    def __init__(self, values: list[Any], result: Result, context: Context) -> None:
        """Unpickle them as if they were read from disk, arrays and all; files are not opened.

        Raises:
            Exception: Nothing would.
        """
        self.values = values
        self.remarks: list[object] = []
        self._failed: list[Missing] = []
        self._is_open = False
        if not result.is_sure:
            self._load(result, context)

    def _load(self, result: Result, context: Context) -> None:
        current = rebuild.current
        current.begin(context.definitions.namespace, None)
        current.arrays, current.classes = result.arrays, context.definitions.classes
        with guard, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.values = unpickling.load(result.data, result.buffers)
        if result.has_finalisers:
            unpickling.keep(self.values)
        self.remarks, self._failed = current.remarks, current.failed
        self._is_open = guard.has_refused or any(type(each) is Reopened for each in self.remarks)

    @property
    def doubtful(self) -> list[Missing]:
        """What failed, where that may be as something outside was not to be had, or not to be touched."""
        return self._failed if self._is_open else []

    def why_not(self, before: Any, after: Any) -> str:
        """Return why a value does not count as saved, as a clause; empty where it does."""
        if type(after) is Missing:
            return "" if any(after is each for each in self.doubtful) else reason_of(after)
        if after is before or self.doubtful:
            return ""
        found = difference.find(before, after)
        return "it would come back otherwise: %s" % found if found else ""
