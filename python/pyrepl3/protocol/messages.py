"""Define every message between the supervisor and Python.

This file is the one definition: `build/contract.py` writes the TypeScript
from it, and `npm run check` fails when the two differ.  It is never imported
at run time, so that a session does not pay for `typing`.

A frame is `<u32 size> <u32 header size> <header> <payload>`, numbers in
little-endian order; the first size counts all that follows it.  The header is
one message as JSON in UTF-8, the payload raw bytes (often none).

Every field is always present; what is absent is `None`.  Texts are Unicode,
offsets into them count code points.  Times are seconds.
"""

from __future__ import annotations

from typing import Literal, TypedDict, Union

VERSION = 3
"""Raised by one with every change; both ends compare it at `ready`."""

MAX_FRAME = 256 * 1024 * 1024
"""The largest frame that either end accepts, in bytes."""


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


class Side(TypedDict):
    """What the supervisor adds to a checkpoint: a file, whose bytes become a part of it."""

    part: str
    """`runs`, `transcript`, `history`, `editor`, `plots`."""
    file: str


class Spared(TypedDict):
    """A name that a writer has to leave alone: the one before it died or hung there."""

    name: str
    reason: str


class Piece(TypedDict):
    """A piece of a stream; `docs/checkpoint-format.md` has the whole."""

    hash: str
    size: int


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


class Cancel(TypedDict):
    """End a writer; what it has written is thrown away."""

    kind: Literal["cancel"]
    id: int


# From the host to the supervisor.


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
    mark: int
    """The mark behind the last byte of output."""


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


# From the supervisor to the host, or to the live state where no copy of it can be made.


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
    style: Literal["prompt", "single"]
    """`prompt`: the last expression is shown; `single`: as at CPython's prompt."""
    state: Union[int, None]
    """The number of the state that the run leads to, of which a copy is kept; `None` for no copy."""
    keep: Literal["always", "success", "never"]
    """On which outcome a copy is kept."""
    source: Union[Source, None]
    """A checkpoint to load in the place of code; the code is then only what the run is called."""


class Freeze(TypedDict):
    """Keep a copy of the state as it is now.  Answered by `frozen` or `refused`."""

    kind: Literal["freeze"]
    state: int


class Restore(TypedDict):
    """Put the names and values of a state back into the live one.  Answered by `returned`."""

    kind: Literal["restore"]
    state: int


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


class Reclaim(TypedDict):
    """Ask for the keys that a run was given and did not read."""

    kind: Literal["reclaim"]
    id: int


class Answer(TypedDict):
    """Answer a question, on the channel for answers."""

    kind: Literal["answer"]
    question: int
    text: Union[str, None]
    """The line without its end; `None` is end of file."""


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


class Reclaimed(TypedDict):
    """The payload is what was typed and not read."""

    kind: Literal["reclaimed"]
    id: int


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


class Fault(TypedDict):
    """Our own side failed; the text is a traceback for a report."""

    kind: Literal["fault"]
    text: str


HostRequest = Union[Start, Signal, Resize, Wake, Foresee, Drop, Save, Cancel]
HostReport = Union[Born, Ended, Vacant, Frozen, Lost, Unwoken, Foreseen, Saving, Saved, Unsaved, Fault]
Request = Union[Run, Freeze, Restore, Save, Complete, Describe, Check, Split, Reclaim]
Report = Union[
    Ready,
    Started,
    Done,
    Frozen,
    Refused,
    Noted,
    Returned,
    Ask,
    Withdraw,
    Completed,
    Described,
    Checked,
    Chunks,
    Reclaimed,
    Saving,
    Saved,
    Unsaved,
    Loading,
    Loaded,
    Fault,
]
