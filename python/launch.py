"""Start a session's host.

The supervisor runs this file's text through `python -c`, so that `sys.path`
begins with the empty string as it does at a prompt.  The package is found
through `sys.path` for the moment of the import and never after it.
"""

import os
import sys


def main() -> None:
    home = os.path.dirname(sys.argv[1])
    sys.argv[:] = sys.argv[2:] or [""]
    sys.path.insert(0, home)
    # Our own folder is ours to write to; compiling it anew costs each start 20 ms.
    is_set, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    import pyrepl3.host.host

    sys.dont_write_bytecode = is_set
    sys.path.remove(home)
    sys.path_importer_cache.pop(home, None)
    pyrepl3.host.host.main()


main()
