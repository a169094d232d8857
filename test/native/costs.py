"""What a freeze and a wake cost, by the number of other threads.

PYTHONPATH=python python3 test/native/costs.py [THREADS ...]
"""

from __future__ import annotations

import os
import socket
import statistics
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hosts import Host, Link
from scenarios.play import start

FREEZES, WAKES = 40, 15


def main(counts: list[int]) -> None:
    for count in counts:
        with Host() as host:
            host.start(lambda link, count=count: freeze_often(link, count))
            freezes = host.hear()
            host.expect("frozen")
            host.kill()
            wakes = [time_of_wake(host) for _ in range(WAKES)]
            print(
                "%4d threads: freeze %s, wake to first word %s" % (count, freezes, summary(wakes)), flush=True
            )


def freeze_often(link: Link, count: int) -> None:
    start(threading.Event().wait, count)
    freezes = []
    for _ in range(FREEZES):
        ours, copys = socket.socketpair()
        begin = time.perf_counter()
        link.freezer.freeze(copys.fileno())
        freezes.append(time.perf_counter() - begin)
        copys.close()
        ours.recv(8)
        ours.close()
    link.say(summary(freezes))
    link.say("frozen" if link.freeze() else "woken")
    link.rest()


def time_of_wake(host: Host) -> float:
    begin = time.perf_counter()
    host.wake()
    host.expect("woken")
    seconds = time.perf_counter() - begin
    host.kill()
    return seconds


def summary(seconds: list[float]) -> str:
    return "%.2f ms (max %.2f)" % (statistics.median(seconds) * 1e3, max(seconds) * 1e3)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [0, 8, 64, 500])
