"""What tests ask new sessions to do: each takes a job, and returns what is to be told of it."""

from __future__ import annotations

import contextlib
import io
import os
import random
import traceback

from sessions import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def save(job: dict[str, Any]) -> dict[str, Any]:
    """Run code piece by piece, and save what it has made."""
    os.chdir(job["work"])
    session = Session()
    session.run("before_all = ['before']")
    session.run(job["imports"])
    imported = [name for name in session.names if not name.startswith("__") and name != "before_all"]
    for code in job["runs"]:
        session.run(code)
    session.run("after_all = [before_all]")
    told = session.save(job["folder"])
    return {"manifest": told["manifest"], "contents": told["contents"], "imported": imported}


def load(job: dict[str, Any]) -> dict[str, Any]:
    """Restore a session, and see what holds in it: each line is an expression that is true, or done behind `>`."""
    session = Session()
    loaded = session.restore(job["folder"], job["manifest"], job.get("names"))
    session.go_on_from(1000)
    for code in job["checks"]:
        check(session, code)
    return loaded


def check(session: Session, code: str) -> None:
    if code.startswith("> "):
        session.run(code[2:])
    else:
        session.run("assert (%s), %r" % (code, code))


def go_on(job: dict[str, Any]) -> dict[str, Any]:
    """Run code, save what it has made, and run more; return what that printed."""
    session = Session()
    with contextlib.redirect_stdout(io.StringIO()):
        for code in job["runs"]:
            session.run(code)
    told = session.save(job["folder"])
    return {
        "manifest": told["manifest"],
        "names": told["contents"]["names"],
        "said": said(session, job["more"]),
    }


def come_back(job: dict[str, Any]) -> dict[str, Any]:
    """Restore a session, and run what the one that was saved ran then; return what that printed."""
    session = Session()
    loaded = session.restore(job["folder"], job["manifest"])
    session.go_on_from(job["last"])
    return {"names": loaded["names"], "notes": loaded["notes"], "said": said(session, job["more"])}


def said(session: Session, runs: list[str]) -> list[str]:
    """Return what each run prints."""
    found = []
    for code in runs:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            session.run(code)
        found.append(out.getvalue())
    return found


def save_twice(job: dict[str, Any]) -> dict[str, Any]:
    """Save a state in two copies of its process, apart, then once more where it has been saved."""
    os.chdir(job["work"])
    session = Session()
    for code in [job["imports"], *job["runs"]]:
        session.run(code)
    folders = [os.path.join(job["folder"], name) for name in ("one", "other")]
    for number, folder in ((1, folders[0]), (1, folders[1]), (2, folders[0])):
        in_a_copy(lambda number=number, folder=folder: session.save(folder, number, positions=leave_files()))
    return {"packs": [packs_in(folder) for folder in folders]}


def in_a_copy(act: Any) -> None:
    # A fork gives `random` another state, which the copies of a session's states do not.
    state = random.getstate()
    pid = os.fork()
    if pid == 0:
        try:
            random.setstate(state)
            act()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert status == 0, "a copy ended with status %d" % status


def leave_files() -> dict[int, int]:
    """Open all files anew for reading alone, as a writer does; return where they stood."""
    positions = {}
    for name in os.listdir("/proc/self/fd"):
        link = "/proc/self/fd/" + name
        if os.path.isfile(link):
            positions[int(name)] = os.lseek(int(name), 0, os.SEEK_CUR)
            again = os.open(link, os.O_RDONLY)
            os.lseek(again, positions[int(name)], os.SEEK_SET)
            os.dup2(again, int(name))
            os.close(again)
    return positions


def packs_in(folder: str) -> dict[str, str]:
    """Return the bytes of the packs, in hex."""
    found = {}
    for name in sorted(os.listdir(os.path.join(folder, "packs"))):
        with open(os.path.join(folder, "packs", name), "rb") as file:
            found[name] = file.read().hex()
    return found


def save_in_steps(job: dict[str, Any]) -> dict[str, Any]:
    """Save a checkpoint after each of the parts of the code; return the last, and what its names are."""
    session = Session()
    previous: Any = None
    told: dict[str, Any] = {}
    for number, code in enumerate(job["runs"], 1):
        session.run(code)
        told = session.save(job["folder"], number, previous)
        previous = told["manifest"]
    values = {name: repr(session.names[name]) for name in job["names"]}
    return {"manifest": previous, "contents": told["contents"], "values": values}


def save_in_runs(job: dict[str, Any]) -> dict[str, Any]:
    """Save what all of the runs together have made."""
    session = Session()
    for code in job["runs"]:
        session.run(code)
    return {"manifest": session.save(job["folder"])["manifest"]}


def look(job: dict[str, Any]) -> dict[str, Any]:
    """Restore a session; return what is said of its names and what they are, or why it cannot be restored."""
    from pyrepl3.checkpoints.load.stored import Unloadable

    session = Session()
    try:
        loaded = session.restore(job["folder"], job["manifest"])
    except Unloadable as error:
        return {"unloadable": str(error)}
    values = {name: repr(session.names[name]) for name in job["names"] if name in session.names}
    return {"names": loaded["names"], "values": values}


def save_again(job: dict[str, Any]) -> dict[str, Any]:
    """Restore a session, and save it as it is."""
    session = Session()
    session.restore(job["folder"], job["manifest"])
    told = session.save(job["folder"], 2, job["manifest"])
    return {key: told[key] for key in ("added", "size", "changes", "counts")}
