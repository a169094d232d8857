"""What is around the names of a session and is values: random states, options, figures."""

from __future__ import annotations

import sys

from ..missing import Missing, reason_of
from ..rebuild import Unavailable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class LibraryState:
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
    """Return what differs from matplotlib's own, and the backend where that is known by now."""
    usual = dict.items(matplotlib.rcParamsDefault)
    before = dict(usual)
    return {
        key: value
        for key, value in dict.items(matplotlib.rcParams)
        if not key.startswith("backend_") and (key not in before or before[key] != value)
    }


def set_matplotlib_options(matplotlib: Any, found: Any) -> None:
    backend = found.pop("backend", None)
    matplotlib.rcParams.update(found)
    if isinstance(backend, str) and backend != matplotlib.get_backend():
        matplotlib.use(backend)


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
    """Return the figures that pyplot knows with their numbers and labels, the current one last."""
    managers = pyplot._pylab_helpers.Gcf.figs.values()
    figures = [each.canvas.figure for each in managers]
    return [(each.num, figure.get_label(), figure) for each, figure in zip(managers, figures)]


def set_open_figures(pyplot: Any, found: Any) -> None:
    for number, label, figure in found:
        manager = pyplot._get_backend_mod().new_figure_manager_given_figure(number, figure)
        pyplot._pylab_helpers.Gcf._set_new_active_manager(manager)
        if label:
            figure.set_label(label)


def filters(warnings: Any) -> Any:
    return list(warnings.filters)


def set_filters(warnings: Any, found: Any) -> None:
    warnings.filters[:] = found
    mutated = getattr(warnings, "_filters_mutated", None) or warnings._filters_mutated_lock_held
    mutated()


LIBRARY_STATES: dict[str, LibraryState] = {
    ":last": LibraryState(
        "the last value, `_`",
        "builtins",
        lambda module: module._,
        lambda module, value: setattr(module, "_", value),
    ),
    ":random": LibraryState("the state of random", "random", lambda module: module.getstate(), set_random),
    ":numpy.random": LibraryState(
        "the state of numpy.random",
        "numpy.random",
        lambda module: module.get_state(legacy=False),
        lambda module, value: module.set_state(value),
    ),
    ":numpy": LibraryState("how NumPy prints", "numpy", numpy_options, set_numpy_options),
    ":numpy.errors": LibraryState(
        "how NumPy takes errors",
        "numpy",
        lambda module: module.geterr(),
        lambda module, value: module.seterr(**value),
    ),
    ":pandas": LibraryState("the options of pandas", "pandas", pandas_options, set_pandas_options),
    ":matplotlib": LibraryState(
        "the settings of matplotlib", "matplotlib", matplotlib_options, set_matplotlib_options
    ),
    ":figures": LibraryState("the open figures", "matplotlib.pyplot", open_figures, set_open_figures),
    ":decimal": LibraryState(
        "the decimal context",
        "decimal",
        lambda module: module.getcontext(),
        lambda module, value: module.setcontext(value),
    ),
    ":warnings": LibraryState("the filters of warnings", "warnings", filters, set_filters),
    ":torch": LibraryState(
        "the random state of torch",
        "torch",
        lambda module: module.get_rng_state(),
        lambda module, value: module.set_rng_state(value),
    ),
}


def words_for(name: str) -> str:
    state = LIBRARY_STATES.get(name)
    return name if state is None else state.words


def values() -> dict[str, Any]:
    """Return what is around the names as values, under names that begin with a colon."""
    found: dict[str, Any] = {}
    for name, state in LIBRARY_STATES.items():
        module = sys.modules.get(state.module)
        if module is not None:
            try:
                found[name] = state.get(module)
            except Exception:
                continue  # There is none, or the library is of a kind that keeps it elsewhere.
    return found


def set_value(name: str, value: Any) -> None:
    """Set what `values` returned under this name; raise what the library does."""
    import importlib

    state = LIBRARY_STATES.get(name)
    if type(value) is Missing:
        raise Unavailable(reason_of(value))
    if state is not None:
        state.set(importlib.import_module(state.module), value)
