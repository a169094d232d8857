"""Look at code before it runs: is it whole, and what are its statements?"""

from __future__ import annotations

import _ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Parse = Callable[[str, str], Any]

INDENT = "    "
LEAVING = ("return", "pass", "break", "continue", "raise")


def check(code: str, parse: Parse) -> tuple[str, str]:
    """Return the verdict on typed code, and the indentation of a next line."""
    lines = code.split("\n")
    try:
        body = quietly(parse, code).body
    except (SyntaxError, ValueError, OverflowError, MemoryError) as error:
        if not is_incomplete(code):
            return "invalid", ""
        # White space of ours would be a part of the string.
        return "incomplete", "" if "triple-quoted" in str(error) else next_indent(lines)
    # A block of several lines goes on until an empty one ends it: an `else` may follow.
    if body and is_block(body[-1]) and len(lines) > 1 and lines[-1].strip():
        return "incomplete", next_indent(lines)
    return "complete", ""


def is_incomplete(code: str) -> bool:
    import codeop

    compiler = codeop.CommandCompiler()
    compiler.compiler.flags |= _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return quietly(compiler, code, "<input>", "exec") is None
    except (SyntaxError, ValueError, OverflowError, MemoryError):
        return False


def quietly(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call without warnings: the run itself will show them."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if len(arguments) == 1:
            return call(arguments[0], "<input>")
        return call(*arguments)


def is_block(statement: Any) -> bool:
    return hasattr(statement, "body") and statement.end_lineno > statement.lineno


def next_indent(lines: list[str]) -> str:
    """Return the white space with which the line after these should begin."""
    last = next((line for line in reversed(lines) if line.strip()), "")
    indent = last[: len(last) - len(last.lstrip())]
    code = last.split("#")[0].rstrip()
    if code.endswith((":", "(", "[", "{")):
        return indent + ("\t" if indent.endswith("\t") else INDENT)
    if code.split(None, 1)[:1] and code.split(None, 1)[0] in LEAVING:
        return indent[:-1] if indent.endswith("\t") else indent[: -len(INDENT)]
    return indent


def split(code: str, parse: Parse) -> list[dict[str, Any]]:
    """Return the chunks of a script: statements, `%` commands, and what is neither."""
    lines = code.split("\n")
    chunks: list[dict[str, Any]] = []
    position = 0
    while position < len(lines):
        if lines[position].startswith("%"):
            chunks.append(chunk(position + 1, position + 1, "command"))
            position += 1
        else:
            position = split_until_command(lines, position, parse, chunks)
    return chunks


def split_until_command(lines: list[str], position: int, parse: Parse, chunks: list[dict[str, Any]]) -> int:
    """Add the statements up to the next command or error; return where to go on."""
    error = None
    for end in command_lines(lines, position):
        try:
            tree = quietly(parse, "\n" * position + "\n".join(lines[position:end]))
        except (SyntaxError, ValueError, OverflowError, MemoryError) as failure:
            # The `%` may stand inside a statement: in brackets or in a string.
            error = error or failure
        else:
            add_statements(tree.body, chunks)
            return end
    assert error is not None
    return split_broken(lines, position, error, parse, chunks)


def command_lines(lines: list[str], position: int) -> list[int]:
    """Return where the text from `position` may end: before each `%` line, and at the end."""
    starts = [i for i in range(position + 1, len(lines)) if lines[i].startswith("%")]
    return [*starts, len(lines)]


def split_broken(
    lines: list[str],
    position: int,
    error: BaseException,
    parse: Parse,
    chunks: list[dict[str, Any]],
) -> int:
    """Add the whole statements before a syntax error, then the broken one; return where to go on."""
    number = getattr(error, "lineno", None) or position + 1
    # 3.8 and 3.9 see an unclosed bracket at the end of the text.
    number = min(max(number, position + 1), len(lines))
    start = number - 1
    while start > position:
        if is_start(lines[start]):
            try:
                tree = quietly(parse, "\n" * position + "\n".join(lines[position:start]))
            except (SyntaxError, ValueError, OverflowError, MemoryError):
                pass
            else:
                add_statements(tree.body, chunks)
                break
        start -= 1
    chunks.append(chunk(start + 1, number, "broken"))
    return number


def is_start(line: str) -> bool:
    """Whether a statement may begin on this line."""
    return bool(line.strip()) and not line[0].isspace() and line[0] != "#"


def add_statements(body: list[Any], chunks: list[dict[str, Any]]) -> None:
    for statement in body:
        decorators = getattr(statement, "decorator_list", None) or [statement]
        start = min(decorators[0].lineno, statement.lineno)
        if chunks and chunks[-1]["end"] >= start:
            # `a = 1; b = 2`: one line is one chunk.
            chunks[-1]["end"] = max(chunks[-1]["end"], statement.end_lineno)
        else:
            chunks.append(chunk(start, statement.end_lineno, "statement"))


def chunk(start: int, end: int, kind: str) -> dict[str, Any]:
    return {"start": start, "end": end, "type": kind}
