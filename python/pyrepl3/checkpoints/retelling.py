"""Make functions and classes anew from their texts, where they do not come back by themselves."""

from __future__ import annotations

from .. import sources
from .hopeless import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANEW = "defined anew from its text"


def retell(
    texts: dict[str, str], namespace: dict[str, Any], futures: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Run the texts of definitions by their names; return what they made, and why the rest failed.

    One may need another, as a base or a decorator: they are run until no more of them go well.
    """
    made: dict[str, Any] = {}
    failed: dict[str, str] = {}
    waiting = dict(texts)
    while waiting:
        before = len(made)
        for name, text in list(waiting.items()):
            try:
                run(name, text, namespace, futures)
                made[name] = namespace[name]
            except Exception as error:
                failed[name] = "its text does not run (%s)" % named(error)
                continue
            del waiting[name]
            failed.pop(name, None)
        if len(made) == before:
            break
    return made, failed


def run(name: str, text: str, namespace: dict[str, Any], futures: int) -> None:
    file = "<%s>" % name
    code = compile(text, file, "exec", futures, True)
    sources.keep(file, text, [code])
    exec(code, namespace)
