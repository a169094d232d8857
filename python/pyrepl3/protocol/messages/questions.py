"""Questions of the program's, which waits in `input()`, and keys that nobody read."""

from __future__ import annotations

from typing import Literal, TypedDict, Union

# From the live state to the supervisor.


class Ask(TypedDict):
    """The program waits in `input()`; its prompt stands before the mark."""

    kind: Literal["ask"]
    question: int
    prompt: str
    hidden: bool
    """Whether the answer must not be shown."""
    mark: int


class Withdraw(TypedDict):
    """Nobody waits for this answer any more."""

    kind: Literal["withdraw"]
    question: int


# From the supervisor to the live state; the answer on a channel of its own.


class Answer(TypedDict):
    """Answer a question, on the channel for answers."""

    kind: Literal["answer"]
    question: int
    text: Union[str, None]
    """The line without its end; `None` is end of file."""


class Reclaim(TypedDict):
    """Ask for the keys that a run was given and did not read."""

    kind: Literal["reclaim"]
    id: int


# From the live state to the supervisor.


class Reclaimed(TypedDict):
    """The payload is what was typed and not read."""

    kind: Literal["reclaimed"]
    id: int
