"""A checkpoint writer: pass its progress on, not too often, and say at which name it died."""

from __future__ import annotations

import time

from .beside_process import BesideProcess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .beside_process import Send

PASS_ON_EVERY = 0.05
"""How often a writer's progress is passed on, in seconds."""


class CheckpointWriter(BesideProcess):
    """One writer."""

    def __init__(self, number: int, pid: int, line: int, send: Send) -> None:
        super().__init__(number, pid, line, send)
        self._last: dict[str, Any] | None = None
        """How far it was when it last said so."""
        self._is_told = True
        self._told = 0.0

    @staticmethod
    def refusal(number: int, reason: str) -> dict[str, Any]:
        return {"kind": "unsaved", "id": number, "reason": reason, "name": None}

    def due(self) -> float:
        return -1.0 if self._is_told else max(0.0, self._told + PASS_ON_EVERY - time.monotonic())

    def take(self, message: dict[str, Any], payload: bytes) -> None:
        if message["kind"] == "saving":
            self._last, self._is_told = message, False
            self.tell()
            return
        self._tell_last()
        self._is_over = self._is_over or message["kind"] in ("saved", "unsaved")
        self._pass_on(message)

    def tell(self) -> None:
        """Pass its progress on, where it is time to."""
        if self.due() == 0.0:
            self._tell_last()

    def _tell_last(self) -> None:
        if not self._is_told and self._last is not None:
            self._is_told, self._told = True, time.monotonic()
            self._pass_on(self._last)

    def why(self, how: str) -> str:
        name = self.last_words()["name"]
        return "Python died as it was saved (%s)" % how if name else "the writer died (%s)" % how

    def last_words(self) -> dict[str, Any]:
        return {"name": self._last and self._last["name"]}
