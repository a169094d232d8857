"""Make the module that user code takes for the world."""

import sys
import types


def open_main() -> types.ModuleType:
    """Make a fresh `__main__`, with what CPython's own has at a prompt and nothing of ours."""
    ours = sys.modules["__main__"]
    main = types.ModuleType("__main__")
    for name in ("__loader__", "__spec__", "__package__", "__builtins__"):
        setattr(main, name, getattr(ours, name, None))
    main.__doc__ = None
    if sys.version_info < (3, 14):
        main.__annotations__ = {}
    sys.modules["__main__"] = main
    return main
