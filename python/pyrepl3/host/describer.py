"""A describer: pass on what it tells of the names of its state."""

from __future__ import annotations

from .beside_process import BesideProcess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Describer(BesideProcess):
    """One describer."""

    @staticmethod
    def refusal(number: int, reason: str) -> dict[str, Any]:
        return {"kind": "uninspected", "id": number, "reason": reason, "died": False}

    def take(self, message: dict[str, Any], payload: bytes) -> None:
        is_last = message["kind"] == "uninspected" or bool(message.get("whole"))
        self._is_over = self._is_over or is_last
        self._pass_on(message, payload)

    def last_words(self) -> dict[str, Any]:
        return {"died": not self.is_cancelled}

    def why(self, how: str) -> str:
        return "the describer died (%s)" % how
