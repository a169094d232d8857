"""Let `multiprocessing` send what was typed at the prompt to processes that do not know it.

A child made by `spawn` or `forkserver` has a `__main__` of its own, without
the session's functions and classes; so has a pool that was forked before they
were defined.  Pickle sends both by name only.  While `multiprocessing` is in
use its pickler sends them by value, with cloudpickle, and the data that
prepares a child brings the same to the other side.

cloudpickle comes with the application and is loaded under a name of ours,
beside whatever the user has installed.
"""

from __future__ import annotations

import os
import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "pyrepl3_cloudpickle"
PLACES = (
    os.path.join("..", "python-packages", "cloudpickle"),
    os.path.join("..", ".setup", "python-packages", "cloudpickle"),
)
"""Where the application keeps cloudpickle: packaged, and in a checkout; beside `launch.py`."""

_pickler: types.ModuleType | None = None


def on_import(arguments: tuple[Any, ...]) -> None:
    """Act on the audit event `import`, raised before a module is loaded."""
    name = arguments[0]
    if isinstance(name, str) and name.startswith("multiprocessing."):
        reduction = sys.modules.get("multiprocessing.reduction")
        if reduction is not None and hasattr(reduction, "ForkingPickler"):
            teach(reduction.ForkingPickler)
        if name in ("multiprocessing.popen_spawn_posix", "multiprocessing.popen_forkserver"):
            prepare_children()


def find() -> str | None:
    """Return the file of the bundled cloudpickle."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for place in PLACES:
        file = os.path.join(package, os.pardir, place, "cloudpickle.py")
        if os.path.isfile(file):
            return os.path.normpath(file)
    return None


def load(file: str) -> types.ModuleType:
    """Load cloudpickle under our name, or return it where it is loaded."""
    if NAME in sys.modules:
        return sys.modules[NAME]
    import importlib.util

    spec = importlib.util.spec_from_file_location(NAME, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)  # pyright: ignore[reportAttributeAccessIssue]  typed for Python 2's
    return module


def teach(pickler: Any) -> None:
    """Make the pickler send functions and classes of `__main__` by value."""
    global _pickler
    if "reducer_override" in vars(pickler):
        return
    file = find()
    if file is None:
        return
    _pickler = load(file)
    pickler.reducer_override = reduce


def reduce(pickler: Any, value: object) -> Any:
    """Reduce a definition of `__main__` to its bytes; leave all else to pickle."""
    if isinstance(value, (types.FunctionType, type)) and value.__module__ == "__main__":
        assert _pickler is not None
        return _pickler.loads, (_pickler.dumps(value),)
    return NotImplemented


class Preparation:
    """Unpickles to nothing, and installs this module's work in the child as it does."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (CHILD, {"name": NAME, "file": self._file, "ours": __file__})


CHILD = """
import importlib.util, sys
def load(name, file):
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
byvalue = load("pyrepl3_byvalue", ours)
byvalue.load(file)
from multiprocessing.reduction import ForkingPickler
byvalue.teach(ForkingPickler)
"""


def prepare_children() -> None:
    """Add our preparation to what `multiprocessing` sends a new child first."""
    from multiprocessing import spawn

    original = spawn.get_preparation_data
    file = find()
    if file is None or getattr(original, "prepares", False):
        return

    def get_preparation_data(name: str) -> dict[str, Any]:
        data = original(name)
        # What a child needs of a script comes by value: it does not run the script again.
        data.pop("init_main_from_path", None)
        # `prepare` reads the keys it knows; loading this one is what counts.
        data["pyrepl3"] = Preparation(file)
        return data

    get_preparation_data.prepares = True  # type: ignore[attr-defined]
    spawn.get_preparation_data = get_preparation_data
