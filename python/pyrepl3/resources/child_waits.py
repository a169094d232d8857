"""`os.waitpid` and its kin, for children that this process has inherited from the live one before it.

Of those the system knows nothing, so they are waited for here, and for all
others the system is asked.  A thread that waits in the system while a copy is
made finds in the woken one that it has no such child, and goes on here.

Nothing is locked, and an interrupt ends the waiting at once.
"""

from __future__ import annotations

import _signal  # pyright: ignore[reportMissingImports]  `signal` imports enum
import os
from time import sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .children import Child, Children
    from .exit_ledger import Ending

SHORTEST, LONGEST = 0.0005, 0.02
"""How often an inherited child is looked at, in seconds: less and less often."""
CLD_KILLED = 2
"""Python has no name for it before 3.9."""
WNOWAIT = getattr(os, "WNOWAIT", 0)
NO_TIMES = (0.0, 0.0)


class Call:
    """One of the functions: what it asks of the system, and how its result looks."""

    def __init__(self, ask: Callable[[int], Any], selects: Callable[[Child], bool], nothing: Any) -> None:
        self.ask = ask
        """The system's function, with these options."""
        self.selects = selects
        self.nothing = nothing
        """The result where no child has ended yet."""

    def result(self, ending: Ending) -> Any:
        """Return what the system would, had it the child."""
        return ending.pid, ending.status

    def ended(self, result: Any) -> tuple[int, int, tuple[float, float]] | None:
        """Return the child, the status and the times used that the system's result tells."""
        return (result[0], result[1], NO_TIMES) if result[0] else None


class Measured(Call):
    """`wait3` and `wait4`, which tell what was used, too."""

    def result(self, ending: Ending) -> Any:
        return ending.pid, ending.status, usage(ending.used)

    def ended(self, result: Any) -> tuple[int, int, tuple[float, float]] | None:
        return (result[0], result[1], (result[2][0], result[2][1])) if result[0] else None


class Described(Call):
    """`waitid`, which has the status in parts."""

    def result(self, ending: Ending) -> Any:
        status = ending.status
        if os.WIFEXITED(status):
            code, value = os.CLD_EXITED, os.WEXITSTATUS(status)
        else:
            code, value = os.CLD_DUMPED if os.WCOREDUMP(status) else CLD_KILLED, os.WTERMSIG(status)
        return os.waitid_result((ending.pid, ending.uid, _signal.SIGCHLD, value, code))

    def ended(self, result: Any) -> tuple[int, int, tuple[float, float]] | None:
        if result is None or result.si_code not in (os.CLD_EXITED, CLD_KILLED, os.CLD_DUMPED):
            return None
        is_exit = result.si_code == os.CLD_EXITED
        return result.si_pid, result.si_status << 8 if is_exit else result.si_status, NO_TIMES


class Waiter:
    """Waits for the children of one program."""

    def __init__(self, children: Children) -> None:
        self._children = children

    def wait(self, call: Call, options: int) -> Any:
        """Do as the system does, with our own children and with inherited ones."""
        pause = SHORTEST
        while True:
            if not self._children.foreign(call.selects):
                try:
                    return self._from_system(call, options)
                except ChildProcessError:
                    # It may have been asked in the live process before this one.
                    if not self._children.foreign(call.selects):
                        raise
            ending = self._take(call, options)
            if ending is not None:
                return call.result(ending)
            try:
                result = self._from_system(call, options | os.WNOHANG)
                if options & os.WNOHANG or (result is not None and result[0]):
                    return result
            except ChildProcessError:
                if options & os.WNOHANG and self._children.foreign(call.selects):
                    return call.nothing
            sleep(pause)
            pause = min(2 * pause, LONGEST)

    def _from_system(self, call: Call, options: int) -> Any:
        result = call.ask(options)
        ended = None if options & WNOWAIT else call.ended(result)
        if ended is not None:
            self._children.collected(*ended)
        return result

    def _take(self, call: Call, options: int) -> Ending | None:
        """Return how an inherited child has ended that nobody has waited for."""
        if isinstance(call, Described) and not options & os.WEXITED:
            return None  # It asks for stops, of which the host knows nothing.
        for child in self._children.foreign(call.selects):
            ending = self._children.ending(child)
            if ending is not None and (options & WNOWAIT or self._children.collect(child)):
                return ending
        return None


def usage(used: tuple[float, float]) -> Any:
    """Return what `resource.getrusage` would, as far as it is known."""
    import resource

    return resource.struct_rusage((*used, *(0,) * 14))
