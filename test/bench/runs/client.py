"""ipykernel's client for the bench: obey requests from standard input, one JSON object a line.

Each is answered with one line of JSON.  Times are in milliseconds, by this
process's clock, around the calls of `jupyter_client` that any client makes.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import json
import os
import random
import sys
import time
from queue import Empty

from ipykernel import __version__
from ipykernel.kernelspec import make_ipkernel_cmd
from jupyter_client import KernelManager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PATIENCE = 60
GRACE = 1
"""In seconds."""
LONGEST_WAIT = 0.008
"""Before an interrupt, in seconds."""


class Kernel:
    """A kernel and the client connected to it."""

    def __init__(self) -> None:
        # Over sockets in a folder of ours: nothing listens on the network.
        folder = os.environ["JUPYTER_RUNTIME_DIR"]
        self.manager = KernelManager(transport="ipc", ip=os.path.join(folder, "k%d" % random.getrandbits(40)))
        self.manager.kernel_spec.argv = make_ipkernel_cmd()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()

    def info(self) -> dict[str, Any]:
        self.client.kernel_info()
        return self.client.get_shell_msg(timeout=PATIENCE)["content"]

    def finish(self, run: str, on_text: Callable[[str], None] | None = None) -> float:
        """Wait until a run's reply and all of its output are there; return when the last of it came."""
        is_replied = False
        last = time.perf_counter()
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=GRACE)
            except Empty:
                # ZeroMQ drops what a slow client has not taken, perhaps also the message that says `idle`.
                if is_replied or time.perf_counter() - last > PATIENCE:
                    return last
                is_replied = self.client.shell_channel.msg_ready()
                continue
            if message["msg_type"] == "stream" and on_text:
                on_text(message["content"]["text"])
            # Threads of an earlier run print under its name; only this run's own end counts.
            is_own = message["parent_header"].get("msg_id") == run
            last = time.perf_counter()
            if is_own and message["content"].get("execution_state") == "idle":
                break
        while self.client.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != run:
            pass
        return time.perf_counter()

    def run(self, code: str) -> None:
        self.finish(self.client.execute(code, store_history=False))

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Client:
    """The requests, by name."""

    def __init__(self) -> None:
        self.kernel = Kernel()
        self.kernel.info()

    def open(self) -> str:
        self.kernel.run("x = 1")
        return str(__version__)

    def run(self, code: str, times: int) -> list[float]:
        return [timed(lambda: self.kernel.run(code)) for _ in range(times)]

    def first_output(self, code: str, times: int) -> list[float]:
        return [self._first_output(code) for _ in range(times)]

    def _first_output(self, code: str) -> float:
        arrivals: list[float] = []
        begin = time.perf_counter()
        run = self.kernel.client.execute(code, store_history=False)
        self.kernel.finish(run, lambda text: arrivals.append(time.perf_counter()))
        return (arrivals[0] - begin) * 1000

    def input_answer(self, code: str, person_ms: float) -> list[float]:
        client = self.kernel.client
        sent: list[int] = []
        text = ""
        run = client.execute(code, store_history=False, allow_stdin=True)
        is_idle = False
        while not is_idle:
            if client.stdin_channel.msg_ready():
                client.get_stdin_msg(timeout=PATIENCE)
                time.sleep(person_ms / 1000)
                sent.append(time.monotonic_ns())
                client.input("")
            if client.iopub_channel.msg_ready():
                message = client.get_iopub_msg(timeout=PATIENCE)
                content = message["content"]
                text += content["text"] if message["msg_type"] == "stream" else ""
                is_own = message["parent_header"].get("msg_id") == run
                is_idle = is_own and content.get("execution_state") == "idle"
        client.get_shell_msg(timeout=PATIENCE)
        return [(int(word) - begin) / 1e6 for word, begin in zip(text.split(), sent)]

    def start(self) -> dict[str, float]:
        begin = time.perf_counter()
        kernel = Kernel()
        kernel.info()
        ready = time.perf_counter()
        # The first messages are lost where the subscription is late; the reply is not.
        run = kernel.client.execute("x = 1", store_history=False)
        while kernel.client.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != run:
            pass
        first_run = time.perf_counter()
        kernel.close()
        return {"ready": (ready - begin) * 1000, "firstRun": (first_run - begin) * 1000}

    def interrupt(self, code: str, times: int) -> list[float]:
        return [self._interrupt(code) for _ in range(times)]

    def _interrupt(self, code: str) -> float:
        run = self.kernel.client.execute(code, store_history=False)
        while self.kernel.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        time.sleep(0.001 + random.random() * LONGEST_WAIT)

        def stop() -> None:
            self.kernel.manager.interrupt_kernel()
            self.kernel.finish(run)

        return timed(stop)

    def print_all(self, code: str) -> dict[str, float]:
        """Return how long all the output took, and how many lines arrived."""
        texts: list[str] = []
        begin = time.perf_counter()
        end = self.kernel.finish(self.kernel.client.execute(code, store_history=False), texts.append)
        return {"ms": (end - begin) * 1000, "lines": "".join(texts).count("\n")}

    def fresh_process(self) -> int:
        self.kernel.close()
        self.kernel = Kernel()
        self.kernel.info()
        self.kernel.run("x = 1")
        return int(self.kernel.manager.provisioner.pid)


def timed(act: Callable[[], None]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    client = Client()
    try:
        for line in sys.stdin:
            request = json.loads(line)
            answer = getattr(client, request.pop("do"))(**request)
            print(json.dumps(answer), flush=True)
    finally:
        client.kernel.close()


main()
