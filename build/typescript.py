"""Say Python's message types in TypeScript, formatted as Biome formats it."""

from __future__ import annotations

import ast
import inspect
import tokenize
from io import StringIO

LINE_WIDTH = 110

HEADER = """\
/**
 * {}
 *
 * Written by `npm run generate` from `{}`: change that, not this one.
 */
"""

NAMES = {"str": "string", "int": "number", "float": "number", "bool": "boolean", "Any": "unknown"}


class Untranslatable(Exception):
    """A definition that has no counterpart, and the line on which it stands."""

    def __init__(self, node: ast.AST, msg: str) -> None:
        super().__init__(msg)
        self.lineno = getattr(node, "lineno", 0)
        self.msg = msg


def translate(source: str, name: str) -> str:
    """Return the TypeScript for the text of a module of messages, which is known by this name."""
    module = ast.parse(source)
    pieces = top_comments(source)
    for node, following in zip(module.body, [*module.body[1:], None]):
        piece = statement(node, document(following))
        if piece:
            pieces.append((node.lineno, piece))
    title = (ast.get_docstring(module) or "Messages between the supervisor and Python.").partition("\n")[0]
    head = HEADER.format(title, name)
    imports = [import_types(node) for node in module.body if is_of_topic(node)]
    return "\n".join(
        [head, *imports, *([""] if imports else []), *(f"{text}\n" for _, text in sorted(pieces))]
    )


def door(name: str, files: list[str]) -> str:
    """Return the TypeScript of the file by which all topics are known to others."""
    title = "The messages between the supervisor and Python: others import them from here."
    lines = [f"export * from './messages/{file}';\n" for file in sorted(files)]
    return "\n".join([HEADER.format(title, name), "".join(lines)])


def is_of_topic(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level == 1


def import_types(node: ast.stmt) -> str:
    """Return the import of another topic's types."""
    assert isinstance(node, ast.ImportFrom)
    names = sorted(each.name for each in node.names)
    line = f"import type {{ {', '.join(names)} }} from './{node.module}.ts';"
    if len(line) <= LINE_WIDTH:
        return line
    listed = "".join(f"  {name},\n" for name in names)
    return f"import type {{\n{listed}}} from './{node.module}.ts';"


def top_comments(source: str) -> list[tuple[int, str]]:
    """Return the comments that stand at the margin: they are the module's headings."""
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    return [
        (token.start[0], f"//{token.string[1:]}")
        for token in tokens
        if token.type == tokenize.COMMENT and token.start[1] == 0
    ]


def statement(node: ast.stmt, doc: str | None) -> str | None:
    if isinstance(node, ast.ClassDef):
        return interface(node)
    if isinstance(node, ast.Assign):
        return comment(doc) + assignment(node)
    if isinstance(node, (ast.Import, ast.ImportFrom)) or document(node) is not None:
        return None
    raise Untranslatable(node, "only TypedDict classes, type aliases and number constants are messages")


def interface(node: ast.ClassDef) -> str:
    parents = [base.id for base in node.bases if isinstance(base, ast.Name)]
    if not parents or node.keywords or node.decorator_list:
        raise Untranslatable(node, f"{node.name} is not a plain TypedDict: every field is always present")
    inherited = [parent for parent in parents if parent != "TypedDict"]
    extends = f" extends {', '.join(inherited)}" if inherited else ""
    fields = [
        field(child, document(following)) for child, following in zip(node.body, [*node.body[1:], None])
    ]
    lines = "".join(text for text in fields if text)
    return f"{comment(ast.get_docstring(node))}export interface {node.name}{extends} {{\n{lines}}}"


def field(node: ast.stmt, doc: str | None) -> str | None:
    if document(node) is not None or isinstance(node, ast.Pass):
        return None
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value:
        raise Untranslatable(node, "a field is `name: type`")
    return comment(doc, "  ") + declare(f"  {node.target.id}:", members(node.annotation))


def assignment(node: ast.Assign) -> str:
    target = node.targets[0]
    if len(node.targets) > 1 or not isinstance(target, ast.Name):
        raise Untranslatable(node, "one name stands on the left of a definition")
    if is_number(node.value):
        return f"export const {target.id} = {ast.unparse(node.value)};"
    return declare(f"export type {target.id} =", members(node.value)).rstrip("\n")


def declare(left: str, alternatives: list[str]) -> str:
    """Return a declaration on one line where it fits, else with one alternative a line."""
    line = f"{left} {' | '.join(alternatives)};\n"
    if len(line) - 1 <= LINE_WIDTH:
        return line
    indent = " " * (len(left) - len(left.lstrip()) + 2)
    return f"{left}\n" + "\n".join(f"{indent}| {each}" for each in alternatives) + ";\n"


def members(node: ast.expr) -> list[str]:
    """Return the alternatives that a type consists of, each once."""
    found: list[str] = []
    for part in parts(node):
        found.extend(text for text in spell(part) if text not in found)
    return found


def parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*parts(node.left), *parts(node.right)]
    if isinstance(node, ast.Subscript) and called(node) in ("Union", "Optional"):
        inner = [part for element in elements(node) for part in parts(element)]
        return [*inner, ast.Constant(None)] if called(node) == "Optional" else inner
    return [node]


def spell(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):  # a forward reference
        return members(ast.parse(node.value, mode="eval").body)
    if isinstance(node, ast.Constant) and node.value is None:
        return ["null"]
    if isinstance(node, ast.Name):
        return [NAMES.get(node.id, node.id)]
    if isinstance(node, ast.Subscript):
        if called(node) == "Literal":
            return [literal(element) for element in elements(node)]
        inner = [" | ".join(members(element)) for element in elements(node)]
        if called(node) in ("list", "List"):
            return [f"({inner[0]})[]" if " | " in inner[0] else f"{inner[0]}[]"]
        if called(node) in ("dict", "Dict") and inner[0] == "string":
            return [f"Record<string, {inner[1]}>"]
    raise Untranslatable(node, f"`{ast.unparse(node)}` cannot be said in TypeScript")


def literal(node: ast.expr) -> str:
    if not isinstance(node, ast.Constant):
        raise Untranslatable(node, f"`{ast.unparse(node)}` is not a literal")
    if isinstance(node.value, bool):
        return str(node.value).lower()
    if isinstance(node.value, str):
        return "'" + node.value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "null" if node.value is None else repr(node.value)


def called(node: ast.Subscript) -> str:
    return node.value.id if isinstance(node.value, ast.Name) else ""


def elements(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr):
        return is_number(node.left) and is_number(node.right)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def document(node: ast.stmt | None) -> str | None:
    """Return the text of a statement that is only a string: it describes what stands above it."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(node.value.value) if isinstance(node.value.value, str) else None
    return None


def comment(doc: str | None, indent: str = "") -> str:
    if not doc:
        return ""
    lines = doc.replace("*/", "* /").replace(".  ", ". ").splitlines()
    if len(lines) == 1 and len(indent + lines[0]) + len("/**  */") <= LINE_WIDTH:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"
