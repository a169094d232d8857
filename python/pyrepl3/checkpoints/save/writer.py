"""Write a session's names to its folder in the store, each tried before it counts as saved."""

from __future__ import annotations

import errno
import gc
import json
import os
import time
import warnings

from ...language import sources
from ..load.value_paths import find
from ..missing import Missing, reason_of
from ..packs.pack_files import NOFOLLOW
from ..packs.pieces import Pieces
from ..rebuild import Reopened
from ..reduce.routes import Context
from ..session import environment, inventory, settings
from ..session.definition_texts import source_of
from ..values.groups import Graph
from ..values.naming import type_name
from ..values.unpicklable import why_not_pickled
from . import changed_names, pickler
from .fingerprints import Fingerprints
from .trial import Trial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Optional

    Report = Callable[[Optional[str], int, int, int], None]

VERSION = 1


class Unsaveable(Exception):
    """Nothing can be written; the text is a clause for a person."""


def write(
    namespace: dict[str, Any],
    job: dict[str, Any],
    report: Report,
    futures: int = 0,
    positions: dict[int, int] | None = None,
) -> dict[str, Any]:
    """Write what the contract's `save` asks for; return the fields of its `saved`, but for kind and id.

    `report` is told the name that is worked at, how many names are done, of how many, and the bytes;
    `futures` are the session's `from __future__`, as flags of the compiler; `positions` says in a copy of
    the session's process where its files stand, by their descriptors.

    Raises:
        Unsaveable: The disk is full, or does not take it.
    """
    started = time.monotonic()
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        saved = Writer(namespace, job, report, positions).write(futures)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unsaveable("the disk is full") from error
        raise Unsaveable("%s: %s" % (error.filename or job["folder"], error.strerror)) from error
    finally:
        if is_collecting:
            gc.enable()
    return {**saved, "seconds": time.monotonic() - started}


