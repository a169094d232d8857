"""The scenarios, by name."""

from __future__ import annotations

from . import descriptors, locks, loops, memory, pools, signals, threads
from .play import Busy, Scenario

MODULES = (memory, threads, locks, pools, loops, signals, descriptors)

SCENARIOS: dict[str, type[Scenario]] = {
    name: each
    for module in MODULES
    for name, each in vars(module).items()
    if isinstance(each, type) and issubclass(each, Scenario) and each not in (Scenario, Busy)
}
