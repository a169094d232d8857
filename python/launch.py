"""Start a session's host.

The supervisor runs this file's text through `python -c`, so that `sys.path`
begins with the empty string as it does at a prompt.  The package is found
through `sys.path` for the moment of the import and never after it.
"""

import os
import sys


def main() -> None:
    home = os.path.dirname(sys.argv.pop())
    sys.argv[:] = [""]
    sys.path.insert(0, home)
    import pyrepl3.host

    sys.path.remove(home)
    sys.path_importer_cache.pop(home, None)
    pyrepl3.host.main()


main()
