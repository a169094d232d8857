"""Import on our behalf: from the standard library alone, whatever lies in the user's folders.

A file `types.py` or `token.py` in the working folder is the user's, and so is
what the program does to `sys.path`, `sys.meta_path`, `sys.modules` and
`builtins`.  None of it is to be run or believed by us.  So each module of ours
runs with builtins of its own, a copy, in which `__import__` is the one of this
module: it finds our package and the standard library where they are, and
leaves everything else to Python's own.
"""

from __future__ import annotations

import _imp
import _thread
import builtins
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Iterator, Sequence

PYTHONS = dict(vars(builtins))
OURS = dict(PYTHONS)
__builtins__ = OURS
"""For what follows as well; a function keeps what stands here as it is made."""

bootstrap: Any = sys.modules["_frozen_importlib"]
external: Any = sys.modules["_frozen_importlib_external"]

PACKAGE = __name__.partition(".")[0]
LIBRARY = os.path.dirname(os.__file__)
FOLDERS = (LIBRARY, os.path.join(LIBRARY, "lib-dynload"))
LOADERS = (
    (external.ExtensionFileLoader, _imp.extension_suffixes()),
    (external.SourceFileLoader, [".py"]),
    (external.SourcelessFileLoader, [".pyc"]),
)
python_import = builtins.__import__
"""What the program puts in its place later is for the program."""


class Loader(external.SourceFileLoader):
    """Loads a module of ours, with our builtins."""

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__builtins__"] = OURS
        super().exec_module(module)


class Finder:
    """Finds our modules and those of the standard library, for the thread that imports on our behalf."""

    def __init__(self) -> None:
        self.thread = 0
        self._library = [external.FileFinder(folder, *LOADERS) for folder in FOLDERS]
        self._packages: dict[str, Any] = {}
        self._standard: dict[str, bool] = dict.fromkeys(getattr(sys, "stdlib_module_names", ()), True)

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> Any:
        if _thread.get_ident() != self.thread:
            return None
        if path is not None:
            loaders = ((Loader, [".py"]),) if name.startswith(PACKAGE + ".") else LOADERS
            found = (self._in_package(folder, loaders).find_spec(name) for folder in path)
            return next(filter(None, found), None)
        spec = self._find_standard(name)
        if spec is None:
            raise ModuleNotFoundError("No module named %r" % name, name=name)
        return spec

    def _in_package(self, folder: str, loaders: Any) -> Any:
        if folder not in self._packages:
            self._packages[folder] = external.FileFinder(folder, *loaders)
        return self._packages[folder]

    def is_standard(self, name: str) -> bool:
        """Whether the standard library has a module of this name."""
        if name not in self._standard:
            self._standard[name] = self._find_standard(name) is not None
        return self._standard[name]

    def _find_standard(self, name: str) -> Any:
        for importer in (bootstrap.BuiltinImporter, bootstrap.FrozenImporter, *self._library):
            spec = importer.find_spec(name)
            if spec is not None:
                return spec
        return None


