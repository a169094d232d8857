"""The descriptors that a live state is given."""

from __future__ import annotations

import os

from ..stdio import session_io


class Descriptors:
    """Channels and files that it shares with the host, the supervisor and its copies."""

    def __init__(
        self, requests: int, answers: int, bulk: int, faults: int, notices: int, endings: int
    ) -> None:
        self.requests = requests
        self.answers = answers
        self.bulk = bulk
        self.faults = faults
        self.notices = notices
        self.endings = endings

    def move_up(self) -> None:
        for name, descriptor in list(vars(self).items()):
            setattr(self, name, session_io.move_up(descriptor))

    def numbers(self) -> list[int]:
        return list(vars(self).values())

    def close(self) -> None:
        for descriptor in self.numbers():
            os.close(descriptor)
