"""What pickles of a session call to make things again.

The names in this module are part of the format: what a checkpoint of any
version calls has to stay, and is asked for here.
"""

from __future__ import annotations

import types

from .arrays import array, array_of, buffer_view, memory_map, view
from .classes import named_tuple, set_class, skeleton
from .definitions import (
    FOREIGN,
    Foreign,
    alias,
    attribute,
    cached,
    cell,
    code,
    function,
    globals_of,
    module,
    new_module,
    new_type,
    session,
    set_cell,
    set_function,
    set_module,
    type_variable,
)
from .files import file, stream
from .load_context import Probed, Reopened, Unavailable, current, failed, missing
from .objects import (
    context_variable,
    dict_view,
    exception,
    instance,
    lazy_import,
    library,
    lock,
    logger,
    new,
    partial_method,
    reference,
    set_exception,
    set_state,
    structure,
    weak_keys,
    weak_method,
    weak_proxy,
    weak_set,
    weak_values,
)

__all__ = [
    "FOREIGN",
    "Foreign",
    "Probed",
    "Reopened",
    "Unavailable",
    "alias",
    "array",
    "array_of",
    "attribute",
    "buffer_view",
    "cached",
    "cell",
    "code",
    "context_variable",
    "current",
    "dict_view",
    "exception",
    "failed",
    "file",
    "function",
    "globals_of",
    "instance",
    "lazy_import",
    "library",
    "lock",
    "logger",
    "memory_map",
    "missing",
    "module",
    "named_tuple",
    "new",
    "new_module",
    "new_type",
    "partial_method",
    "reference",
    "session",
    "set_cell",
    "set_class",
    "set_exception",
    "set_function",
    "set_module",
    "set_state",
    "skeleton",
    "stream",
    "structure",
    "type_variable",
    "view",
    "weak_keys",
    "weak_method",
    "weak_proxy",
    "weak_set",
    "weak_values",
]

# Pickle finds a function by its module and name: wherever they are written, they are found here.
for _each in list(globals().values()):
    if type(_each) is types.FunctionType:
        _each.__module__ = __name__
