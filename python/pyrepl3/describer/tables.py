"""Know tables and series of pandas, polars and pyarrow by their classes' names, and what only they have.

What is here calls the libraries' code, and a class of the user's may be
called the same: it is for where a value may be asked.
"""

from __future__ import annotations

from itertools import islice

from ..checkpoints.values.naming import identity, module_of, mro_of, name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

TABLES = frozenset(
    (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "Table"), ("pyarrow", "RecordBatch"))
)
SERIES = frozenset((("pandas", "Series"), ("polars", "Series")))
UNEVALUATED = frozenset((("duckdb", "DuckDBPyRelation"), ("_duckdb", "DuckDBPyRelation")))
"""Their `__repr__` computes what they stand for."""
SHOWN = 12
"""So many columns or values are told in a line."""
TIMES = " \u00d7 "
MOST_MEASURED = 500
"""A table of more columns is not asked for its size: it would be asked column by column."""


def is_one_of(value: Any, known: frozenset[tuple[str, str]]) -> bool:
    return not known.isdisjoint(families(type(value)))


def families(kind: type) -> list[tuple[str, str]]:
    """Return what the class and those that it is derived from are called, with their library."""
    key = identity(kind)
    if key not in found:
        found[key] = [(module_of(base).partition(".")[0], name_of(base)) for base in mro_of(kind)]
    return found[key]


found: dict[int, list[tuple[str, str]]] = {}
"""By the identity of the class, all of which live as long as this process."""


def is_table(value: Any) -> bool:
    return is_one_of(value, TABLES)


def text_of(value: Any, short: Callable[[Any], str]) -> str | None:
    """Return what a table or series is told by in a line; `None` for what is neither."""
    if is_table(value):
        names = names_of(value)
        shown = ", ".join(str(name) for name in islice(names, SHOWN)) or "no columns"
        return shown + (", …" if width(value) > SHOWN else "")
    if is_one_of(value, SERIES):
        head = value.head(SHOWN)
        items = head.to_list() if hasattr(head, "to_list") else head.tolist()
        return short(items if len(value) <= SHOWN else [*items, ...]).replace("Ellipsis]", "…]")
    if is_one_of(value, UNEVALUATED):
        return ", ".join(value.columns[:SHOWN])
    return None


def size_text(value: Any) -> str | None:
    """Return what a table within another value is told by; `None` for what is none."""
    if not is_table(value):
        return None
    return "<%s %s>" % (name_of(type(value)), TIMES.join(map(str, shape_of(value) or [])))


def names_of(value: Any) -> Iterator[Any]:
    names = value.column_names if hasattr(value, "column_names") else getattr(value, "columns", None)
    # A record batch of pyarrow's names them in its schema.
    return iter(value.schema.names if names is None or callable(names) else names)


def columns(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the columns of a table by their names, of which several may be alike."""
    for place, name in enumerate(names_of(value)):
        if hasattr(value, "iloc"):
            yield name, value.iloc[:, place]
        else:
            yield name, value.to_series(place) if hasattr(value, "to_series") else value.column(place)


def width(value: Any) -> int:
    shape = getattr(value, "shape", None)
    return shape[1] if shape else value.num_columns


def measure(value: Any) -> int | None:
    """Return the bytes that an array or a table takes, as it tells itself; `None` where it does not."""
    if hasattr(value, "estimated_size"):
        return whole(value.estimated_size())
    if hasattr(value, "memory_usage"):
        if is_table(value) and width(value) > MOST_MEASURED:
            return None
        used = value.memory_usage()
        return whole(used.sum() if hasattr(used, "sum") else used)
    return whole(getattr(value, "nbytes", None))


def shape_of(value: Any) -> list[int] | None:
    """Return the shape of an array or a table; `None` where it has none."""
    shape = getattr(value, "shape", None)
    sizes = [whole(each) for each in shape] if isinstance(shape, tuple) else None
    return [each for each in sizes if each is not None] if sizes is not None and None not in sizes else None


def dtype_of(value: Any) -> str | None:
    """Return what an array holds, in the words of its library."""
    dtype = getattr(value, "dtype", None)
    return None if dtype is None or callable(dtype) else str(dtype)[:60]


def whole(number: Any) -> int | None:
    """Return a number as an integer of Python's own."""
    if isinstance(number, (int, float)) or hasattr(number, "__index__"):
        return int(number)
    return None
