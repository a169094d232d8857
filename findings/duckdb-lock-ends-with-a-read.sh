#!/bin/sh
# A file of DuckDB that is open in one process is refused to every other: until its own process reads the file.
#
# A good guess: the lock lasts as long as the connection, so a backup or a checksum of the file, made by the program that
# has it open, is harmless; at worst the copy is not of one moment.
#
# What really happens: the lock is a POSIX record lock, and the kernel ends all of those that a process has on a file as
# soon as the process closes any descriptor of that file. `open("e.duckdb", "rb").close()` is enough, and so is
# `shutil.copy`. Nothing is said. From then on another process may open the file; and where the log beside it was copied
# too, as a backup must, it may commit. The first process, which goes on with what it has in memory, overwrites that, and
# both were told that all is well.
#
# Run without PyREPL3: sh findings/duckdb-lock-ends-with-a-read.sh. Needs Python 3.9 to 3.13 with pip, and Linux.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip --disable-pip-version-check install --quiet --root-user-action ignore --no-deps --only-binary :all: \
  --target "$folder/packages" duckdb==2.0.1
cd "$folder"
cat > case.py <<'PYTHON'
import glob
import shutil
import subprocess
import sys

import duckdb

OTHER = """
import duckdb
try:
    con = duckdb.connect("e.duckdb")
    con.execute("insert into t select -1 - range from range(7)")
    print("opened, and 7 rows committed")
    con.close()
except duckdb.IOException as error:
    print("refused")
"""


def other():
    return subprocess.run([sys.executable, "-c", OTHER], capture_output=True, text=True).stdout.strip()


print("duckdb", duckdb.__version__)
con = duckdb.connect("e.duckdb")
con.execute("create table t (x bigint)")
con.execute("insert into t select range from range(1000)")
print("another process:", other())
for name in glob.glob("e.duckdb*"):
    shutil.copy(name, "backup of " + name)
print("another process, after a backup:", other())
con.execute("insert into t select 5000 + range from range(3)")
con.close()
con = duckdb.connect("e.duckdb")
print("rows:", con.execute("select count(*) from t").fetchone()[0])
print("of the other's:", con.execute("select count(*) from t where x < 0").fetchone()[0])
PYTHON
PYTHONPATH="$folder/packages" python3 case.py | tee seen
cat > told <<'TOLD'
duckdb 2.0.1
another process: refused
another process, after a backup: opened, and 7 rows committed
rows: 1003
of the other's: 0
TOLD
diff told seen
