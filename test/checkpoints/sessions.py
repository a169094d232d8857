"""Sessions to be saved and restored by tests, each in a process of its own that a nursery forks.

Run as a program this is a nursery: it reads jobs as lines of JSON, and answers each with a line.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOADED_ONCE = (
    *("pyrepl3.checkpoints.load.restoring", "pyrepl3.checkpoints.save.writer", "pyrepl3.stdio.streams"),
    *("pyrepl3.worker.execute", "pyrepl3.worker.namespace", "importlib.metadata", "ctypes", "acts"),
)
"""What each session would load for its first run and save, which takes longer than both."""

PATIENCE = 60
"""So long may a job take, in seconds."""


class Nursery:
    """An interpreter that has run nothing yet, and brings forth sessions."""

    def __init__(self, seed: int, modules: tuple[str, ...] = (), python: str = sys.executable) -> None:
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        self._process = subprocess.Popen(
            [python, os.path.abspath(__file__), *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
        )

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """Do a job in a new process, and return what came of it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "failed" in answer:
            raise AssertionError(answer["failed"])
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


class Session:
    """Runs code as a session does, and can be saved or restored."""

    def __init__(self) -> None:
        from pyrepl3.worker import execute, namespace

        main = namespace.open_main()
        self._executor = execute.Executor(main, lambda coroutine: coroutine.close())
        self.names = main.__dict__
        self._runs = 0

    def run(self, code: str) -> None:
        self._runs += 1
        run = {"id": self._runs, "file": None, "code": code, "line": 1, "style": "prompt"}
        self._executor.execute(run)

    def go_on_from(self, run: int) -> None:
        self._runs = run

    def save(
        self, folder: str, number: int = 1, previous: Any = None, positions: dict[int, int] | None = None
    ) -> dict[str, Any]:
        """Save it as the next checkpoint in the folder; return what was told of it, and its manifest."""
        from pyrepl3.checkpoints.packs import packs, piece_stream
        from pyrepl3.checkpoints.save import writer
        from pyrepl3.checkpoints.session import process_state

        os.makedirs(os.path.join(folder, "packs"), exist_ok=True)
        process_state.note_save()
        job = {"id": number, "folder": folder, "previous": previous, "sides": [], "spared": []}
        told = writer.write(self.names, job, lambda *_: None, self._executor.futures, positions)
        if told["pack"] is not None:
            os.rename(told["pack"], os.path.join(folder, "packs", "%d.pack" % number))
        manifest = piece_stream.read_manifest(packs.Packs(folder), told["manifest"])
        return {**told, "contents": manifest}

    def restore(self, folder: str, manifest: Any, names: list[str] | None = None) -> dict[str, Any]:
        from pyrepl3.checkpoints.load import restoring

        source = {"checkpoint": "it", "folder": folder, "manifest": manifest, "names": names}
        return restoring.load(self._executor, source, lambda *_: None)


def serve() -> None:
    """Answer each job with what a new process makes of it."""
    from pyrepl3.checkpoints.session import environment, process_state

    for module in LOADED_ONCE:
        importlib.import_module(module)
    environment.note_start()
    process_state.note_start()
    for module in sys.argv[1:]:
        __import__(module)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(attend(json.loads(line)) + b"\n")
        sys.stdout.buffer.flush()


def attend(job: dict[str, Any]) -> bytes:
    mine, its = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(mine)
        act(job, its)
    os.close(its)
    answer = read_in_time(mine)
    os.close(mine)
    if answer is None:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if not answer:
        words = "it took too long" if answer is None else "it ended with status %d" % status
        return json.dumps({"failed": words}).encode()
    return answer


def read_in_time(descriptor: int) -> bytes | None:
    answer = b""
    while select.select([descriptor], [], [], PATIENCE)[0]:
        more = os.read(descriptor, 1 << 16)
        if not more:
            return answer
        answer += more
    return None


def act(job: dict[str, Any], line: int) -> None:
    """Do the job that `acts` names, tell what came of it, and end."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(2, 1)
        import acts

        answer = getattr(acts, job["act"])(job)
    except BaseException:
        answer = {"failed": traceback.format_exc()}
    data = json.dumps(answer).encode()
    while data:
        data = data[os.write(line, data) :]
    os._exit(0)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    serve()
