"""Checkpoints: written, and loaded in the place of a run."""

from __future__ import annotations

from typing import Literal, TypedDict, Union


class Piece(TypedDict):
    """A piece of a stream; `docs/checkpoint-format.md` has the whole."""

    hash: str
    size: int


class Side(TypedDict):
    """What the supervisor adds to a checkpoint: a file, whose bytes become a part of it."""

    part: str
    """`runs`, `transcript`, `history`, `editor`, `plots`."""
    file: str


class Spared(TypedDict):
    """A name that a writer has to leave alone: the one before it died or hung there."""

    name: str
    reason: str


class SavedChanges(TypedDict):
    """Which names differ from the checkpoint before."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    more: int
    """How many further names the lists would have had."""


class SavedCounts(TypedDict):
    """How many names there are of each kind."""

    saved: int
    partly: int
    imported: int
    reopened: int
    unsaved: int


class Hole(TypedDict):
    """A part of a value that could not be saved, or did not come back."""

    path: str
    """Where it is, as Python writes it: `data['gen']`."""
    reason: str
    """What it is, a clause: `a generator`."""


class RestoredName(TypedDict):
    """What became of one name of a checkpoint, when it was saved or restored."""

    name: str
    how: Literal["saved", "partly", "imported", "reopened", "unsaved"]
    type: str
    """The type's name, with its module unless that is the session's or Python's own."""
    size: int
    """In bytes."""
    group: Union[int, None]
    """Its group's index; names that share objects share a group."""
    print: Union[str, None]
    """Changes when the value does; `None` where nobody can tell."""
    reason: Union[str, None]
    """Why it is not saved, a clause."""
    holes: list[Hole]
    detail: Union[str, None]
    """The module and its version, or the file with mode and offset."""


class Source(TypedDict):
    """A checkpoint to load: its root has been verified, and all else is found by hashes that stand in it."""

    checkpoint: str
    folder: str
    """The folder of its session."""
    manifest: list[Piece]
    names: Union[list[str], None]
    """Only these names and what they share objects with; `None` for all, and for what was around them."""


# From the supervisor to the host, or to the live state where no copy of it can be made; and back.


class Save(TypedDict):
    """Write a checkpoint.  Answered by `saving` again and again, then by `saved` or `unsaved`.

    The host has it done by a copy of the frozen state, the live state does it itself.
    """

    kind: Literal["save"]
    id: int
    state: int
    """The state that is written; the live state writes what it is."""
    folder: str
    """The session's folder in the store."""
    previous: Union[list[Piece], None]
    """The manifest of the checkpoint before, against which changes are told."""
    sides: list[Side]
    spared: list[Spared]


class Saving(TypedDict):
    """How far a writer is."""

    kind: Literal["saving"]
    id: int
    name: Union[str, None]
    """The name that it works at."""
    done: int
    """So many names are written."""
    names: int
    """Of so many."""
    bytes: int
    """So much of the data has been gone through."""


class Saved(TypedDict):
    """All data of a checkpoint is on disk; the root, which makes it one, is the supervisor's to write."""

    kind: Literal["saved"]
    id: int
    pack: Union[str, None]
    """The file with the new pieces, below `writing-ID` in the folder; `None` where nothing was new."""
    manifest: list[Piece]
    size: int
    """Of all data, in bytes."""
    added: int
    """So much of it was new."""
    counts: SavedCounts
    changes: SavedChanges
    seconds: float


class Unsaved(TypedDict):
    """No checkpoint was written."""

    kind: Literal["unsaved"]
    id: int
    reason: str
    """A clause: `the disk is full`."""
    name: Union[str, None]
    """The name at which the writer died; it may go well without."""


# From the supervisor to the host.


class Cancel(TypedDict):
    """End a writer; what it has written is thrown away."""

    kind: Literal["cancel"]
    id: int


# From the live state to the supervisor.


class Loading(TypedDict):
    """How far the loading of a checkpoint is."""

    kind: Literal["loading"]
    id: int
    name: Union[str, None]
    done: int
    names: int
    bytes: int


class Loaded(TypedDict):
    """What came back; sent before the `done` of its run."""

    kind: Literal["loaded"]
    id: int
    names: list[RestoredName]
    notes: list[str]
    """What was around the names and did not come back, a clause each."""
    packages: dict[str, str]
    """The versions here of the packages that the checkpoint names, as far as they are here."""
