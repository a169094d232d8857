"""Pickle what some code makes, for the bench: into memory, with the newest protocol, by any module.

The code is the first argument, and calls what it makes `held`.  Each line of
standard input names a module, or is `again`; the answer is a JSON list of
milliseconds: of saving and of loading, or of running the code.
"""

from __future__ import annotations

import importlib
import json
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main(code: str) -> None:
    program = compile(code, "<bench>", "exec")
    held = made(program)
    for line in sys.stdin:
        request = line.strip()
        try:
            times = make_again(program) if request == "again" else save(request, held)
        except ImportError:
            times = []
        print(json.dumps(times), flush=True)


def made(program: Any) -> object:
    namespace: dict[str, Any] = {"__name__": "made"}
    exec(program, namespace)
    return namespace["held"]


def save(name: str, held: object) -> list[float]:
    module = importlib.import_module(name)
    begin = time.perf_counter()
    data = module.dumps(held, protocol=5)
    saved = time.perf_counter()
    again = module.loads(data)
    loaded = time.perf_counter()
    assert type(again) is type(held)
    return [(saved - begin) * 1000, (loaded - saved) * 1000]


def make_again(program: Any) -> list[float]:
    begin = time.perf_counter()
    held = made(program)
    seconds = time.perf_counter() - begin
    del held
    return [seconds * 1000]


if __name__ == "__main__":
    main(sys.argv[1])
