"""What is around the names of a session and belongs to it: folder, environment, random states, options."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Setter = Callable[[Any], None]

FLEETING = frozenset(("COLUMNS", "LINES", "TERM", "COLORTERM", "PWD", "OLDPWD", "SHLVL", "_", "WINDOWID"))
"""Environment variables that belong to a terminal."""

path_at_start: list[str] = []
"""`sys.path` before anything ran."""


def note_start() -> None:
    path_at_start[:] = sys.path


def plain() -> dict[str, Any]:
    """Return what can be written as JSON."""
    return {
        "folder": working_folder(),
        "environment": environment_changes(),
        "path": [entry for entry in sys.path if isinstance(entry, str) and entry not in path_at_start],
        "recursion": sys.getrecursionlimit(),
        "prompts": [str(getattr(sys, name, "")) for name in ("ps1", "ps2")],
    }


def working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None


def environment_changes() -> dict[str, Any]:
    """Return what the session has set or unset since its process began."""
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = [entry.partition(b"=") for entry in file.read().split(b"\0") if entry]
    except OSError:
        return {"set": {}, "unset": []}
    before = {os.fsdecode(name): os.fsdecode(value) for name, _, value in entries}
    now = dict(os.environ)
    return {
        "set": {
            name: value
            for name, value in sorted(now.items())
            if name not in FLEETING and before.get(name) != value
        },
        "unset": sorted(name for name in before if name not in now and name not in FLEETING),
    }


def set_plain(found: dict[str, Any], note: Callable[[str], None]) -> None:
    folder = found.get("folder")
    if folder:
        try:
            os.chdir(folder)
        except OSError as error:
            note("the working directory is still %s (%s: %s)" % (working_folder(), folder, error.strerror))
    os.environ.update(found["environment"]["set"])
    for name in found["environment"]["unset"]:
        os.environ.pop(name, None)
    sys.path += [entry for entry in found["path"] if entry not in sys.path]
    sys.setrecursionlimit(max(found["recursion"], sys.getrecursionlimit()))
    sys.ps1, sys.ps2 = found["prompts"]


class Aspect:
    """One thing around the names that is saved as a value: its name begins with a colon."""

    def __init__(
        self, words: str, module: str, get: Callable[[Any], Any], set: Callable[[Any, Any], None]
    ) -> None:
        self.words = words
        self.module = module
        """Where it lives; one that is not loaded has none of it."""
        self.get = get
        self.set = set


def set_random(random: Any, state: Any) -> None:
    random.setstate(state)


def numpy_options(numpy: Any) -> Any:
    return numpy.get_printoptions()


def set_numpy_options(numpy: Any, found: Any) -> None:
    numpy.set_printoptions(**found)


def matplotlib_options(matplotlib: Any) -> Any:
    """Return what differs from matplotlib's own; the backend belongs to the process."""
    usual = dict.items(matplotlib.rcParamsDefault)
    before = dict(usual)
    return {
        key: value
        for key, value in dict.items(matplotlib.rcParams)
        if not key.startswith("backend") and (key not in before or before[key] != value)
    }


def set_matplotlib_options(matplotlib: Any, found: Any) -> None:
    matplotlib.rcParams.update(found)


def pandas_options(pandas: Any) -> Any:
    """Return the options that differ from pandas' own."""
    from pandas._config import config  # pyright: ignore[reportMissingImports]

    found: dict[str, Any] = {}
    for key, registered in config._registered_options.items():
        try:
            value = pandas.get_option(key)
            if value != registered.defval:
                found[key] = value
        except Exception:
            continue  # One that is deprecated, or that no comparison goes with.
    return found


def set_pandas_options(pandas: Any, found: Any) -> None:
    for key, value in found.items():
        pandas.set_option(key, value)


def open_figures(pyplot: Any) -> Any:
    return [pyplot.figure(number) for number in pyplot.get_fignums()]


def filters(warnings: Any) -> Any:
    return list(warnings.filters)


def set_filters(warnings: Any, found: Any) -> None:
    warnings.filters[:] = found
    warnings._filters_mutated()


ASPECTS: dict[str, Aspect] = {
    ":last": Aspect(
        "the last value, `_`",
        "builtins",
        lambda module: module._,
        lambda module, value: setattr(module, "_", value),
    ),
    ":random": Aspect("the state of random", "random", lambda module: module.getstate(), set_random),
    ":numpy.random": Aspect(
        "the state of numpy.random",
        "numpy.random",
        lambda module: module.get_state(legacy=False),
        lambda module, value: module.set_state(value),
    ),
    ":numpy": Aspect("how NumPy prints", "numpy", numpy_options, set_numpy_options),
    ":pandas": Aspect("the options of pandas", "pandas", pandas_options, set_pandas_options),
    ":matplotlib": Aspect(
        "the settings of matplotlib", "matplotlib", matplotlib_options, set_matplotlib_options
    ),
    ":figures": Aspect("the open figures", "matplotlib.pyplot", open_figures, lambda module, value: None),
    ":decimal": Aspect(
        "the decimal context",
        "decimal",
        lambda module: module.getcontext(),
        lambda module, value: module.setcontext(value),
    ),
    ":warnings": Aspect("the filters of warnings", "warnings", filters, set_filters),
    ":torch": Aspect(
        "the random state of torch",
        "torch",
        lambda module: module.get_rng_state(),
        lambda module, value: module.set_rng_state(value),
    ),
}


def words_for(name: str) -> str:
    aspect = ASPECTS.get(name)
    return name if aspect is None else aspect.words


def values() -> dict[str, Any]:
    """Return what is around the names as values, under names that begin with a colon."""
    found: dict[str, Any] = {}
    for name, aspect in ASPECTS.items():
        module = sys.modules.get(aspect.module)
        if module is not None:
            try:
                found[name] = aspect.get(module)
            except Exception:
                continue  # There is none, or the library is of a kind that keeps it elsewhere.
    return found


def set_value(name: str, value: Any) -> None:
    """Set what `values` returned under this name; raise what the library does."""
    import importlib

    aspect = ASPECTS.get(name)
    if aspect is not None:
        aspect.set(importlib.import_module(aspect.module), value)
