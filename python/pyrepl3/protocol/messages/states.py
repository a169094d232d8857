"""Copies of the live state: made, woken, let go."""

from __future__ import annotations

from typing import Literal, TypedDict

# From the supervisor to the host.


class Wake(TypedDict):
    """Put a frozen state in the place of the live one, which is killed where it still lives.

    The host then says `vacant`, and the supervisor writes the barrier to the channels for requests and
    for answers: what is read up to it was for the one before.  The host writes it to what comes back,
    for the same reason.
    """

    kind: Literal["wake"]
    state: int
    """0 is the fresh start, which is never frozen: the host forks it anew."""
    barrier: str
    mark: int
    """The last mark that has passed; the woken state counts on from it."""
    alone: bool
    """Whether all processes that the session started are to end first."""


class Foresee(TypedDict):
    """Tell what could not be written to if a frozen state were woken now; answered with `foreseen`."""

    kind: Literal["foresee"]
    state: int


class Drop(TypedDict):
    """Let go of frozen states."""

    kind: Literal["drop"]
    states: list[int]


# From the host to the supervisor.


class Vacant(TypedDict):
    """There is no live state; the one that wakes takes what stands behind the barrier."""

    kind: Literal["vacant"]


class Lost(TypedDict):
    """A frozen state is gone, and nobody asked for that."""

    kind: Literal["lost"]
    state: int
    reason: str


class Unwoken(TypedDict):
    """A state could not be woken; it sleeps on, unless `lost` is said of it too."""

    kind: Literal["unwoken"]
    state: int
    reason: str


class Foreseen(TypedDict):
    """What has changed since a state was frozen that has it open, and so could only be read there."""

    kind: Literal["foreseen"]
    state: int
    files: list[str]
    """Paths, as seen from the live state's folder where they lie in it; none where the state cannot tell."""


# From the supervisor to the live state.


class Freeze(TypedDict):
    """Keep a copy of the state as it is now.  Answered by `frozen` or `refused`."""

    kind: Literal["freeze"]
    state: int


class Restore(TypedDict):
    """Put the names and values of a state back into the live one.  Answered by `returned`."""

    kind: Literal["restore"]
    state: int


# From the live state to the supervisor.


class Frozen(TypedDict):
    """There is a copy of the live state, which sleeps under this number.

    The host says it in place of a live state that was killed before it could.
    """

    kind: Literal["frozen"]
    state: int
    pid: int
    seconds: float
    """How long the live state stood still for it."""
    threads: int
    """How many threads of the program's own were copied with it."""
    moving: bool
    """Whether something of the program's goes on between runs, and changes what the copy has as it was."""


class Refused(TypedDict):
    """No copy could be made, and nothing has changed."""

    kind: Literal["refused"]
    state: int
    reason: str
    """A clause for a person: `io_uring is in use`."""


class Noted(TypedDict):
    """No copy could be made; the live state has noted its names and plain values under this number."""

    kind: Literal["noted"]
    state: int
    reason: str
    """Why there is no copy, a clause."""


class Returned(TypedDict):
    """A frozen state is awake, whole and the live one; or names and values have been put back."""

    kind: Literal["returned"]
    state: int
    pid: int
    notes: list[str]
    """What could not be brought back, a clause each."""
    mark: int
    ps1: str
    ps2: str
