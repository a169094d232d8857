"""Settings of the process: signal handlers, the mask of new files, the collector, the locale and others."""

from __future__ import annotations

import gc

from . import process_state
from .process_state import at_save, at_start
from .setting import Setting, each_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def found(name: str) -> Any:
    return at_save[name]


def changed_handlers(module: Any) -> dict[int, Any]:
    usual = at_start.get("signals", {})
    there = found("signals")
    return {number: there[number] for number in sorted(there) if there[number] is not usual.get(number)}


def set_handlers(module: Any, saved: dict[int, Any]) -> None:
    def name(number: int) -> str:
        return next((each.name for each in module.valid_signals() if each == number), "signal %d" % number)

    each_there(saved, module.signal, name)


def set_collector(module: Any, saved: tuple[bool, tuple[int, ...], int]) -> None:
    is_enabled, thresholds, debug = saved
    gc.set_threshold(*thresholds)
    gc.set_debug(debug)
    process_state.collecting.append(is_enabled)


def changed_locale(module: Any) -> dict[str, str]:
    usual = at_start.get("locale", {})
    return {name: value for name, value in found("locale").items() if value != usual.get(name)}


def set_locale(module: Any, saved: dict[str, str]) -> None:
    each_there(saved, lambda name, value: module.setlocale(getattr(module, name), value), str)


def plain(words: str, name: str, module: str, set: Any) -> Setting:
    """Return a setting whose value says all, and is noted under the name."""
    return Setting(words, module, lambda _: found(name), set, lambda _: at_start.get(name))


SETTINGS: dict[str, Setting] = {
    ":signal.mask": plain(
        "the signals that are blocked",
        "blocked",
        "signal",
        lambda module, value: module.pthread_sigmask(module.SIG_SETMASK, value),
    ),
    ":os.umask": plain("the umask", "umask", "os", lambda module, value: module.umask(value)),
    ":gc": plain("the settings of the garbage collector", "collector", "gc", set_collector),
    ":locale": Setting("the locale", "locale", changed_locale, set_locale, lambda _: {}),
    ":time": plain("the time zone", "zone", "time", lambda module, value: module.tzset()),
    ":sys.switching": plain(
        "the interval in which threads switch",
        "switching",
        "sys",
        lambda module, value: module.setswitchinterval(value),
    ),
    ":sys.digits": plain(
        "the most digits of an integer",
        "digits",
        "sys",
        lambda module, value: module.set_int_max_str_digits(value),
    ),
    ":sys.depth": plain(
        "how deep the origin of coroutines is tracked",
        "depth",
        "sys",
        lambda module, value: module.set_coroutine_origin_tracking_depth(value),
    ),
    ":sys.bytecode": plain(
        "sys.dont_write_bytecode",
        "bytecode",
        "sys",
        lambda module, value: setattr(module, "dont_write_bytecode", value),
    ),
    ":sys.cache": plain(
        "sys.pycache_prefix", "cache", "sys", lambda module, value: setattr(module, "pycache_prefix", value)
    ),
    ":signal": Setting("signal handlers", "signal", changed_handlers, set_handlers, lambda _: {}),
}
