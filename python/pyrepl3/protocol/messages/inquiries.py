"""What is asked about code between runs: completions, signatures, its shape."""

from __future__ import annotations

from typing import Literal, TypedDict, Union


class Match(TypedDict):
    """One completion."""

    text: str
    """What replaces the text from `start` to the cursor."""
    type: Literal["name", "keyword", "module", "function", "class", "attribute", "key", "path"]
    """What the match stands for."""


class Chunk(TypedDict):
    """A piece of a script that runs as a whole."""

    start: int
    """Its first line, from 1: of its decorators, where it has any."""
    end: int
    """Its last line, included."""
    type: Literal["statement", "command", "broken"]
    """A command begins with `%`; a broken chunk ends where its syntax error does."""


# From the supervisor to the live state.


class Complete(TypedDict):
    """Ask what can stand at the cursor."""

    kind: Literal["complete"]
    id: int
    code: str
    cursor: int


class Describe(TypedDict):
    """Ask for the signature of the call around the cursor."""

    kind: Literal["describe"]
    id: int
    code: str
    cursor: int


class Check(TypedDict):
    """Ask whether code is ready to run."""

    kind: Literal["check"]
    id: int
    code: str


class Split(TypedDict):
    """Ask for a script's statements and commands."""

    kind: Literal["split"]
    id: int
    code: str


# From the live state to the supervisor.


class Completed(TypedDict):
    """What can stand at the cursor."""

    kind: Literal["completed"]
    id: int
    start: int
    """Where the text that a match replaces begins."""
    matches: list[Match]


class Described(TypedDict):
    """The signature of the call around the cursor."""

    kind: Literal["described"]
    id: int
    signature: Union[str, None]
    """`name(a, b=1)`; `None` where there is nothing to say."""
    parameter: Union[int, None]
    """The index of the parameter that the cursor is in."""
    summary: Union[str, None]
    """The first line of the documentation."""


class Checked(TypedDict):
    """Whether code is ready to run."""

    kind: Literal["checked"]
    id: int
    verdict: Literal["complete", "incomplete", "invalid"]
    indent: str
    """The white space with which a next line should begin."""


class Chunks(TypedDict):
    """A script's statements and commands, in order."""

    kind: Literal["chunks"]
    id: int
    chunks: list[Chunk]
