"""What stands in the place of a value that could not be saved, or did not come back."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class NotRestored(AttributeError):
    """A value was used that did not come back with its session.

    An `AttributeError`, so that `hasattr` and `getattr` with a default go on.
    """


class Missing:
    """Stands where a value was; whoever uses it learns why it is not there."""

    __slots__ = ("_reason",)

    def __init__(self, reason: str) -> None:
        object.__setattr__(self, "_reason", reason)

    def __repr__(self) -> str:
        return "<not restored: %s>" % reason_of(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Missing, (reason_of(self),)

    def _refuse(self, *args: Any, **keywords: Any) -> Any:
        raise NotRestored("this value did not come back with the session: %s" % reason_of(self))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        self._refuse()

    __setattr__ = __delattr__ = _refuse
    __call__ = __iter__ = __len__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = _refuse
    __enter__ = __exit__ = __next__ = __await__ = __add__ = __sub__ = __mul__ = __truediv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = __index__ = __neg__ = _refuse


def reason_of(missing: Missing) -> str:
    return object.__getattribute__(missing, "_reason")
