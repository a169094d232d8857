"""`sys.stdin` of a session in a terminal, which turns `input()` into a question.

Nothing is overridden for it, neither in the namespace nor in `builtins`:
CPython's `input()` announces itself with the audit event `builtins.input`
and, where `sys.stdin.fileno()` fails, prints its prompt to `sys.stdout` and
calls `sys.stdin.readline()`.  So for the thread that announced itself
`fileno` fails once, and `readline` asks over the control channel.  It works
the same at the prompt, in imported modules, in threads and in `pdb`; every
other reader gets the terminal.
"""

from __future__ import annotations

import _thread
import io
import sys

from ..protocol import frames
from . import interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Questions:
    """Ask the user, one question at a time, whatever thread asks."""

    def __init__(
        self,
        answers: frames.Channel,
        mark: Callable[[], int],
    ) -> None:
        self._answers = answers
        self._mark = mark
        self.send: Callable[[dict[str, Any]], None] = lambda message: None
        """Sends a report; put in by who owns the channel for it."""
        self._turn = _thread.allocate_lock()
        self._last = 0
        self._open: dict[str, Any] | None = None
        """The question that somebody waits for."""

    def ask_again(self) -> None:
        """Ask once more what was being asked when this copy was made; the one before took it along."""
        if self._open is not None:
            self.send({**self._open, "mark": self._mark()})

    def ask(self, prompt: str) -> str | None:
        """Return the line typed, without its end; `None` at end of file."""
        with self._turn:
            self._last += 1
            question, answered = self._last, False
            try:
                with interrupts.shield:
                    self._open = {
                        "kind": "ask",
                        "question": question,
                        "prompt": prompt,
                        "hidden": False,
                    }
                    self.send({**self._open, "mark": self._mark()})
                while True:
                    # The wait can be interrupted, the reading cannot: no byte is lost.
                    self._answers.wait()
                    with interrupts.shield:
                        answer, _ = self._answers.receive()
                        answered = answer["question"] == question
                    if answered:
                        return answer["text"]
                    # An answer to a question that nobody asks any more is dropped.
            finally:
                self._open = None
                if not answered:
                    with interrupts.shield:
                        self.send({"kind": "withdraw", "question": question})


class Keyboard(io.TextIOWrapper):
    """`sys.stdin`."""

    def __init__(self, questions: Questions) -> None:
        super().__init__(io.BufferedReader(io.FileIO(0, "r", closefd=False)), "utf-8", "strict", "\n")
        self.mode = "r"  # pyright: ignore[reportAttributeAccessIssue]
        self._questions = questions
        self._announced: dict[int, str] = {}
        self._asking: set[int] = set()

    @property
    def name(self) -> str:
        return "<stdin>"

    def announce(self, prompt: object) -> None:
        """Take note that this thread is in `input(prompt)`."""
        if sys.stdin is self:
            self._announced[_thread.get_ident()] = "" if prompt is None else str(prompt)

    def fileno(self) -> int:
        me = _thread.get_ident()
        if me in self._announced and me not in self._asking:
            self._asking.add(me)
            raise io.UnsupportedOperation("fileno")
        return super().fileno()

    def readline(self, size: int = -1, /) -> str:
        me = _thread.get_ident()
        if me not in self._asking:
            return super().readline(size)
        self._asking.discard(me)
        text = self._questions.ask(self._announced.pop(me, ""))
        return "" if text is None else text + "\n"

    def in_child(self) -> None:
        """Read the terminal and nothing else: a child has no question channel."""
        self._announced.clear()
        self._asking.clear()
        self.announce = lambda prompt: None
