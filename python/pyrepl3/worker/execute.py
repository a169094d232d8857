"""Compile and execute a run in the user's `__main__`."""

from __future__ import annotations
import __future__

import _ast
from types import CodeType, FunctionType

from ..language import sources
from .bottom_frame import bottom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Callable, Coroutine, Iterator

    Await = Callable[[Coroutine[Any, Any, Any]], Any]

CO_COROUTINE = 0x80  # of <code.h>; `inspect` has it too, and is slow to import
FUTURES = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
"""The bits of `co_flags` that tell of a `from __future__`."""

NEEDS_LOOP = {"create_task", "ensure_future", "get_running_loop"}
"""Names that want a running event loop, also where nothing is awaited."""
MAKES_LOOP = {"run", "run_until_complete", "run_forever"}
"""Names that refuse to be used beside one (`asyncio.run`)."""


class Executor:
    """Runs code, one run after the other, and remembers `from __future__` between them."""

    def __init__(self, module: ModuleType, await_: Await) -> None:
        self.namespace: dict[str, Any] = module.__dict__
        self._await = await_
        self._futures = 0

    def execute(self, run: dict[str, Any]) -> None:
        """Execute a run of the contract; raise what the user's code raises."""
        filename = run["file"] or "<python-input-%d>" % run["id"]
        if run["style"] == "script":
            for code in self._statements(run["code"], filename):
                self._run(code)
            return
        codes = self.compile(run["code"], filename, run["line"], run["style"])
        if not run["file"]:
            sources.keep(filename, run["code"], codes)
        for code in codes:
            self._run(code)

    def _run(self, code: CodeType) -> None:
        if code.co_flags & CO_COROUTINE:
            self._await(FunctionType(code, self.namespace)())
        elif NEEDS_LOOP.intersection(code.co_names) and not MAKES_LOOP.intersection(code.co_names):
            self._await(self._within_loop(code))
        else:
            bottom.call(exec, code, self.namespace)

    def _statements(self, script: str, filename: str) -> Iterator[CodeType]:
        """Compile the statements of a script as at CPython's prompt, each when those before it have run."""
        try:
            body: list[Any] | None = self.parse(script, filename).body
        except (SyntaxError, ValueError, OverflowError, MemoryError):
            body = None
        if body is None:
            # What stands before the error is run, as where each is typed.
            yield from self._up_to_error(script, filename)
            return
        for statement in body:
            yield self._compile(_ast.Interactive(body=[statement]), filename, "single")

    def _up_to_error(self, script: str, filename: str) -> Iterator[CodeType]:
        from ..language import code_checks

        lines = script.split("\n")
        for chunk in code_checks.split(script, self.parse):
            text = "\n".join(lines[chunk["start"] - 1 : chunk["end"]]) + "\n"
            yield from self.compile(text, filename, chunk["start"], "single")

    async def _within_loop(self, code: CodeType) -> None:
        """Execute code that awaits nothing as a task of the session's loop: `create_task` works in it."""
        bottom.call(exec, code, self.namespace)

    def compile(self, code: str, filename: str, line: int, style: str) -> list[CodeType]:
        """Return the code objects to execute in turn; raise SyntaxError and its kin.

        In the style `prompt` a single statement is compiled as at CPython's prompt; of several
        the last is, where it is an expression, and so goes through `sys.displayhook`.
        """
        # Lines of a file keep their numbers.
        text = "\n" * (line - 1) + code
        try:
            return self._compile_text(text, filename, style)
        except SyntaxError as error:
            show_line(error, text)
            raise

    def _compile_text(self, text: str, filename: str, style: str) -> list[CodeType]:
        tree = self.parse(text, filename)
        body: list[Any] = tree.body
        if not body:
            return []
        if style == "single" or len(body) == 1:
            return [self._compile(_ast.Interactive(body=body), filename, "single")]
        if not isinstance(body[-1], _ast.Expr):
            return [self._compile(tree, filename, "exec")]
        last = _ast.Interactive(body=[body.pop()])
        return [self._compile(tree, filename, "exec"), self._compile(last, filename, "single")]

    def parse(self, code: str, filename: str) -> Any:
        flags = _ast.PyCF_ONLY_AST | _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self._futures
        return compile(code, filename, "exec", flags, True)

    def _compile(self, tree: Any, filename: str, mode: str) -> CodeType:
        flags = _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self._futures
        code = compile(tree, filename, mode, flags, True)
        self.remember(code.co_flags)
        return code

    @property
    def futures(self) -> int:
        """The `from __future__` that hold for later runs, as flags of the compiler."""
        return self._futures

    def remember(self, flags: int) -> None:
        """Keep the `from __future__` among a code's flags for later runs, as CPython's prompt does."""
        self._futures |= flags & FUTURES


def show_line(error: SyntaxError, text: str) -> None:
    """Add the line in question, for which the compiler looks in a file (`return` outside a function)."""
    if error.text is None and error.lineno:
        lines = sources.split(text)
        if error.lineno <= len(lines):
            error.text = lines[error.lineno - 1]
