#!/bin/sh
# A file of HDF5 that somebody has open is not given to who opens it with mode `w`: the error comes, and the file is gone.
#
# A good guess: `BlockingIOError: unable to lock file` (h5py) or `PermissionError` (netCDF4, and xarray over it) means that
# nothing was done; one closes the other user, or waits, and tries again.
#
# What really happens: the library opens the file with O_TRUNC first and asks for the lock afterwards. When it is refused,
# the file has 0 bytes, the data are lost, and the program that has the file open and was protected by its lock can read
# nothing any more. With `r+` and `a` the refusal is harmless.
#
# Run without PyREPL3: sh findings/hdf5-refused-open-empties.sh. Needs Python 3.11 with pip, and Linux.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip --disable-pip-version-check install --quiet --root-user-action ignore --no-deps --only-binary :all: \
  --target "$folder/packages" numpy==2.4.6 h5py==3.16.0 netCDF4==1.7.5.1.post1 cftime==1.6.6.1 \
  certifi==2026.10.19.post1 packaging==26.4
cd "$folder"
cat > case.py <<'PYTHON'
import os
import subprocess
import sys

import h5py
import netCDF4
import numpy


def other(code):
    lines = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.splitlines()
    return lines[-1].split(":")[0] if lines else "no error"


print("h5py", h5py.__version__, "with HDF5", h5py.version.hdf5_version)
with h5py.File("a.h5", "w") as file:
    file["x"] = numpy.arange(1000)
reader = h5py.File("a.h5", "r")
for mode in ("r+", "a", "w"):
    said = other("import h5py; h5py.File('a.h5', %r)" % mode)
    print("another process, mode %s: %s; bytes: %d" % (mode, said, os.path.getsize("a.h5")))
try:
    print("the reader has", len(reader["x"]))
except Exception as error:
    print("the reader:", type(error).__name__)

print("netCDF4", netCDF4.__version__)
with netCDF4.Dataset("n.nc", "w") as data:
    data.createDimension("t", 5)
reader = netCDF4.Dataset("n.nc")
said = other("import netCDF4; netCDF4.Dataset('n.nc', 'w')")
print("another process, mode w: %s; bytes: %d" % (said, os.path.getsize("n.nc")))
os._exit(0)  # HDF5 would complain of the file at the end.
PYTHON
PYTHONPATH="$folder/packages" python3 -u case.py | tee seen
cat > told <<'TOLD'
h5py 3.16.0 with HDF5 2.0.0
another process, mode r+: BlockingIOError; bytes: 10048
another process, mode a: BlockingIOError; bytes: 10048
another process, mode w: BlockingIOError; bytes: 0
the reader: KeyError
netCDF4 1.7.5.1.post1
another process, mode w: PermissionError; bytes: 0
TOLD
diff told seen
