"""Start a session's host.

It is run as a script, whose folder, with our package in it, begins `sys.path`
for the moment of the import and never after it; then the empty string does, as
at a prompt, or the folder of the script that the first argument names.  Not
before: what lies there is the user's.
"""

import os
import sys


def main() -> None:
    home = os.path.dirname(os.path.abspath(__file__))
    sys.argv[:] = sys.argv[1:] or [""]
    # Where the user wants a safe path neither a script's folder nor the empty string is put there.
    is_safe = getattr(sys.flags, "safe_path", False)
    rest = sys.path if is_safe else sys.path[1:]
    path = list(rest) if is_safe else [first_folder(), *rest]
    sys.path[:] = [home, *(folder for folder in rest if folder)]
    # Our own folder is ours to write to; compiling it anew costs each start 20 ms.
    is_set, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    from pyrepl3 import own_imports

    host = own_imports.load("pyrepl3.host.host")
    sys.dont_write_bytecode = is_set
    sys.path[:] = path
    sys.path_importer_cache.pop(home, None)
    host.main()


def first_folder() -> str:
    """Return what begins `sys.path`, as Python decides it: a script's folder, behind all links to it."""
    script = sys.argv[0]
    return os.path.dirname(os.path.realpath(script)) if os.path.isfile(script) else ""


main()
