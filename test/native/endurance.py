"""What takes too long for the tests: long chains of generations under load, and libraries.

The names are those of scenarios, of hazards and of libraries; without any, all are run, as far as installed.

    PYTHONPATH=python python3 test/native/endurance.py [--generations 10000] [NAME ...]

With `--freezes 200` it is not a chain: one live process goes on, with so many freezes beside its work.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from scenarios import SCENARIOS, hazards, libraries
from scenarios.play import Scenario, freeze_often, play

HAZARDS = {
    name: each
    for name, each in vars(hazards).items()
    if isinstance(each, type) and each.__module__ == hazards.__name__
}

ONLY_IN_CHAINS = ("Identities",)
"""What tells a woken copy from the live process."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--generations", type=int, default=0, help="of the chain under load; of others a part"
    )
    parser.add_argument("--freezes", type=int, default=0, help="beside one live process, instead of a chain")
    parser.add_argument("--burners", type=int, default=2, help="processes that keep the machine busy")
    options = parser.parse_args()
    scenarios = {**HAZARDS, **SCENARIOS, **libraries.LIBRARIES}
    if options.freezes:
        scenarios = {name: each for name, each in scenarios.items() if name not in ONLY_IN_CHAINS}
    failed = []
    burners = [burn() for _ in range(options.burners)]
    try:
        for name in options.names or scenarios:
            generations = options.generations or (2000 if name == "ShortThreads" else 20)
            if not run(name, scenarios[name], generations, options.freezes):
                failed.append(name)
    finally:
        for burner in burners:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(burner, signal.SIGKILL)
                os.waitpid(burner, 0)
    print("failed:", ", ".join(failed) or "none")
    return len(failed)


def run(name: str, scenario: type[Scenario], generations: int, freezes: int) -> bool:
    """Play one, say how it went, and return whether it went well."""
    module = getattr(scenario, "module", None)
    if module and importlib.util.find_spec(module) is None:
        print("%-24s %s is not installed" % (name, module), flush=True)
        return True
    begin = time.monotonic()
    try:
        if freezes:
            freeze_often(scenario(), freezes)
        else:
            play(scenario(), generations)
        outcome = "survived"
    except Exception as error:
        outcome = "FAILED: %s" % error
    seconds = time.monotonic() - begin
    amount = "%5d freezes" % freezes if freezes else "%5d generations" % generations
    print("%-24s %s, %6.1f s: %s" % (name, amount, seconds, outcome), flush=True)
    return outcome == "survived"


def burn() -> int:
    """Start a process that keeps a processor busy, at the lowest priority but one."""
    pid = os.fork()
    if pid == 0:
        parent = os.getppid()
        while os.getppid() == parent:
            sum(range(100000))
        os._exit(0)
    return pid


if __name__ == "__main__":
    sys.exit(main())
