"""Describe the call that the cursor is in, without running user code."""

from __future__ import annotations

import re
import types

from . import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CALLED = re.compile(r"([^\W\d][\w.]*)\s*$")
OPENING, CLOSING = "([{", ")]}"
LENGTH_LIMIT = 400
PLAIN = (int, float, complex, bool, str, bytes, type(None), type(...))


class Else:
    """A default value that is not shown."""

    def __repr__(self) -> str:
        return "..."


ELSE = Else()


def describe(code: str, cursor: int, namespace: dict[str, Any]) -> dict[str, Any]:
    """Return the contract's `Described` but for `kind` and `id`."""
    nothing = {"signature": None, "parameter": None, "summary": None}
    call = open_call(code[:cursor])
    if call is None:
        return nothing
    name, commas, keyword = call
    value = lookup.find(name, namespace)
    signature = signature_of(value, is_bound(name, value, namespace))
    if signature is None:
        return nothing
    text, parameters = signature
    parameter: int | None = commas if commas < len(parameters) else None
    if keyword in parameters:
        parameter = parameters.index(keyword)
    summary = documentation(value)
    return {"signature": name + text[:LENGTH_LIMIT], "parameter": parameter, "summary": summary}


def open_call(text: str) -> tuple[str, int, str] | None:
    """Return the called name, the commas since its bracket, and the keyword at the cursor."""
    depth, commas, position = 0, 0, len(text) - 1
    argument = len(text)
    while position >= 0:
        character = text[position]
        if character in CLOSING:
            depth += 1
        elif character in OPENING:
            if depth == 0:
                called = CALLED.search(text[:position])
                if character != "(" or not called:
                    return None
                start = argument if commas else position + 1
                keyword = text[start:].strip().partition("=")
                return called.group(1), commas, keyword[0].strip() if keyword[1] else ""
            depth -= 1
        elif character == "," and depth == 0:
            argument = position + 1 if commas == 0 else argument
            commas += 1
        position -= 1
    return None


def is_bound(name: str, value: object, namespace: dict[str, Any]) -> bool:
    """Whether the first parameter is filled by what stands before the dot."""
    head, dot, _ = name.rpartition(".")
    owner = lookup.find(head, namespace) if dot else lookup.MISSING
    plain = isinstance(value, types.FunctionType)
    return dot != "" and plain and not isinstance(owner, (types.ModuleType, type))


def signature_of(value: object, bound: bool) -> tuple[str, list[str]] | None:
    """Return the signature's text and its parameters' names."""
    import inspect

    if isinstance(value, type):
        value = constructor(value)
        bound = isinstance(value, types.FunctionType)
    if isinstance(value, types.MethodType):
        value, bound = value.__func__, True
    known = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, type)
    if not isinstance(value, known):
        return None
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):
        return None
    parameters = list(signature.parameters.values())
    if bound or isinstance(value, types.MethodDescriptorType):
        parameters = parameters[1:]
    shown = signature.replace(
        parameters=[plain(parameter) for parameter in parameters],
        return_annotation=plain_annotation(signature.return_annotation),
    )
    return str(shown), [parameter.name for parameter in parameters]


def plain(parameter: Any) -> Any:
    """Return the parameter with nothing left whose `__repr__` is the user's code."""
    default = parameter.default
    if default is not parameter.empty and type(default) not in PLAIN and not isinstance(default, type):
        default = ELSE
    return parameter.replace(default=default, annotation=plain_annotation(parameter.annotation))


def plain_annotation(annotation: object) -> object:
    import inspect

    known = isinstance(annotation, str) or type(annotation) is type
    return annotation if known else inspect.Parameter.empty


def constructor(value: type) -> object:
    """Return the `__init__` or `__new__` that the class was written with, or the class itself."""
    for name in ("__init__", "__new__"):
        found = lookup.attribute(value, name)
        if isinstance(found, types.FunctionType):
            return found
    return value


def documentation(value: object) -> str | None:
    text = lookup.attribute(value, "__doc__") if isinstance(value, type) else getattr(value, "__doc__", None)
    if not isinstance(text, str):
        return None
    lines = text.strip().splitlines()
    return lines[0].strip()[:LENGTH_LIMIT] if lines else None
