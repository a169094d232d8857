"""Write marks into the output, which the supervisor cuts out again (`marks.ts`)."""


def mark(token: str, text: str) -> bytes:
    """Return the mark: an application command, which a terminal ignores, with the session's secret."""
    return b"\x1b_pyrepl3;%s;%s\x1b\\" % (token.encode(), text.encode())
