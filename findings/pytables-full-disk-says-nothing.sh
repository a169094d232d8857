#!/bin/sh
# Rows that PyTables appends while the disk is full are lost, and nothing says so: append, flush and close all succeed, and
# the program even reads the rows back. What is left cannot be opened any more, with the rows that were there before.
#
# A good guess: when the operating system refuses bytes PyTables raises HDF5ExtError, at the latest in `flush()` or `close()`,
# as h5py raises OSError; so a program that came to its end without an error has its data on the disk.
#
# What really happens: PyTables does not look at what HDF5 answers when rows and metadata are written out, and has switched
# off HDF5's own messages on standard error, so not a word is said anywhere; queries are answered from memory. As the end of
# the file was never written, all of it is lost, also what an earlier `flush()` had put there.
#
# The full disk is a limit on the size of files here (RLIMIT_FSIZE; Python ignores its signal by itself), which makes the
# system refuse writes for this process alone. The same file without the limit is the control.
#
# Run without PyREPL3: sh findings/pytables-full-disk-says-nothing.sh. Needs Python 3.11 with pip, and Linux.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip --disable-pip-version-check install --quiet --root-user-action ignore --no-deps --only-binary :all: \
  --target "$folder/packages" numpy==2.4.6 tables==3.11.1 blosc2==4.14.1 numexpr==2.14.2 ndindex==1.10.1 msgpack==1.2.4 \
  packaging==26.4 typing-extensions==4.16.0 py-cpuinfo==9.0.0 threadpoolctl==3.8.0 rich==15.0.0 pygments==2.21.0 \
  markdown-it-py==4.3.0 mdurl==0.1.2 pydantic==2.14.4 pydantic-core==2.50.5 annotated-types==0.8.0 typing-inspection==0.4.5 \
  httpx==0.28.1
cd "$folder"
cat > write.py <<'PYTHON'
import resource
import sys

import numpy
import tables

name, limit = sys.argv[1], int(sys.argv[2])
rows = numpy.ones(1_000_000, dtype=[("a", "f8")])
file = tables.open_file(name, "w")
table = file.create_table("/", "x", rows[:1000])
file.flush()
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
table.append(rows[1000:])
table.flush()
print(name, "flushed; rows by a query:", len(table.read_where("a > 0")))
file.flush()
file.close()
print(name, "closed, and nothing was raised")
PYTHON
cat > read.py <<'PYTHON'
import sys

import tables

for name in sys.argv[1:]:
    try:
        with tables.open_file(name) as file:
            print(name, "has", file.root.x.nrows, "rows")
    except tables.HDF5ExtError:
        print(name, "cannot be opened")
PYTHON
export PYTHONPATH="$folder/packages"
{
  python3 -c 'import tables; print("tables", tables.__version__, "with HDF5", tables.hdf5_version)'
  python3 -u write.py whole.h5 0
  python3 -u write.py full.h5 1048576
  python3 read.py whole.h5 full.h5
} 2> complaints | tee seen
cat > told <<'TOLD'
tables 3.11.1 with HDF5 1.14.6
whole.h5 flushed; rows by a query: 1000000
whole.h5 closed, and nothing was raised
full.h5 flushed; rows by a query: 1000000
full.h5 closed, and nothing was raised
whole.h5 has 1000000 rows
full.h5 cannot be opened
TOLD
cmp told seen
test ! -s complaints
