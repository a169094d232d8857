"""Bring a checkpoint back into a fresh session: as much of it as can be, and say what came of each name."""

from __future__ import annotations

import gc
import importlib
import sys
from importlib.util import MAGIC_NUMBER

from ...language import sources
from .. import rebuild
from ..missing import Missing, reason_of
from ..packs import packs, piece_stream
from ..session import environment, inventory, process_state, settings
from ..session.redefinition import ANEW, Redefiner
from ..values.unpicklable import in_words
from . import patient_unpickler, unpickling, value_paths, versions
from .stored import groups_in, read_manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Protocol

    class Executor(Protocol):
        """What of the session's executor a restore needs."""

        namespace: dict[str, Any]

        @property
        def futures(self) -> int: ...
        def remember(self, flags: int) -> None: ...

    Report = Callable[[Optional[str], int, int, int], None]


def load(executor: Executor, source: dict[str, Any], report: Report) -> dict[str, Any]:
    """Load what the contract's `Source` names; return the fields of its `loaded`, but for kind and id.

    The supervisor has verified the signature of what `source` holds, and everything else is found by
    hashes that stand in it.

    Raises:
        Unloadable: Its manifest is damaged, or of a later version.
    """
    folder = packs.Packs(source["folder"])
    is_collecting = gc.isenabled()
    # What is made now stays: to look through it again and again takes longer than to make it.
    gc.disable()
    try:
        return Loading(executor, folder, read_manifest(folder, source), source["names"], report).load()
    finally:
        folder.close()
        if process_state.is_collecting(is_collecting):
            gc.enable()


