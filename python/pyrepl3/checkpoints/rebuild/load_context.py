"""What is at hand while a checkpoint is loaded, or tried, and what is remarked on."""

from __future__ import annotations

from ..missing import Missing
from .guard import guard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any, Callable


class LoadContext:
    """What is needed while a checkpoint is loaded, or tried."""

    def __init__(self) -> None:
        self.begin({}, None)

    def begin(self, namespace: dict[str, Any], fill: Callable[[int, Any], None] | None) -> None:
        self.namespace = namespace
        """The session's."""
        self.fill = fill
        """Fills an array of NumPy's with the data of this number in its group; `None` during a trial."""
        self.arrays: list[Any] = []
        """During a trial: the arrays themselves."""
        self.classes: dict[str, type] = {}
        """The classes of the session by their numbers: those that were made, or during a trial all."""
        self.is_probing = False
        """Whether it is to be found out if there is byte code of another Python."""
        self.told: dict[str, Any] = {}
        """The definitions that were made from their texts."""
        self.codes: list[CodeType] = []
        """The code objects that were made."""
        self.packages: set[str] = set()
        """The packages that what is loaded patiently, as something of it fails, is from."""
        self.remarks: list[object] = []
        """The `Missing` and `Reopened` that were made."""
        self.failed: list[Missing] = []
        """Those that stand for what was saved and did not come back."""

    @property
    def is_trial(self) -> bool:
        return self.fill is None

    def redefined_as(self, bound: str | None, kind: type) -> Any:
        """Return what the text of a definition has made; `None` where there is none."""
        found = self.told.get(bound) if bound is not None else None
        return found if isinstance(found, kind) else None


current = LoadContext()


class Probed(Exception):
    """Byte code was met that is not this Python's, by somebody who wanted to know."""


class Unavailable(Exception):
    """A thing cannot be made again; the text is a clause that says why."""


class Reopened:
    """Stands for an open file while a checkpoint is tried."""

    __slots__ = ("detail",)

    def __init__(self, detail: str) -> None:
        self.detail = detail

    def __getattr__(self, name: str) -> Any:
        guard.refuse("the use of a file")


def missing(reason: str) -> Missing:
    found = Missing(reason)
    current.remarks.append(found)
    return found


def failed(reason: str) -> Missing:
    """Return what stands for something that was saved and does not come back."""
    found = missing(reason)
    current.failed.append(found)
    return found


def note_reopened(detail: str) -> Reopened:
    found = Reopened(detail)
    current.remarks.append(found)
    return found
