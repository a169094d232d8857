"""A session as a whole: how it begins and ends, and what goes wrong on our own side."""

from __future__ import annotations

from typing import Literal, TypedDict, Union

# From the supervisor to the host.


class Start(TypedDict):
    """Open the terminal and fork the first live state.  Sent once, first."""

    kind: Literal["start"]
    token: str
    """The secret that the output marks carry."""
    columns: int
    """The terminal's width, in cells."""
    rows: int
    """The terminal's height, in cells."""
    terminal: bool
    """Whether the session owns a pty; in batch mode it has the caller's descriptors."""
    texts: bool
    """Whether marks tell in the terminal's output which text is that of which stream."""
    ignored: list[int]
    """The signals that the program ignores from the beginning, as who started it did."""


class Signal(TypedDict):
    """Send a signal to the live state's process group.

    SIGKILL goes to the live state and to what its last run started: older children of it live on.
    """

    kind: Literal["signal"]
    name: Literal["SIGINT", "SIGTERM", "SIGKILL"]


class Resize(TypedDict):
    """Give the terminal another size."""

    kind: Literal["resize"]
    columns: int
    rows: int


class Probe(TypedDict):
    """Tell what the terminal makes of Ctrl-C now; answered with `probed`."""

    kind: Literal["probe"]


# From the host to the supervisor.


class Probed(TypedDict):
    """What the terminal makes of Ctrl-C."""

    kind: Literal["probed"]
    interrupts: bool
    """Whether it is an interrupt; else the program takes it as a key."""


class Born(TypedDict):
    """A live state exists."""

    kind: Literal["born"]
    pid: int
    """The live state's process, also its process group."""
    host: int
    """The host's process, also the terminal's session."""


class Ended(TypedDict):
    """The live state is gone, reaped, and its terminal closed behind it."""

    kind: Literal["ended"]
    status: Union[int, None]
    """The exit status, where it exited."""
    signal: Union[str, None]
    """The signal's name (`SIGSEGV`), where one ended it."""
    stack: Union[str, None]
    """What the fault handler wrote, where it did."""
    line: Union[str, None]
    """The innermost line of the program's own code in it, such as `File "model.py", line 4 in fit`."""
    mark: int
    """The mark behind the last byte of output."""


class Broken(TypedDict):
    """The host has failed in itself: it ends everything, and goes."""

    kind: Literal["broken"]
    text: str
    """A traceback, for the log."""


# From the live state to the supervisor.


class Ready(TypedDict):
    """The live state takes requests."""

    kind: Literal["ready"]
    version: int
    """The contract's version."""
    python: str
    """The language's version, such as `3.11.7`."""
    implementation: str
    """`CPython`, `PyPy`, as `sys.implementation` spells it."""
    executable: str
    prefix: str
    """`sys.prefix`: of the virtual environment, where there is one."""
    capabilities: list[str]
    """What this session can do here: `terminal`, `await`, `states`; `native` with the native part."""
    ps1: str
    ps2: str


# From both.


class Fault(TypedDict):
    """Our own side failed; the text is a traceback for a report."""

    kind: Literal["fault"]
    text: str
