"""Start a session's host.

It is run as a script, whose folder, with our package in it, begins `sys.path`
for the moment of the import and never after it; then the empty string does, as
at a prompt.  Not before: what lies in the working folder is the user's.
"""

import os
import sys


def main() -> None:
    home = os.path.dirname(os.path.abspath(__file__))
    sys.argv[:] = sys.argv[1:] or [""]
    # Where the user wants a safe path neither a script's folder nor the empty string is put there.
    is_safe = getattr(sys.flags, "safe_path", False)
    path = list(sys.path) if is_safe else ["", *sys.path[1:]]
    sys.path[:] = [home, *(folder for folder in path if folder)]
    # Our own folder is ours to write to; compiling it anew costs each start 20 ms.
    is_set, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    from pyrepl3 import own_imports

    host = own_imports.load("pyrepl3.host.host")
    sys.dont_write_bytecode = is_set
    sys.path[:] = path
    sys.path_importer_cache.pop(home, None)
    host.main()


main()
