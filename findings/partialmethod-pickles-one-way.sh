#!/bin/sh
# A `functools.partialmethod` is written by pickle and cannot be read back from Python 3.14 on; nor can it be copied.
#
# A good guess: it is as it was for ten years. A class whose methods are made with it is sent to another process by value
# (cloudpickle, and with it Dask, Ray and joblib), copied, or saved, and comes back.
#
# What really happens: since placeholders came to `partial`, in 3.14, `partialmethod` is made by a `__new__` of its own, which
# wants the function, but it has no `__reduce__` or `__getnewargs__` that would tell pickle so. `pickle.dumps` says
# nothing; `pickle.loads`, `copy.copy` and `copy.deepcopy` raise TypeError. So it is in 3.15 too. `functools.partial`, which
# has a `__reduce__`, comes back.
#
# Where this matters: what is written by a program that goes on without an error cannot be read by the next one. Who pickles
# classes by value has to reduce a partialmethod himself, to its `func`, `args` and `keywords`.
#
# The Pythons are those that are compiled for Node: pyodide 0.29.3 (3.13), 314.0.7 (3.14) and 315.0.0-alpha.2 (3.15).
# CPython 3.14.10 and 3.15.2 of Debian do the same; there cloudpickle 3.1.2 writes a class with one, and reading it fails so.
#
# Run without PyREPL3: sh findings/partialmethod-pickles-one-way.sh. Needs Node with npm.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > trial.py <<'PYTHON'
import copy, functools, pickle, sys

def scale(self, factor, value):
    return factor * value

def fate(act):
    try:
        return type(act()).__name__
    except TypeError as error:
        return "TypeError: %s" % error

double = functools.partialmethod(scale, 2)
data = pickle.dumps(functools.partialmethod(len))
"\n".join([
    "Python %d.%d" % sys.version_info[:2],
    "read: %s" % fate(lambda: pickle.loads(data)),
    "copied: %s" % fate(lambda: copy.copy(double)),
    "a partial, read: %s" % fate(lambda: pickle.loads(pickle.dumps(functools.partial(len)))),
])
PYTHON
cat > play.mjs <<'NODE'
import { readFileSync } from 'node:fs';
for (const name of process.argv.slice(2)) {
  const { loadPyodide } = await import(name);
  const python = await loadPyodide();
  console.log(python.runPython(readFileSync('trial.py', 'utf8')));
}
NODE
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact \
  py13@npm:pyodide@0.29.3 py14@npm:pyodide@314.0.7 py15@npm:pyodide@315.0.0-alpha.2
node play.mjs py13 py14 py15 | tee found
cat > told <<'TOLD'
Python 3.13
read: partialmethod
copied: partialmethod
a partial, read: partial
Python 3.14
read: TypeError: _partial_new() missing 1 required positional argument: 'func'
copied: TypeError: _partial_new() missing 1 required positional argument: 'func'
a partial, read: partial
Python 3.15
read: TypeError: _partial_new() missing 1 required positional argument: 'func'
copied: TypeError: _partial_new() missing 1 required positional argument: 'func'
a partial, read: partial
TOLD
cmp found told && echo 'As told.'