def own_import(
    name: str,
    globals: dict[str, Any] | None = None,
    locals: dict[str, Any] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """Import as the statement asks for it, in a module of ours."""
    full = absolute(name, globals, level)
    module = copies.get(full) or known.get(full)
    is_named_itself = fromlist or "." not in name
    if module is not None and is_named_itself and all(hasattr(module, item) for item in fromlist or ()):
        return module
    top = full.partition(".")[0]
    if top != PACKAGE and not finder.is_standard(top):
        return python_import(name, globals, locals, fromlist, level)
    with lock:
        if finder.thread:
            return python_import(name, globals, locals, fromlist, level)
        found = guarded(name, globals, locals, fromlist, level)
        return copies.get(full, found) if is_named_itself else found


def absolute(name: str, globals: dict[str, Any] | None, level: int) -> str:
    if level == 0:
        return name
    assert globals is not None
    base = globals["__package__"]
    for _ in range(level - 1):
        base = base.rpartition(".")[0]
    return base + "." + name if name else base


class PythonsBuiltins:
    """For this while the builtins are as they were at first, for the standard library as well."""

    def __enter__(self) -> None:
        there: dict[str, Any] = builtins.__dict__
        self._patched = {
            name: there.get(name, MISSING) for name in PYTHONS if there.get(name) is not PYTHONS[name]
        }
        there.update({name: PYTHONS[name] for name in self._patched})

    def __exit__(self, *error: object) -> None:
        there: dict[str, Any] = builtins.__dict__
        for name, value in self._patched.items():
            if value is MISSING:
                there.pop(name, None)
            else:
                there[name] = value


def guarded(*statement: Any) -> ModuleType:
    """Import while nothing of the program's takes part, be it called by Python's own code."""
    with PythonsBuiltins():
        return find_and_load(*statement)


def find_and_load(*statement: Any) -> ModuleType:
    """Import while the finder is there, and no module of the program's has the name of a standard one."""
    hidden = dict(shadows())
    for name in hidden:
        del sys.modules[name]
        if name in known:
            sys.modules[name] = known[name]
    before = set(sys.modules)
    meta_path = sys.meta_path
    meta_path.insert(0, finder)
    finder.thread = _thread.get_ident()
    try:
        return python_import(*statement)
    finally:
        finder.thread = 0
        meta_path[:] = [each for each in meta_path if each is not finder]
        for name in set(sys.modules) - before:
            if is_ours(name):
                remember(name, sys.modules[name])
        sys.modules.update(hidden)


def shadows() -> Iterator[tuple[str, ModuleType]]:
    """Return the modules of the program that have the name of a standard one, or forbid its import."""
    for name, module in list(sys.modules.items()):
        if known.get(name) is not module and name != "__main__" and is_ours(name):
            file = getattr(module, "__dict__", {}).get("__file__")
            if module is None or (type(file) is str and not is_in_library(file)):
                yield name, module


def is_ours(name: str) -> bool:
    top = name.partition(".")[0]
    return top == PACKAGE or finder.is_standard(top)


def is_in_library(file: str) -> bool:
    return file.startswith((LIBRARY + os.sep, HOME + os.sep)) and "site-packages" not in file


HOME = os.path.dirname(__file__)
OURS["__import__"] = own_import
MISSING = object()
finder = Finder()
lock = _thread.RLock()
known: dict[str, ModuleType] = {}
"""What we have imported, and what was there before the program could do anything."""


copies: dict[str, ModuleType] = {}
"""What stands for some of them in our own modules."""

COPIED = frozenset(
    (
        "_signal",
        "_socket",
        "_thread",
        "copyreg",
        "errno",
        "faulthandler",
        "fcntl",
        "functools",
        "gc",
        "hashlib",
        "io",
        "itertools",
        "json",
        "mmap",
        "os",
        "pickle",
        "select",
        "stat",
        "struct",
        "termios",
        "time",
        "types",
        "weakref",
        "zlib",
    )
)
"""The modules whose functions we call, and the program may have replaced: all that tell the time, perhaps."""


def remember(name: str, module: ModuleType) -> None:
    known[name] = module
    if name in COPIED and name not in copies:
        copies[name] = copy_of(module)


def copy_of(module: ModuleType) -> ModuleType:
    """Return a module with what it has now, whatever the program does to it."""
    made = type(module)(module.__name__)
    made.__dict__.update(module.__dict__)
    return made


def load(name: str) -> ModuleType:
    """Import a module of ours by its full name, before anything of the program's runs."""
    for each in ("gc", "warnings"):  # Python itself imports the latter where it warns, by the program's path.
        python_import(each)
    for each, module in list(sys.modules.items()):
        if is_ours(each):
            remember(each, module)
    own_import(name)
    return sys.modules[name]