class Writer:
    """Writes one checkpoint."""

    def __init__(
        self,
        namespace: dict[str, Any],
        job: dict[str, Any],
        report: Report,
        positions: dict[int, int] | None,
    ) -> None:
        self._namespace = namespace
        self._job = job
        self._report = report
        writing = os.path.join(job["folder"], "writing-%d" % job["id"])
        self._pieces = Pieces(job["folder"], writing)
        self._graph = Graph(namespace)
        self._context = Context(namespace, self._graph, positions)
        self._fingerprints = Fingerprints(self._dump)
        self._names = inventory.names_of(namespace)
        self._entries: dict[str, dict[str, Any]] = {}
        self._groups: list[dict[str, Any]] = []
        self._modules: list[Any] = []
        self._lost: list[str] = []
        """What is to be told of settings when the checkpoint is restored."""

    def write(self, futures: int) -> dict[str, Any]:
        surroundings = {**environment.plain(), "futures": futures}
        values = {name: value for name, value in self._take_stock() if name not in self._entries}
        values.update(settings.values())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for group in self._graph.group(values):
                self._tell(group[0])
                self._probe(group, values)
                self._save(group, values)
        parts = self._write_sides()
        self._tell(None)
        return self._finish(surroundings, parts)

    def _probe(self, names: list[str], values: dict[str, Any]) -> None:
        """Go through a group name by name after a writer has died, so that the next dies at the right one."""
        for name in names if len(names) > 1 and self._job["spared"] else []:
            self._tell(name)
            try:
                self._dump([values[name]])
            except Exception:
                continue  # It is found again, and said, when the group is saved.

    def _tell(self, name: str | None) -> None:
        shown = None if name is None or name.startswith(":") else name
        self._report(shown, len(self._entries), len(self._names), self._pieces.size)

    def _take_stock(self) -> list[tuple[str, Any]]:
        """Note what is not to be pickled; return the user's names with their values."""
        spared = {each["name"]: each["reason"] for each in self._job["spared"]}
        stock = [(name, self._namespace[name]) for name in self._names]
        for name, value in stock:
            if name in spared:
                self._leave_out(name, value, spared[name])
            elif name.startswith(":"):
                reason = "its name begins with a colon, as names of our own do"
                self._entries[name] = {**inventory.entry(name, value), "how": "unsaved", "reason": reason}
            elif inventory.is_module(value):
                self._modules.append(value)
                detail = inventory.module_detail(value)
                self._entries[name] = {**inventory.entry(name, value), "how": "imported", "detail": detail}
            elif type(value) is Missing:
                self._leave_out(name, value, reason_of(value))
        return stock

    def _leave_out(self, name: str, value: Any, reason: str) -> None:
        if name in settings.SETTINGS:
            self._lost.append("%s did not come back (%s)" % (settings.words_for(name), reason))
        elif not name.startswith(":"):
            self._entries[name] = {**inventory.entry(name, value), "how": "unsaved", "reason": reason}

    def _dump(self, values: list[Any], most: int | None = None) -> pickler.Result:
        return pickler.dump(values, self._context, most)

    def _try(self, values: list[Any]) -> tuple[pickler.Result, Trial]:
        """Pickle the values, and see what would come back; raise where nothing does."""
        result = self._dump(values)
        return result, Trial(values, result, self._context)

    def _save(self, names: list[str], values: dict[str, Any]) -> None:
        """Save names that share objects, as many of them as can be."""
        if not names:
            return
        lost: dict[str, str] = {}
        try:
            result, trial = self._try([values[name] for name in names])
        except Exception as error:
            lost = self._find_culprits(names, values, error)
        else:
            reasons = [trial.why_not(values[name], after) for name, after in zip(names, trial.values)]
            lost = {name: reason for name, reason in zip(names, reasons) if reason}
            if not lost:
                self._store(names, values, result, trial)
                return
        for name, reason in lost.items():
            self._leave_out(name, values[name], reason)
        self._save([name for name in names if name not in lost], values)

    def _find_culprits(self, names: list[str], values: dict[str, Any], error: Exception) -> dict[str, str]:
        """Return which of the names cannot be saved at all, and why."""
        lost: dict[str, str] = {}
        for name in names if len(names) > 1 else []:
            try:
                self._try([values[name]])
            except Exception as its:
                lost[name] = why_not_pickled(its)
        # Where each goes well alone it is their number that does not.
        return lost or {name: why_not_pickled(error) for name in names}

    def _store(self, names: list[str], values: dict[str, Any], result: pickler.Result, trial: Trial) -> None:
        self._fingerprints.begin()
        self._pieces.add(result.data)
        for data in (*result.arrays, *result.buffers):
            self._fingerprints.note(data, self._pieces.add_array(data))
        for name, after in zip(names, trial.values):
            if name.startswith(":"):
                self._note_holes(name, after, trial)
            else:
                found = {**inventory.entry(name, values[name]), "group": len(self._groups)}
                found["size"], found["print"] = self._fingerprints.take(values[name], result, len(names))
                self._try_to_describe(found, values[name], after, trial)
                self._entries[name] = found
        arrays, buffers = ([each.nbytes for each in some] for some in (result.arrays, result.buffers))
        self._groups.append({"names": names, "size": len(result.data), "arrays": arrays, "buffers": buffers})

    def _note_holes(self, name: str, after: Any, trial: Trial) -> None:
        """Note what a setting will be without."""
        for hole in find("", after, trial.doubtful)[0] if trial.remarks else ():
            self._lost.append("%s came back without a part (%s)" % (settings.words_for(name), hole["reason"]))

    def _try_to_describe(self, entry: dict[str, Any], value: Any, after: Any, trial: Trial) -> None:
        try:
            self._describe(entry, value, after, trial)
        except MemoryError:
            raise
        except Exception as error:
            # It is saved; what there is to say of it its class does not let us know.
            entry["detail"] = "not looked into (%s)" % type_name(type(error))

    def _describe(self, entry: dict[str, Any], value: Any, after: Any, trial: Trial) -> None:
        """Add to an entry how the value is saved, as its trial has shown."""
        if type(after) is Reopened:
            entry["how"], entry["detail"] = "reopened", after.detail
            return
        origin = inventory.imported_as(value)
        if origin is not None:
            entry["how"], entry["detail"] = "imported", origin
        else:
            entry["source"] = source_of(value, self._namespace)
            entry["detail"] = inventory.without(value)
        if trial.remarks:
            entry["holes"], reopened = find(entry["name"], after, trial.doubtful)
            entry["detail"] = entry["detail"] or ", ".join(reopened) or None
            entry["how"] = "partly" if entry["holes"] else entry["how"]

    def _write_sides(self) -> list[dict[str, Any]]:
        """Add what the supervisor has put beside the names."""
        parts: list[dict[str, Any]] = []
        for side in self._job["sides"]:
            with open(os.open(side["file"], os.O_RDONLY | NOFOLLOW), "rb") as file:
                data = file.read()
            self._pieces.add(data)
            parts.append({"kind": side["part"], "size": len(data)})
        return parts

    def _finish(self, surroundings: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
        """Write the manifest, and return what is to be told of all."""
        entries = [self._entries[name] for name in self._names if name in self._entries]
        manifest = {
            "version": VERSION,
            **inventory.about_python(),
            "names": [inventory.short(each) for each in entries],
            "groups": self._groups,
            "parts": parts,
            "surroundings": {**surroundings, "lost": self._lost} if self._lost else surroundings,
            "sources": sources.texts(),
            "modules": inventory.modules(self._modules),
            "pieces": [[each["hash"], each["size"]] for each in self._pieces.take()],
        }
        size = self._pieces.size
        self._pieces.add(json.dumps(manifest, indent=0, separators=(",", ":")).encode())
        located = self._pieces.take()
        return {
            "pack": self._pieces.close(),
            "manifest": located,
            "size": size,
            "added": self._pieces.added,
            "counts": inventory.count(entries),
            "changes": changed_names.changes(self._job, entries),
        }
