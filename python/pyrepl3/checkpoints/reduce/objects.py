"""Objects of Python's own that pickle does not know, or would lose something of."""

from __future__ import annotations

import gc

from .. import rebuild
from ..values.naming import defined
from ..values.parts import target_of
from .instances import builtin_base, is_own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_python_exception(kind: type) -> bool:
    """Whether exceptions of a class are taken apart by Python's own code."""
    base = builtin_base(kind)
    return defined(kind, "__reduce__") is defined(base, "__reduce__") and not is_own(kind, "__reduce_ex__")


def reduce_exception(pickler: Any, value: BaseException) -> Any:
    base = builtin_base(type(value))
    _, arguments, *rest = base.__reduce__(value)
    chain = value.__cause__, value.__context__, value.__suppress_context__
    state = {**(rest[0] or {} if rest else {}), "__chain__": chain}
    made_of = base, type(value), arguments
    return rebuild.exception, made_of, state, None, None, rebuild.set_exception


def reduce_reference(pickler: Any, value: Any) -> Any:
    return rebuild.reference, (value(),)


def reduce_weak_proxy(pickler: Any, value: Any) -> Any:
    return rebuild.weak_proxy, (target_of(value),)


def reduce_weak_keys(pickler: Any, value: Any) -> Any:
    return rebuild.weak_keys, (), None, None, iter(list(value.items()))


def reduce_dict_view(pickler: Any, value: Any) -> Any:
    kind = type(value).__name__[len("dict_") :]
    return rebuild.dict_view, (gc.get_referents(value)[0], kind)


def reduce_context_variable(pickler: Any, value: Any) -> Any:
    import contextvars

    default: tuple[Any, ...] = ()
    try:
        default = (contextvars.Context().run(value.get),)
    except LookupError:
        pass
    missing = object()
    now = value.get(missing)
    return rebuild.context_variable, (value.name, default, () if now is missing else (now,))


def reduce_partial_method(pickler: Any, value: Any) -> Any:
    """Save it with what makes it: from Python 3.14 on pickle writes one that it cannot read."""
    return rebuild.partial_method, (value.func, value.args, value.keywords)


def reduce_lazy_import(pickler: Any, value: Any) -> Any:
    """Save an import that has not happened, from Python 3.15 on, by what it is of."""
    referents = gc.get_referents(value)
    (name,) = (each for each in referents if type(each) is str)
    whole = next((each for each in referents if type(each) is type(value)), None)
    # `<lazy_import 'json...'>` is what `json.dumps` is taken from.
    module = None if whole is None else repr(whole).split("'")[1].rstrip(".")
    return rebuild.lazy_import, (module, name)


def reduce_new_type(pickler: Any, value: Any) -> Any:
    return rebuild.new_type, (value.__name__, value.__supertype__, value.__module__)


def reduce_library(pickler: Any, value: Any) -> Any:
    """Save a library that was loaded with ctypes by its name, with what its functions were told."""
    functions = {name: each for name, each in vars(value).items() if type(each) is value._FuncPtr}
    told = {name: (each.argtypes, each.restype) for name, each in functions.items()}
    return rebuild.library, (type(value), value._name, told)


def reduce_figure(pickler: Any, value: Any) -> Any:
    """Save a figure of matplotlib's as one that pyplot does not show: which it does is saved by itself."""
    maker, arguments, state, *rest = value.__reduce_ex__(5)
    if type(state) is dict:
        state = {key: each for key, each in state.items() if key != "_restore_to_pylab"}
    return (maker, arguments, state, *rest)


def reduce_logger(pickler: Any, value: Any) -> Any:
    return rebuild.logger, ("" if type(value).__name__ == "RootLogger" else value.name,)
