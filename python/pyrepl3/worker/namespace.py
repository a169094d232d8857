"""Make the module that user code takes for the world."""

import builtins
import os
import sys
import types


def open_main() -> types.ModuleType:
    """Make a fresh `__main__`, with what CPython's own has at a prompt and nothing of ours."""
    main = types.ModuleType("__main__")
    main.__loader__ = sys.modules["_frozen_importlib"].BuiltinImporter
    main.__dict__["__builtins__"] = builtins
    main.__doc__ = None
    if os.path.isfile(sys.argv[0]):
        # A script; Python 3.8 names it as it was given.
        is_old = sys.version_info < (3, 9)
        main.__file__ = sys.argv[0] if is_old else os.path.join(os.getcwd(), sys.argv[0])
    if sys.version_info < (3, 14):
        main.__annotations__ = {}
    sys.modules["__main__"] = main
    quicken_display()
    return main


def quicken_display() -> None:
    """Spare `sys.displayhook` an AttributeError at each expression, a third of a loop that prints.

    It looks up `builtins` as an import would, which asks the module's spec whether it is being
    initialised; import sets the answer on all modules but the first ones.
    """
    spec = getattr(builtins, "__spec__", None)
    if spec is not None and not hasattr(spec, "_initializing"):
        spec._initializing = False
