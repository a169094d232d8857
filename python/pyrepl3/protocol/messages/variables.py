"""The variables of a state: what each name stands for, and what is inside of one."""

from __future__ import annotations

from typing import Literal, TypedDict, Union


class Variable(TypedDict):
    """A name of the session, or a part of a value."""

    name: str
    """A part's name is how Python asks for it: `[0]`, `['key']`, `.attribute`."""
    group: Literal["data", "definition", "module"]
    type: str
    """The type's name."""
    module: Union[str, None]
    """Where the type is from; `None` where that is Python itself or the session."""
    length: Union[int, None]
    """What `len` tells, or the rows of a table."""
    shape: Union[list[int], None]
    """Of arrays and tables."""
    dtype: Union[str, None]
    """What an array holds."""
    size: Union[int, None]
    """The memory that it takes, in bytes; `None` where nobody can tell."""
    rough: bool
    """Whether the size is an estimate."""
    text: str
    """The value in a short line."""
    same: list[str]
    """Other names that stand for the same object."""
    inside: bool
    """Whether there are parts to ask for."""
    trouble: Union[str, None]
    """What went wrong when the value was asked, a clause: `its __repr__ raised ValueError: no`."""


class Explanation(TypedDict):
    """What is to be said of one name."""

    variable: Variable
    signature: Union[str, None]
    """`(a, b=1)`, of what can be called."""
    documentation: Union[str, None]
    file: Union[str, None]
    """Where it is defined; of an instance where its class is."""
    line: Union[int, None]
    """From 1."""
    source: Union[str, None]
    trouble: Union[str, None]
    """What went wrong when the value was asked, a clause."""


# From the supervisor to the host, or to the live state where there is no copy of it.


class Inspect(TypedDict):
    """Tell what names stand for.  Answered by `inspected`, or by `uninspected` where a describer ends.

    The host has it done by a copy of the frozen state, which may ask the values; the live state
    does it itself, and tells what can be told without a line of the user's code.
    """

    kind: Literal["inspect"]
    id: int
    state: int
    """The state that is looked at; the live state looks at itself."""
    wanted: Literal["parts", "explanation", "source"]
    """`source`: an explanation with its source."""
    asks: bool
    """Whether the values may be asked; the live state asks none in any case."""
    path: list[Union[str, int]]
    """Empty for all names; else a name, and which part of each, from 0, leads to what is looked into.

    Of an explanation it is a name, and the attributes that lead on.
    """
    first: int
    """The first part that is wanted, from 0."""
    most: int
    """So many are wanted."""


class Abandon(TypedDict):
    """End a describer: nobody waits for its answer any more.  Only to the host."""

    kind: Literal["abandon"]
    id: int


# From the host or the live state to the supervisor.


class Inspected(TypedDict):
    """The payload is a list of `Variable` in JSON, or one with an `Explanation`."""

    kind: Literal["inspected"]
    id: int
    count: int
    """How many parts there are."""
    whole: bool
    """Whether nothing more is to be told; if not, another answer follows."""


class Uninspected(TypedDict):
    """A describer could not tell.  Only from the host."""

    kind: Literal["uninspected"]
    id: int
    reason: str
    """A clause."""
    died: bool
    """Whether the describer was ended by what it asked; it may go well without asking."""
