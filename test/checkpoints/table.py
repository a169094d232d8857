"""The table of what comes back: a row for each kind of value, what is reported of it, and what holds of it after."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
import tempfile
import textwrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sessions import Nursery


PYTHON = (
    *("plain", "containers", "functions", "function_kinds", "classes", "class_kinds", "standard"),
    *("modules", "files", "processes", "hostile", "odd", "around", "settings", "hooks"),
)
"""The parts of the table that need no libraries."""


class Row:
    """One kind of value."""

    def __init__(
        self,
        title: str,
        code: str,
        check: str = "",
        *,
        imports: str = "",
        how: dict[str, str] | None = None,
        reasons: dict[str, str] | None = None,
        holes: dict[str, dict[str, str]] | None = None,
        lost: dict[str, str] | None = None,
        lost_holes: dict[str, dict[str, str]] | None = None,
        details: dict[str, str] | None = None,
        notes: list[str] | None = None,
        between: str = "",
        since: tuple[int, int] = (3, 8),
        before: tuple[int, int] = (4, 0),
    ) -> None:
        """`code` is run piece by piece, as divided by lines of `#--`; of `check` each line holds afterwards, or is done
        where it begins with `>`.

        All names that the code makes are saved, but those of which `how` says something else, those with
        `reasons`, which are unsaved, and those with `holes`, which are partly saved.  `lost` are those that
        are saved and do not come back, as what is done `between` has changed what they need; `notes` is what
        is said beside the names.
        """
        self.title = title
        self.runs = [textwrap.dedent(part).strip() for part in code.split("#--")]
        self.checks = pieces(check)
        self.imports = imports
        self.how = {**{name: "unsaved" for name in reasons or {}}, **{name: "partly" for name in holes or {}}}
        self.how.update(how or {})
        self.reasons = reasons or {}
        self.holes = holes or {}
        self.lost = lost or {}
        self.lost_holes = lost_holes or {}
        self.details = details or {}
        self.notes = notes or []
        self.between = between
        self.is_for_this = since <= sys.version_info[:2] < before

    @property
    def kind(self) -> str:
        """Return in which part of the table it stands."""
        kinds = set(self.how.values())
        if kinds & {"reopened", "imported"}:
            return "imported or reopened"
        return "reported as not saved" if kinds or self.lost else "equal"


def pieces(check: str) -> list[str]:
    """Return the lines, each with those below it that are indented."""
    found: list[str] = []
    for line in textwrap.dedent(check).strip().splitlines():
        if line.startswith((" ", "else", "except")) and found:
            found[-1] += "\n" + line
        elif line.strip():
            found.append(line)
    return found


def rows(*modules: str) -> list[Row]:
    found = [row for module in modules for row in importlib.import_module("rows.%s" % module).ROWS]
    return [row for row in found if row.is_for_this]


class Trip:
    """The way of one row's values to disk and back."""

    def __init__(self, row: Row, folder: str) -> None:
        self._row = row
        self._folder = os.path.join(folder, "session")
        self.work = os.path.join(folder, "work")
        os.makedirs(self.work)

    def save(self, writers: Nursery) -> list[dict[str, Any]]:
        """Return what is said of the names when they are saved."""
        row = self._row
        job = {
            "act": "save",
            "folder": self._folder,
            "work": self.work,
            "imports": row.imports,
            "runs": row.runs,
        }
        saved = writers.run(job)
        self._manifest, self._imported = saved["manifest"], set(saved["imported"])
        self._names = {each["name"] for each in saved["contents"]["names"]}
        return saved["contents"]["names"]

    def load(self, readers: Nursery) -> dict[str, Any]:
        """Return what is said when the names have come back, and all holds of them that is to."""
        os.chdir(self.work)
        exec(self._row.between, {"os": os})
        os.chdir("/")
        checks = ["after_all[0] is before_all", *self._row.checks]
        job = {"act": "load", "folder": self._folder, "manifest": self._manifest, "checks": checks}
        return readers.run(job)

    def said(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what is said of each name, but of those that are imported."""
        others = [each for each in entries if each["name"] not in self._imported]
        return {each["name"]: report(each) for each in others}

    def expected(self) -> dict[str, Any]:
        """Return what is to be said of each name."""
        names = (self._names - self._imported) | self._row.how.keys()
        return {name: expectation(self._row, name, self.work) for name in names}


def report(entry: dict[str, Any]) -> list[Any]:
    holes = {hole["path"]: hole["reason"] for hole in entry.get("holes", [])}
    return [entry.get("how", "saved"), entry.get("reason"), holes]


def expectation(row: Row, name: str, work: str) -> list[Any]:
    reason = row.reasons.get(name)
    return [row.how.get(name, "saved"), reason and reason.replace("WORK", work), row.holes.get(name, {})]


def losses(row: Row, work: str) -> dict[str, Any]:
    """Return what is to be said of the names that were saved and have not come back as they were."""
    lost = {name: ["unsaved", why, {}] for name, why in row.lost.items()}
    lost.update({name: ["partly", None, holes] for name, holes in row.lost_holes.items()})
    return json.loads(json.dumps(lost).replace("WORK", work))


def add_tests(case: Any, modules: tuple[str, ...]) -> None:
    """Give a test case a test for each row, which has nurseries of `writers` and `readers`."""
    titles = [row.title for row in rows(*modules)]
    assert len(titles) == len(set(titles)), "two rows have the same title"
    for row in rows(*modules):
        setattr(case, "test_%s" % row.title.replace(" ", "_"), test_of(row))


def test_of(row: Row) -> Any:
    def test(self: Any) -> None:
        folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        trip = Trip(row, folder)
        entries = trip.save(self.writers)
        expected = trip.expected()
        self.assertEqual(trip.said(entries), expected)
        details = {each["name"]: each.get("detail") for each in entries if each["name"] in row.details}
        self.assertEqual(
            details, {name: each.replace("WORK", trip.work) for name, each in row.details.items()}
        )
        loaded = trip.load(self.readers)
        self.assertEqual(loaded["notes"], [each.replace("WORK", trip.work) for each in row.notes])
        self.assertEqual(trip.said(loaded["names"]), {**expected, **losses(row, trip.work)})

    return test
