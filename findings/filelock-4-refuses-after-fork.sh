#!/bin/sh
# A lock object of filelock 4 works in the process that made it and in no other.
#
# A good guess, and what 3.x does: a `FileLock` is a path and a few settings. One that nobody holds can be made when a module is
# imported and be taken wherever it is needed, in a worker that `multiprocessing` has forked as well.
#
# What really happens from 4.0 on: the object remembers the process id of its maker. `acquire` in a forked child raises
# RuntimeError, though the lock is free; a lock that the parent holds counts as not held in the child, whose `release` does nothing
# and says nothing. A lock that was made in the child works.
#
# Run without PyREPL3: sh findings/filelock-4-refuses-after-fork.sh. Needs Python 3.11 with pip, and Linux.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 3.20.3 4.3.1; do
  python3 -m pip --disable-pip-version-check install --quiet --root-user-action ignore --only-binary :all: \
    --target "$folder/$version" "filelock==$version"
done
cd "$folder"
cat > case.py <<'PYTHON'
import os

import filelock


def in_child(act):
    reader, writer = os.pipe()
    if os.fork() == 0:
        try:
            said = str(act())
        except RuntimeError as error:
            said = "RuntimeError: " + str(error).partition(" on ")[0] + " … " + str(error).partition("lock was ")[2]
        os.write(writer, said.encode())
        os._exit(0)
    os.wait()
    return os.read(reader, 1000).decode()


def take(lock):
    with lock:
        return "taken"


free, held = filelock.FileLock("free.lock"), filelock.FileLock("held.lock")
held.acquire()
print("filelock", filelock.__version__)
print("made before the fork, free:", in_child(lambda: take(free)))
print("made before the fork, held:", in_child(lambda: (held.is_locked, held.release(), held.is_locked)))
print("made in the child:", in_child(lambda: take(filelock.FileLock("free.lock"))))
PYTHON
for version in 3.20.3 4.3.1; do PYTHONPATH="$folder/$version" python3 -u case.py; done | tee seen
cat > told <<'TOLD'
filelock 3.20.3
made before the fork, free: taken
made before the fork, held: (True, None, False)
made in the child: taken
filelock 4.3.1
made before the fork, free: RuntimeError: UnixFileLock … inherited across fork; construct a new instance
made before the fork, held: (False, None, False)
made in the child: taken
TOLD
diff told seen
