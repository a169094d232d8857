"""Kishu for the bench: its own instrument in an IPython shell, without a notebook's server.

It saves behind each cell, into a database beside the notebook; what its two
hooks take is what it adds to the cell.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import os
import time
from pathlib import Path

from whole_files import taken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

NOTEBOOK = "saved.ipynb"


class Kishu:
    """Times are in milliseconds."""

    def __init__(self, folder: str) -> None:
        # Nothing of the user's own takes part; and no browser is there that could save the notebook.
        os.environ.update(KISHU_PATH_ROOT=folder, IPYTHONDIR=folder, ENV_KISHU_TEST_MODE="1")
        from IPython.core.interactiveshell import InteractiveShell
        from kishu.jupyterint import KishuForJupyter
        from kishu.notebook_id import NotebookId

        notebook = Path(folder, NOTEBOOK)
        self.last = last_commit(notebook)
        self.shell: Any = InteractiveShell.instance()
        self.hooks = Hooks()
        self.instrument = KishuForJupyter(NotebookId("bench", notebook, "none"), ip=self.shell)
        self.database = self.instrument.database_path()
        for name in ("pre_run_cell", "post_run_cell"):
            setattr(self.instrument, name, self.hooks.timed(getattr(self.instrument, name)))
        self.instrument.install_kishu_hooks()

    def run(self, code: str) -> dict[str, float]:
        return self.save(code)

    def save(self, code: str) -> dict[str, float]:
        """Run a cell; return what Kishu added to it, until all was on disk, and what the files grew by."""
        before = self._taken()
        call = self.hooks.during(lambda: self.shell.run_cell(code, store_history=True).raise_error())
        begin = time.perf_counter()
        descriptor = os.open(self.database, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
        synced = (time.perf_counter() - begin) * 1000
        after = self._taken()
        growth = {name: after[name] - before[name] for name in after}
        return {"call": call, "durable": call + synced, **growth}

    def load(self) -> float:
        begin = time.perf_counter()
        self.instrument.checkout(self.last, skip_notebook=True)
        return (time.perf_counter() - begin) * 1000

    def holds(self, words: str) -> bool:
        return bool(eval(words, self.shell.user_ns))

    def _taken(self) -> dict[str, float]:
        return taken(*map(str, self.database.parent.glob(self.database.name + "*")))


class Hooks:
    """What runs before and behind a cell: how long it takes, and its failure, which IPython does not tell."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._failure: Exception | None = None

    def timed(self, hook: Callable[[Any], None]) -> Callable[[Any], None]:
        def timed(argument: Any) -> None:
            begin = time.perf_counter()
            try:
                hook(argument)
            except Exception as error:
                self._failure = error
            self._seconds += time.perf_counter() - begin

        return timed

    def during(self, act: Callable[[], None]) -> float:
        """Return how long the hooks took while something was done."""
        self._seconds = 0.0
        act()
        if self._failure:
            raise self._failure
        return self._seconds * 1000


def last_commit(notebook: Path) -> str | None:
    """Return what was saved last, which an instrument forgets when it opens; make a missing notebook."""
    import nbformat
    from kishu.storage.branch import KishuBranch
    from kishu.storage.path import KishuPath

    if notebook.exists():
        return KishuBranch(KishuPath.database_path(notebook)).get_head().commit_id
    nbformat.write(nbformat.v4.new_notebook(), notebook)
    return None
