"""What libraries keep for all of a session: random states, options, figures."""

from __future__ import annotations

from .setting import Setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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


SETTINGS: dict[str, Setting] = {
    ":last": Setting(
        "the last value, `_`",
        "builtins",
        lambda module: module._,
        lambda module, value: setattr(module, "_", value),
    ),
    ":random": Setting("the state of random", "random", lambda module: module.getstate(), set_random),
    ":numpy.random": Setting(
        "the state of numpy.random",
        "numpy.random",
        lambda module: module.get_state(legacy=False),
        lambda module, value: module.set_state(value),
    ),
    ":numpy": Setting("how NumPy prints", "numpy", numpy_options, set_numpy_options),
    ":numpy.errors": Setting(
        "how NumPy takes errors",
        "numpy",
        lambda module: module.geterr(),
        lambda module, value: module.seterr(**value),
    ),
    ":pandas": Setting("the options of pandas", "pandas", pandas_options, set_pandas_options),
    ":matplotlib": Setting(
        "the settings of matplotlib", "matplotlib", matplotlib_options, set_matplotlib_options
    ),
    ":figures": Setting("the open figures", "matplotlib.pyplot", open_figures, set_open_figures),
    ":torch": Setting(
        "the random state of torch",
        "torch",
        lambda module: module.get_rng_state(),
        lambda module, value: module.set_rng_state(value),
    ),
}
