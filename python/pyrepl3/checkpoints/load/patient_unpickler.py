"""Unpickle, and where something fails go on with the rest."""

from __future__ import annotations

import importlib
import pickle
import sys

from .. import rebuild
from ..missing import Missing, NotRestored, reason_of
from ..packs.packs import Damage
from ..values.module_registry import MODULES, SESSION
from ..values.naming import identity, is_type, type_name, with_article
from ..values.unpicklable import in_words, named, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PureUnpickler: Any = pickle._Unpickler

MOVED = {
    "pyrepl3.keyboard": "pyrepl3.stdio.keyboard",
    "pyrepl3.passwords": "pyrepl3.stdio.passwords",
    "pyrepl3.streams": "pyrepl3.stdio.streams",
}
"""Where modules of ours are by now that earlier checkpoints name, as `type(sys.stdout)` did.

What pickles call by design is `checkpoints.rebuild` and `checkpoints.missing`, which stay where they are.
"""


class Linked:
    """Gives a pickle the dictionaries in which names are looked up, of which it has only whose they are."""

    def persistent_load(self, pid: Any, /) -> Any:
        if pid == SESSION:
            return rebuild.current.namespace
        if pid == MODULES:
            return sys.modules
        return (importlib.import_module(pid) if isinstance(pid, str) else pid).__dict__


class PatientUnpickler(Linked, PureUnpickler):
    """Puts `Missing` in the place of what fails."""

    dispatch = {**PureUnpickler.dispatch}  # noqa: RUF012
    stack: list[Any]
    memo: dict[int, Any]

    def load(self) -> Any:
        self._numbers: dict[int, int] = {}
        """In the memo, by the identity of the object."""
        return super().load()

    def find_class(self, module: str, name: str) -> Any:
        rebuild.current.packages.add(module.partition(".")[0])
        try:
            return super().find_class(MOVED.get(module, module), name)
        except PASSED_ON:
            raise
        except BaseException as error:
            return rebuild.failed("%s.%s cannot be imported (%s)" % (module, name, in_words(error)))

    def load_memoize(self) -> None:
        self._numbers[identity(self.stack[-1])] = len(self.memo)
        super().load_memoize()

    def _make(self, count: int, name: str) -> None:
        """Do an operation that makes an object of the uppermost so many, of which the lowest is its maker."""
        parts, left = self.stack[-count:], len(self.stack) - count
        try:
            if type(parts[0]) is Missing:
                raise rebuild.Unavailable(reason_of(parts[0]))
            getattr(super(), name)()
        except PASSED_ON:
            raise
        except BaseException as error:
            # What had to go may have gone already.
            del self.stack[left:]
            self.stack.append(rebuild.failed(why_not_made(parts, error)))

    def load_reduce(self) -> None:
        maker, arguments = self.stack[-2:]
        # A state is being set: the object is its first argument.
        target = arguments[0] if type(arguments) is tuple and arguments else None
        if maker in SETTERS and type(target) is Missing:
            self.stack[-2:] = [target]
            return
        self._make(2, "load_reduce")
        made = self.stack[-1]
        if type(made) is Missing and maker in SETTERS:
            self._replace(target, made)

    def load_newobj(self) -> None:
        self._make(2, "load_newobj")

    def load_newobj_ex(self) -> None:
        self._make(3, "load_newobj_ex")

    def load_build(self) -> None:
        target = self.stack[-2]
        if type(target) is Missing:
            self.stack.pop()
            return
        try:
            super().load_build()
        except PASSED_ON:
            raise
        except BaseException as error:
            if self.stack[-1] is not target:
                self.stack.pop()
            self._replace(target, rebuild.failed(why(error)))

    def load_appends(self) -> None:
        self._fill("load_appends")

    def load_additems(self) -> None:
        self._fill("load_additems")

    def load_setitems(self) -> None:
        self._fill("load_setitems")

    def _fill(self, name: str) -> None:
        """Put items into what is below the mark."""
        below = self.metastack[-1]
        target = below[-1]
        try:
            if type(target) is Missing:
                self.pop_mark()
                return
            getattr(super(), name)()
        except PASSED_ON:
            raise
        except BaseException as error:
            self._replace(target, rebuild.failed(why(error)))

    def load_append(self) -> None:
        self._fill_one("load_append", 1)

    def load_setitem(self) -> None:
        self._fill_one("load_setitem", 2)

    def _fill_one(self, name: str, count: int) -> None:
        target = self.stack[-1 - count]
        left = len(self.stack) - count
        try:
            if type(target) is not Missing:
                getattr(super(), name)()
        except PASSED_ON:
            raise
        except BaseException as error:
            self._replace(target, rebuild.failed(why(error)))
        del self.stack[left:]

    def _replace(self, target: Any, missing: Missing) -> None:
        """Put `Missing` in the place of an object that is half made, wherever it is by now."""
        number = self._numbers.get(identity(target))
        if number is not None and self.memo[number] is target:
            self.memo[number] = missing
        for index in reversed(range(len(self.stack))):
            if self.stack[index] is target:
                self.stack[index] = missing
                break

    dispatch[pickle.MEMOIZE[0]] = load_memoize
    dispatch[pickle.REDUCE[0]] = load_reduce
    dispatch[pickle.NEWOBJ[0]] = load_newobj
    dispatch[pickle.NEWOBJ_EX[0]] = load_newobj_ex
    dispatch[pickle.BUILD[0]] = load_build
    dispatch[pickle.APPENDS[0]] = load_appends
    dispatch[pickle.APPEND[0]] = load_append
    dispatch[pickle.ADDITEMS[0]] = load_additems
    dispatch[pickle.SETITEMS[0]] = load_setitems
    dispatch[pickle.SETITEM[0]] = load_setitem


PASSED_ON = (KeyboardInterrupt, MemoryError, rebuild.Probed)
SETTERS = (
    *(rebuild.set_function, rebuild.set_cell, rebuild.set_exception, rebuild.set_class),
    *(rebuild.set_module, rebuild.set_state),
)


def why(error: BaseException) -> str:
    """Return what failed, as a clause."""
    if isinstance(error, (Damage, rebuild.Unavailable, NotRestored)):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return "it does not come back (%s)" % named(error)


def why_not_made(parts: list[Any], error: BaseException) -> str:
    """Return why a maker could not make an object of its arguments."""
    maker, arguments, *_ = parts
    for each in arguments if type(arguments) is tuple else ():
        if type(each) is Missing:
            reason = reason_of(each)
            return reason if reason.startswith("it ") else "it cannot do without %s" % reason
    if isinstance(error, TypeError) and "is not safe" in words_of(error) and is_type(maker):
        # Until 3.13 pickle takes classes of C code's for ones that are empty at first.
        return "%s, which cannot be pickled" % with_article(type_name(maker))
    return why(error)
