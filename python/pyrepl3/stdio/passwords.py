"""`getpass` of a session without a terminal, whose keyboard is a file or nothing.

The standard library's own would warn that it cannot hide what is typed:
here nothing is typed.
"""

from __future__ import annotations

import getpass
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def open_passwords() -> None:
    """Make `getpass.getpass` read a line of `sys.stdin`; raise EOFError at its end."""
    getpass.getpass = read_password


def read_password(prompt: str = "Password: ", stream: TextIO | None = None, **options: object) -> str:
    print(prompt, end="", file=stream or sys.stderr, flush=True)
    line = sys.stdin.readline()
    print(file=stream or sys.stderr)
    if not line:
        raise EOFError
    return line.rstrip("\n")
