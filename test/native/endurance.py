"""What takes too long for the tests: long chains of generations under load, and libraries.

The names are those of scenarios, of hazards and of libraries; without any, all are run, as far as installed.

    PYTHONPATH=python python3 test/native/endurance.py [--generations 10000] [NAME ...]
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
from scenarios.play import Scenario, play

HAZARDS = {
    name: each
    for name, each in vars(hazards).items()
    if isinstance(each, type) and each.__module__ == hazards.__name__
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--generations", type=int, default=0, help="of the chain under load; of others a part"
    )
    parser.add_argument("--burners", type=int, default=2, help="processes that keep the machine busy")
    options = parser.parse_args()
    scenarios = {**HAZARDS, **SCENARIOS, **libraries.LIBRARIES}
    failed = []
    burners = [burn() for _ in range(options.burners)]
    try:
        for name in options.names or scenarios:
            if not run(
                name, scenarios[name], options.generations or (2000 if name == "ShortThreads" else 20)
            ):
                failed.append(name)
    finally:
        for burner in burners:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(burner, signal.SIGKILL)
                os.waitpid(burner, 0)
    print("failed:", ", ".join(failed) or "none")
    return len(failed)


def run(name: str, scenario: type[Scenario], generations: int) -> bool:
    """Play one, say how it went, and return whether it went well."""
    module = getattr(scenario, "module", None)
    if module and importlib.util.find_spec(module) is None:
        print("%-16s %s is not installed" % (name, module), flush=True)
        return True
    begin = time.monotonic()
    try:
        play(scenario(), generations)
        outcome = "survived"
    except Exception as error:
        outcome = "FAILED: %s" % error
    seconds = time.monotonic() - begin
    print("%-16s %5d generations, %6.1f s: %s" % (name, generations, seconds, outcome), flush=True)
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
