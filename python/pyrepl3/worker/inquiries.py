"""Answer what the supervisor asks between runs: completions, signatures, the shape of code, unread keys."""

from __future__ import annotations

from ..language.enough_recursion import EnoughRecursion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict

    from ..stdio import session_io
    from . import execute

    Handler = Callable[[Dict[str, Any]], None]


UNKNOWN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "complete": lambda request: {"kind": "completed", "start": 0, "matches": []},
    "describe": lambda request: {"kind": "described", "signature": None, "parameter": None, "summary": None},
    # To be run, which says what is wrong.
    "check": lambda request: {"kind": "checked", "verdict": "complete", "indent": ""},
    "split": lambda request: {"kind": "chunks", "chunks": [whole(request["code"])]},
    "inspect": lambda request: {"kind": "inspected", "count": 0, "whole": True},
}
"""What is answered to a question that fails."""


def whole(code: str) -> dict[str, Any]:
    """Return a script as one chunk."""
    return {"start": 1, "end": code.count("\n") + 1, "type": "statement"}


class Inquiries:
    """The handlers of requests that run none of the user's code; each imports what it takes when asked."""

    def __init__(
        self,
        send: Callable[..., None],
        executor: execute.Executor,
        io: session_io.SessionIO,
    ) -> None:
        self._send = send
        self._executor = executor
        self._io = io

    def handlers(self) -> dict[str, Handler]:
        """Return the handler of each kind of request."""
        answers = {
            "complete": self._complete,
            "describe": self._describe,
            "check": self._check,
            "split": self._split,
            "inspect": self._inspect,
        }
        attempts = {kind: self._attempt(answer) for kind, answer in answers.items()}
        return {**attempts, "reclaim": self._reclaim}

    def _attempt(self, answer: Handler) -> Handler:
        """Answer a question; where what the program has done to Python is in the way, with nothing."""

        def handle(request: dict[str, Any]) -> None:
            try:
                with EnoughRecursion():
                    answer(request)
            except Exception:
                payload = b"[]" if request["kind"] == "inspect" else b""
                self._send({**UNKNOWN[request["kind"]](request), "id": request["id"]}, payload)

        return handle

    def _complete(self, request: dict[str, Any]) -> None:
        from ..language import completion

        namespace = self._executor.namespace
        start, matches = completion.complete(request["code"], request["cursor"], namespace)
        self._send({"kind": "completed", "id": request["id"], "start": start, "matches": matches})

    def _describe(self, request: dict[str, Any]) -> None:
        from ..language import signatures

        described = signatures.describe(request["code"], request["cursor"], self._executor.namespace)
        self._send({"kind": "described", "id": request["id"], **described})

    def _check(self, request: dict[str, Any]) -> None:
        from ..language import code_checks

        verdict, indent = code_checks.check(request["code"], self._executor.parse)
        self._send({"kind": "checked", "id": request["id"], "verdict": verdict, "indent": indent})

    def _split(self, request: dict[str, Any]) -> None:
        from ..language import code_checks

        chunks = code_checks.split(request["code"], self._executor.parse)
        self._send({"kind": "chunks", "id": request["id"], "chunks": chunks})

    def _inspect(self, request: dict[str, Any]) -> None:
        from ..describer import describer

        describer.answer_unasked(request, self._executor.namespace, self._send)

    def _reclaim(self, request: dict[str, Any]) -> None:
        self._send({"kind": "reclaimed", "id": request["id"]}, self._io.unread())
