"""Our functions in the place of the system's: they wait for inherited children too, and signal them."""

from __future__ import annotations

import os
import sys

from .child_waits import NO_TIMES, Call, Described, Measured, Waiter, usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FunctionType
    from typing import Any, Callable

    from .children import Child, Children


def install(children: Children) -> None:
    """Put our functions in the place of the system's."""
    import posix

    replaced = {}
    for name, ours in functions(children).items():
        theirs = getattr(posix, name)
        ours.__module__, ours.__qualname__, ours.__doc__ = "posix", name, theirs.__doc__
        ours.__annotations__ = {}
        replaced[theirs] = ours
    spaces: list[Any] = [posix, sys.modules["os"], sys.modules["__main__"]]
    subprocess = sys.modules.get("subprocess")
    if subprocess is not None:
        # It keeps one for the time when modules have been cleared away.
        spaces += [subprocess, getattr(subprocess, "_del_safe", None)]
        replace_default(subprocess.Popen._internal_poll, replaced)
    for space in filter(None, spaces):
        for name, value in list(vars(space).items()):
            if is_one_of(value, replaced):
                setattr(space, name, replaced[value])


def is_one_of(value: Any, replaced: dict[Any, Any]) -> bool:
    return type(value) is type(os.getpid) and value in replaced


def replace_default(function: FunctionType, replaced: dict[Any, Any]) -> None:
    function.__defaults__ = tuple(
        replaced[value] if is_one_of(value, replaced) else value for value in function.__defaults__ or ()
    )


def functions(children: Children) -> dict[str, Any]:
    """Return our functions by their names."""
    system = System()
    found = [*waiting(Waiter(children).wait, system), *signalling(children, system)]
    return {function.__name__: function for function in found}


class System:
    """The system's functions, as they were before ours took their place."""

    def __init__(self) -> None:
        self.waitpid, self.wait4, self.waitid = os.waitpid, os.wait4, os.waitid
        self.kill, self.killpg = os.kill, os.killpg


def waiting(wait_for: Callable[[Call, int], Any], system: System) -> list[Any]:
    """Return the functions that wait for children."""

    def wait() -> Any:
        return wait_for(Call(lambda options: system.waitpid(-1, options), anyone, (0, 0)), 0)

    def waitpid(pid: int, options: int, /) -> Any:
        return wait_for(Call(lambda options: system.waitpid(pid, options), numbered(pid), (0, 0)), options)

    def wait3(options: int) -> Any:
        nothing = (0, 0, usage(NO_TIMES))
        return wait_for(Measured(lambda options: system.wait4(-1, options), anyone, nothing), options)

    def wait4(pid: int, options: int) -> Any:
        nothing = (0, 0, usage(NO_TIMES))
        return wait_for(Measured(lambda options: system.wait4(pid, options), numbered(pid), nothing), options)

    def waitid(idtype: int, id: int, options: int, /) -> Any:
        ask = lambda options: system.waitid(idtype, id, options)  # noqa: E731
        return wait_for(Described(ask, of_kind(idtype, id), None), options)

    return [wait, waitpid, wait3, wait4, waitid]


def signalling(children: Children, system: System) -> list[Any]:
    """Return the functions that send signals: a child that has not been waited for can be sent one."""

    def kill(pid: int, signal: int, /) -> None:
        # The host has reaped it, and its number may be another's by now.
        if not children.is_zombie(pid):
            system.kill(pid, signal)

    def killpg(pgid: int, signal: int, /) -> None:
        try:
            system.killpg(pgid, signal)
        except ProcessLookupError:
            if not children.foreign(lambda child: child.group == pgid and not child.is_there()):
                raise

    return [kill, killpg]


def anyone(child: Child) -> bool:
    return True


def numbered(pid: int) -> Callable[[Child], bool]:
    """Return what selects the children that `waitpid` means by this number."""

    def selects(child: Child) -> bool:
        if pid > 0 or pid == -1:
            return pid in (child.pid, -1)
        return child.group == (-pid or os.getpgrp())

    return selects


def of_kind(kind: int, number: int) -> Callable[[Child], bool]:
    """Return what selects the children that `waitid` means."""

    def selects(child: Child) -> bool:
        if kind == os.P_PGID:
            return child.group == (number or os.getpgrp())
        return kind == os.P_ALL or child.pid == (number if kind == os.P_PID else pid_behind(number))

    return selects


def pid_behind(descriptor: int) -> int:
    """Return the process that a pidfd refers to; -1 where it has been reaped, or the descriptor is none."""
    try:
        with open("/proc/self/fdinfo/%d" % descriptor) as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pid:")), -1)
    except OSError:
        return -1
