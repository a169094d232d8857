"""Runs, and what they did to the names of the session."""

from __future__ import annotations

from typing import Literal, TypedDict, Union

from .checkpoints import Source


class Failure(TypedDict):
    """How a run failed, in the words of its traceback's last line."""

    type: str
    """The exception's class, as the traceback names it."""
    text: str
    """The exception's own words; empty where it has none."""


class Changes(TypedDict):
    """What a run did to the names of the session, as far as a bounded look tells."""

    added: list[str]
    rebound: list[str]
    """They stand for another object than before."""
    changed: list[str]
    """They stand for the same object, and it holds something else."""
    removed: list[str]
    skipped: list[str]
    """Not compared: too large."""
    more: int
    """How many further names the lists would have had."""
    outside: list[str]
    """What no undo takes back, in words: `wrote to report.csv`, `started a process`."""


# From the supervisor to the live state.


class Run(TypedDict):
    """Execute code."""

    kind: Literal["run"]
    id: int
    """The run's number in its session, from 1."""
    code: str
    file: Union[str, None]
    """The file that the code is from, for tracebacks; `None` for typed code."""
    line: int
    """The line of that file on which the code begins, from 1."""
    style: Literal["prompt", "cell", "single", "script", "exit"]
    """`prompt`: the last expression is shown; `cell`: that too, and `SystemExit` is an exception like any
    other; `single`: one statement as at CPython's prompt; `script`: one such statement after the other, up
    to the first that fails; `exit`: the program ends, as behind its last line.
    """
    state: Union[int, None]
    """The number of the state that the run leads to, of which a copy is kept; `None` for no copy."""
    keep: Literal["always", "success", "never"]
    """On which outcome a copy is kept."""
    source: Union[Source, None]
    """A checkpoint to load in the place of code; the code is then only what the run is called."""
    continues: bool
    """Whether an interrupt counts that came since the code of the run before had ended: in a script."""


# From the live state to the supervisor.


class Started(TypedDict):
    """A run has begun; from now on an interrupt reaches it."""

    kind: Literal["started"]
    id: int


class Done(TypedDict):
    """A run is over, and all that it wrote stands before the mark."""

    kind: Literal["done"]
    id: int
    outcome: Literal["ok", "raised", "interrupted", "exiting"]
    failure: Union[Failure, None]
    changes: Union[Changes, None]
    """`None` where nobody looked: the program exits."""
    seconds: float
    """How long the user's code ran."""
    mark: int
    """The mark behind the run's output; 0 without a terminal."""
    ps1: str
    """`str(sys.ps1)` after the run."""
    ps2: str
