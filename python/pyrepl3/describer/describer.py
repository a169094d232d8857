"""The describer: a copy of a frozen state that tells what its names stand for, and ends.

What asks the values runs in a process of its own, which is killed where one
of them does not answer: that value's row says so, and another process goes on
behind it.
"""

from __future__ import annotations

import time

from ..protocol import json_codec
from . import parts, trial
from .listing import Listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .explaining import Explaining

    Send = Callable[..., None]

PATIENCE_S = 2.0
"""So long a value may take to answer."""
FIRST_PATIENCE_S = 20.0
"""So long the listing may take that asks no value."""
ALL_PATIENCE_S = 20.0
"""So long all values together may take."""
SOON_S = 0.1
"""Where the values take longer to answer, what is known without them is told first."""
UNASKED = "was not asked, as others took too long"


class Nothing(Exception):
    """There is nothing where the question points; the text says so, as a clause."""


def answer(question: dict[str, Any], namespace: dict[str, Any], send: Send) -> None:
    """Answer the contract's `inspect`."""
    if not question["asks"]:
        answer_unasked(question, namespace, send)
        return
    try:
        Describer(question, namespace, send).answer()
    except trial.Failed as error:
        fail(send, question, "the listing %s" % error)
    except Nothing as error:
        fail(send, question, str(error))
    except trial.Broken as error:
        send({"kind": "fault", "text": str(error)})
        fail(send, question, "our own side failed")


def fail(send: Send, question: dict[str, Any], reason: str) -> None:
    send({"kind": "uninspected", "id": question["id"], "reason": reason, "died": False})


def answer_unasked(question: dict[str, Any], namespace: dict[str, Any], send: Send) -> None:
    """Answer without a line of the user's code: in the live state, or where asking has ended a describer."""
    try:
        listing = listing_of(question)(namespace, question, False)
    except parts.NoPart:
        tell(send, question, 0, b"[]", True)
        return
    rows, _ = listing.told()
    tell(send, question, listing.count, encoded(rows), True)


def listing_of(question: dict[str, Any]) -> type[Listing | Explaining]:
    if question["wanted"] == "parts":
        return Listing
    from .explaining import Explaining

    return Explaining


def encoded(rows: list[Any]) -> bytes:
    return json_codec.dumps(rows).encode("utf-8", "backslashreplace")


def tell(send: Send, question: dict[str, Any], count: int, payload: bytes, is_whole: bool) -> None:
    """Send the contract's `inspected`."""
    send({"kind": "inspected", "id": question["id"], "count": count, "whole": is_whole}, payload)


class Describer:
    """The answer to one question."""

    def __init__(self, question: dict[str, Any], namespace: dict[str, Any], send: Send) -> None:
        self._question = question
        self._namespace = namespace
        self._send = send
        self._count = 0
        self._told = b""
        """The rows as they came; they are taken apart only where one of them changes."""
        self._rows: list[dict[str, Any]] = []
        self._unasked: list[int] = []
        self._is_begun = False
        self._begin = time.monotonic()
        self._is_told = False
        """Whether what is known has been told before all values have answered."""
        self._is_over = False

    def answer(self) -> None:
        while not self._is_begun or self._unasked:
            if self._is_begun and time.monotonic() - self._begin > ALL_PATIENCE_S:
                self._give_up()
                break
            try:
                self._listen()
            except trial.Failed as error:
                if not self._is_begun:
                    raise
                # Only the row that it was at is harmed.
                self._rows[self._unasked.pop(0)]["trouble"] = "when asked it %s" % error
        if not self._is_over:
            self._tell_all()

    def _listen(self) -> None:
        for message, payload in trial.messages(self._work, self._patience, self._tell_what_is_known):
            if message["kind"] == "told":
                self._count, self._unasked, self._told = message["count"], message["unasked"], payload
                self._rows = json_codec.loads(payload.decode()) if self._unasked else []
                self._is_begun = True
            elif message["kind"] == "nothing":
                raise Nothing(message["reason"])
            else:
                self._rows[self._unasked.pop(0)] = message["row"]
            if not self._unasked:
                # Before the process is ended: all its memory is given back then.
                self._tell_all()
                return
            if time.monotonic() - self._begin > ALL_PATIENCE_S:
                return

    def _patience(self) -> float:
        return PATIENCE_S if self._is_begun else FIRST_PATIENCE_S

    def _work(self, send: Send) -> None:
        """In a process of its own: list, and ask the values from where the process before ended."""
        try:
            listing = listing_of(self._question)(self._namespace, self._question, True)
        except parts.NoPart as error:
            send({"kind": "nothing", "reason": str(error)})
            return
        unasked = self._unasked
        if not self._is_begun:
            self._rows, unasked = listing.told()
            send({"kind": "told", "count": listing.count, "unasked": unasked}, encoded(self._rows))
        for place in unasked:
            send({"kind": "asked", "row": listing.asked(place, self._rows[place])})

    def _tell_what_is_known(self) -> None:
        if self._unasked and not self._is_told and time.monotonic() - self._begin > SOON_S:
            self._is_told = True
            tell(self._send, self._question, self._count, self._told, False)

    def _tell_all(self) -> None:
        self._is_over = True
        rows = encoded(self._rows) if self._rows else self._told
        tell(self._send, self._question, self._count, rows, True)

    def _give_up(self) -> None:
        for place in self._unasked:
            self._rows[place]["trouble"] = UNASKED
