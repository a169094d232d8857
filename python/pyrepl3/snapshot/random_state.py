"""Keep the state of `random`, which its at-fork hook seeds anew."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable


def noted_random() -> Callable[[], object]:
    """Note the state as it is; return what puts it back."""
    generator = getattr(sys.modules.get("random"), "_inst", None)
    if generator is None:
        return lambda: None
    state = generator.getstate()
    return lambda: generator.setstate(state)
