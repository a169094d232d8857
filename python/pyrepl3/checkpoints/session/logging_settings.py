"""What `logging` was told: levels, handlers and filters of its loggers, and what holds for all of them."""

from __future__ import annotations

import sys

from ..missing import Missing
from .setting import Setting, each_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USUAL = {"level": 0, "propagate": True, "disabled": False, "handlers": [], "filters": []}
"""Of a logger that was told nothing."""
WARNING = 30
"""The level of the root."""


def usual(name: str) -> dict[str, Any]:
    return {**USUAL, "level": 0 if name else WARNING}


def loggers(logging: Any) -> dict[str, dict[str, Any]]:
    """Return what the loggers were told, by their names; the root's is empty."""
    known = {"": logging.root}
    for name, each in sorted(logging.root.manager.loggerDict.items()):
        if isinstance(each, logging.Logger):
            known[name] = each
    told = {name: told_to(logger, usual(name)) for name, logger in known.items()}
    return {name: each for name, each in told.items() if each}


def told_to(logger: Any, usual: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in vars(logger).items() if name in usual and value != usual[name]}


def set_loggers(logging: Any, found: dict[str, dict[str, Any]]) -> None:
    def set_one(name: str, told: dict[str, Any]) -> None:
        logger = logging.getLogger(name) if name else logging.root
        logger.setLevel(told.get("level", usual(name)["level"]))
        logger.propagate = told.get("propagate", True)
        logger.disabled = told.get("disabled", False)
        # A library that is yet to be imported will add its own.
        if not name or is_programs(name):
            logger.handlers[:] = take(logging, told.get("handlers", []))
            logger.filters[:] = [each for each in told.get("filters", []) if type(each) is not Missing]

    each_there(found, set_one, lambda name: name or "the root")


def is_programs(name: str) -> bool:
    """Whether a logger is the program's, or of a library that is there."""
    top = name.partition(".")[0]
    return top in sys.modules or not is_installed(top)


def is_installed(top: str) -> bool:
    from importlib.util import find_spec

    try:
        return find_spec(top) is not None
    except (ImportError, ValueError):
        return False


def take(logging: Any, handlers: list[Any]) -> list[Any]:
    """Return the handlers that have come back, known to `logging`, which flushes them at the end."""
    there = [each for each in handlers if type(each) is not Missing]
    for each in there:
        logging._addHandlerRef(each)
        if each.get_name():
            logging._handlers[each.get_name()] = each
    return there


def levels(logging: Any) -> dict[int, str]:
    shipped = {0: "NOTSET", 10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
    names = sorted(logging._levelToName.items())
    return {number: name for number, name in names if shipped.get(number) != name}


def set_levels(logging: Any, found: dict[int, str]) -> None:
    for number, name in found.items():
        logging.addLevelName(number, name)


def general(logging: Any) -> dict[str, Any]:
    """Return what holds for all loggers, where it is not as it was at first."""
    now = general_of(logging)
    return {name: value for name, (value, usual) in now.items() if value is not usual and value != usual}


def general_of(logging: Any) -> dict[str, tuple[Any, Any]]:
    return {
        "disable": (logging.root.manager.disable, 0),
        "raise": (logging.raiseExceptions, True),
        "capture": (logging._warnings_showwarning is not None, False),
        "class": (logging.getLoggerClass(), logging.Logger),
        "factory": (logging.getLogRecordFactory(), logging.LogRecord),
        "last": (logging.lastResort, logging._defaultLastResort),
    }


def set_general(logging: Any, found: dict[str, Any]) -> None:
    acts = {
        "disable": logging.disable,
        "raise": lambda value: setattr(logging, "raiseExceptions", value),
        "capture": logging.captureWarnings,
        "class": logging.setLoggerClass,
        "factory": logging.setLogRecordFactory,
        "last": lambda value: setattr(logging, "lastResort", value),
    }
    each_there(found, lambda name, value: acts[name](value), str)


SETTINGS: dict[str, Setting] = {
    ":logging.levels": Setting("the names of logging's levels", "logging", levels, set_levels, lambda _: {}),
    ":logging.general": Setting("the settings of logging", "logging", general, set_general, lambda _: {}),
    ":logging": Setting("loggers and their handlers", "logging", loggers, set_loggers, lambda _: {}),
}