class Loading:
    """Loads one checkpoint."""

    def __init__(
        self,
        executor: Executor,
        folder: packs.Packs,
        manifest: dict[str, Any],
        wanted: list[str] | None,
        report: Report,
    ) -> None:
        self._executor = executor
        self._namespace = executor.namespace
        self._manifest = manifest
        pieces = [{"hash": name, "size": size} for name, size in manifest["pieces"]]
        self._stream = piece_stream.Stream(folder, pieces)
        self._versions = versions.Versions(manifest["packages"])
        self._wanted = wanted
        self._report = report
        self._entries = {each["name"]: inventory.whole(each) for each in manifest["names"]}
        self._values: dict[str, Any] = {}
        self._settings: dict[str, Any] = {}
        self._notes: list[str] = []
        self._done = 0
        self._bytes = 0

    def load(self) -> dict[str, Any]:
        rebuild.current.begin(self._namespace, fill_nothing)
        if self._wanted is None:
            environment.set_plain(self._manifest["surroundings"], self._notes.append)
            self._executor.remember(self._manifest["surroundings"]["futures"])
        self._import_modules()
        self._bind()
        groups = list(filter(self._is_group_wanted, groups_in(self._manifest["groups"])))
        if self._manifest["python"]["magic"] != MAGIC_NUMBER.hex():
            groups = self._load_without_code(groups)
            self._redefine(list(self._entries))
        for group in groups:
            self._load_group(group)
        self._bind()
        self._redefine_lost()
        self._keep_sources()
        self._set_settings()
        rebuild.current.fill = None
        self._tell(None)
        return {
            "names": [public(each) for each in self._entries.values() if self._is_wanted(each)],
            "notes": self._notes,
            "packages": inventory.packages(),
        }

    def _tell(self, name: str | None) -> None:
        self._report(name, self._done, len(self._entries), self._bytes)

    def _is_wanted(self, entry: dict[str, Any]) -> bool:
        if self._wanted is None or entry["name"] in self._wanted:
            return True
        group = entry["group"]
        # What shares objects with a name that is wanted comes with it.
        names = self._manifest["groups"][group]["names"] if group is not None else []
        return not set(names).isdisjoint(self._wanted)

    def _is_group_wanted(self, group: dict[str, Any]) -> bool:
        return self._wanted is None or not set(group["names"]).isdisjoint(self._wanted)

    def _lose(self, name: str, reason: str) -> None:
        if name not in self._values:
            self._entries[name].update(how="unsaved", reason=reason)

    def _import_modules(self) -> None:
        """Import the modules that names stand for, and of packages the parts that were loaded."""
        for entry in self._entries.values():
            if entry["how"] == "imported" and entry["group"] is None and self._is_wanted(entry):
                self._import(entry["name"], entry["detail"].partition(" ")[0])
        for module in self._manifest["modules"]:
            if module.rpartition(".")[0] in sys.modules and module not in sys.modules:
                import_part(module)

    def _import(self, name: str, module: str) -> None:
        self._tell(name)
        try:
            self._values[name] = importlib.import_module(module)
        except Exception as error:
            self._lose(name, "%s cannot be imported (%s)" % (module, in_words(error)))
        self._done += 1

    def _load_without_code(self, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Load and bind what has no byte code in it, which texts may need; return the other groups."""
        rest: list[dict[str, Any]] = []
        rebuild.current.is_probing = True
        for group in groups:
            try:
                self._load_group(group)
            except rebuild.Probed:
                rest.append(group)
        rebuild.current.is_probing = False
        self._bind()
        return rest

    def _load_group(self, group: dict[str, Any]) -> None:
        names = [name for name in group["names"] if not name.startswith(":")]
        self._tell(names[0] if names else None)
        try:
            values = self._read_group(group)
        except rebuild.Probed:
            raise
        except Exception as error:
            for name in names:
                self._lose(name, self._versions.add(patient_unpickler.why(error), rebuild.current.packages))
        else:
            for name, value in zip(group["names"], values):
                self._take(name, value)
        self._done += len(names)
        self._bytes += group["size"]

    def _read_group(self, group: dict[str, Any]) -> list[Any]:
        def fill(number: int, array: Any) -> None:
            if array.nbytes:
                flat = array.reshape(-1, order="A").view("u1")
                self._stream.read_into(group["arrays"][number][0], memoryview(flat))

        rebuild.current.fill, rebuild.current.remarks, rebuild.current.packages = fill, [], set()
        data = self._stream.read(*group["data"])
        return unpickling.load(data, [self._stream.read(*place) for place in group["buffers"]])

    def _take(self, name: str, value: Any) -> None:
        """Take a value that has come, and note what of it has not."""
        if type(value) is rebuild.Foreign:
            value = Missing(rebuild.FOREIGN)
        if name.startswith(":"):
            self._settings[name] = value
            return
        if type(value) is Missing:
            self._lose(name, self._versions.add(reason_of(value), rebuild.current.packages))
            return
        holes = self._holes_of(name, value)
        if holes:
            self._entries[name].update(how="partly", holes=holes)
        # What is loaded next may run code that uses it.
        self._values[name] = self._namespace[name] = value

    def _holes_of(self, name: str, value: Any) -> list[dict[str, str]]:
        """Return what of a value has not come back, or cannot be used under this version of its library."""
        holes: list[dict[str, str]] = []
        if rebuild.current.remarks and value is not rebuild.current.told.get(name):
            holes, _ = value_paths.find(name, value, [])
        reason = self._versions.why_not_shown(value)
        packages = rebuild.current.packages
        return [
            *(
                {"path": each["path"], "reason": self._versions.add(each["reason"], packages)}
                for each in holes
            ),
            *([{"path": name, "reason": reason}] if reason else []),
        ]

    def _set_settings(self) -> None:
        """Set what is around the names, when nothing runs any more that may change it."""
        if self._wanted is not None:
            return
        self._notes += self._manifest["surroundings"].get("lost", [])
        for name in settings.in_order(self._settings):
            value = self._settings[name]
            try:
                settings.set_value(name, value)
            except Exception as error:
                words = settings.words_for(name), in_words(error)
                self._notes.append("%s did not come back (%s)" % words)

    def _redefine(self, names: list[str]) -> dict[str, str]:
        """Make functions and classes from their texts; return why some could not be."""
        wanted = [self._entries[name] for name in names if self._is_wanted(self._entries[name])]
        texts = {each["name"]: each["source"] for each in wanted if each["source"]}
        redefiner = Redefiner(texts, self._entries, self._namespace, self._executor.futures)
        redefiner.redefine()
        for name, value in redefiner.made.items():
            self._values[name] = rebuild.current.told[name] = value
            self._entries[name].update(how="saved", holes=[], reason=ANEW)
        return redefiner.failed

    def _redefine_lost(self) -> None:
        lost = [name for name in self._entries if name not in self._values]
        for name, reason in self._redefine(lost).items():
            self._lose(name, "%s, and %s" % (self._entries[name]["reason"], reason))

    def _bind(self) -> None:
        """Give the values their names, in the order in which they stood."""
        for name in self._entries:
            if name in self._values:
                self._namespace.pop(name, None)
                self._namespace[name] = self._values[name]

    def _keep_sources(self) -> None:
        by_file: dict[str, list[Any]] = {}
        for code in rebuild.current.codes:
            by_file.setdefault(code.co_filename, []).append(code)
        for file, text in self._manifest["sources"].items():
            if file in by_file:
                sources.keep(file, text, by_file[file])
        for name, entry in self._entries.items():
            if name in self._values and entry["source"]:
                sources.keep_class(name, entry["source"])
        sources.publish()


def import_part(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception:
        return  # It is no name of the session's; who needs it will say so.


def fill_nothing(number: int, array: Any) -> None:
    raise AssertionError("there are arrays in groups alone")


def public(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as the contract has it."""
    return {key: value for key, value in entry.items() if key != "source"}
