"""Save a session by other means, for the bench: obey requests from standard input, one JSON object a line.

The arguments are the way to save it and a folder for the files.  The first
line of the answer says why the way cannot be gone, or `null`; then each
request has one, until one fails.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main(way: str, folder: str) -> None:
    # What the others print themselves is no answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        rival = open_rival(way, folder)
    except ImportError as error:
        print(json.dumps(str(error)), file=answers, flush=True)
        return
    print("null", file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(rival, request.pop("do"))(**request)
        except Exception as error:
            sys.exit("%s failed: %s: %.200s" % (way, type(error).__name__, error))
        print(json.dumps(answer), file=answers, flush=True)


def open_rival(way: str, folder: str) -> Any:
    if way == "Kishu":
        from kishu_cells import Kishu

        return Kishu(folder)
    from whole_files import Cloudpickle, Dill, Reading

    return {"dill": Dill, "cloudpickle": Cloudpickle, "reading": Reading}[way](folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
