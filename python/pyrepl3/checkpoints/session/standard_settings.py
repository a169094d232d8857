"""Settings that modules of the standard library keep, each with what a fresh session has."""

from __future__ import annotations

import os
import sys

from ..rebuild import Unavailable
from ..values.naming import module_of
from .setting import Setting, attribute, each_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DIALECTS = ("excel", "excel-tab", "unix")
DIALECT_TRAITS = (
    *("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace"),
    *("lineterminator", "quoting", "strict"),
)
MIME_TYPES = ("types_map", "common_types", "encodings_map", "suffix_map")
FORMATS = ("_ARCHIVE_FORMATS", "_UNPACK_FORMATS")
SHIPPED_FORMATS = ("tar", "gztar", "bztar", "xztar", "zip", "zstdtar")
SHIPPED_PREFIXES = ("xml", "html", "rdf", "wsdl", "xs", "xsi", "dc")
STREAMS = ("stdin", "stdout", "stderr")


def filters(warnings: Any) -> Any:
    return list(warnings.filters)


def set_filters(warnings: Any, found: Any) -> None:
    warnings.filters[:] = found
    mutated = getattr(warnings, "_filters_mutated", None) or warnings._filters_mutated_lock_held
    mutated()


def shown_warnings(warnings: Any) -> Any:
    """Return what shows warnings; that of `logging.captureWarnings` is set by what sets `logging`."""
    shown = warnings.showwarning
    is_logged = shown is getattr(sys.modules.get("logging"), "_showwarning", None)
    return warnings._showwarning_orig if is_logged else shown


def dialects(csv: Any) -> dict[str, dict[str, Any]]:
    names = sorted(name for name in csv.list_dialects() if name not in DIALECTS)
    return {name: {each: getattr(csv.get_dialect(name), each) for each in DIALECT_TRAITS} for name in names}


def set_dialects(csv: Any, found: dict[str, dict[str, Any]]) -> None:
    for name, traits in found.items():
        csv.register_dialect(name, **traits)


def mime_types(mimetypes: Any) -> list[Any]:
    """Return what was added to the types that this machine has; whether only official ones count."""
    if mimetypes._db is None:
        return []
    usual = mimetypes.MimeTypes([file for file in mimetypes.knownfiles if os.path.isfile(file)])
    return [
        [without(now, before) for now, before in zip(getattr(mimetypes._db, name), getattr(usual, name))]
        if name.startswith("types_map")
        else without(getattr(mimetypes._db, name), getattr(usual, name))
        for name in ("types_map", "encodings_map", "suffix_map")
    ]


def without(now: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in now.items() if before.get(key) != value}


def set_mime_types(mimetypes: Any, found: Any) -> None:
    (common, official), encodings, suffixes = found
    if mimetypes._db is None:
        mimetypes.init()
    for strict, types in ((False, common), (True, official)):
        for extension, kind in types.items():
            mimetypes.add_type(kind, extension, strict)
    mimetypes.encodings_map.update(encodings)
    mimetypes.suffix_map.update(suffixes)


def temporary_folder(tempfile: Any) -> Any:
    """Return the folder that the program has chosen; `tempfile` notes there the one that it finds, too."""
    usual = next((each for each in tempfile._candidate_tempdir_list() if os.path.isdir(each)), None)
    return None if tempfile.tempdir == usual else tempfile.tempdir


def formats(shutil: Any) -> list[dict[str, Any]]:
    """Return the formats of archives that are the session's."""
    return [
        {name: each for name, each in getattr(shutil, kind).items() if name not in SHIPPED_FORMATS}
        for kind in FORMATS
    ]


def set_formats(shutil: Any, found: list[dict[str, Any]]) -> None:
    for kind, names in zip(FORMATS, found):
        each_there(names, getattr(shutil, kind).__setitem__, str)


def prefixes(etree: Any) -> dict[str, str]:
    return {uri: each for uri, each in etree._namespace_map.items() if each not in SHIPPED_PREFIXES}


def adapters(sqlite3: Any) -> list[Any]:
    """Return what turns values into those of SQLite and back, but what Python brings along."""
    return [
        [(key[0], each) for key, each in sqlite3.adapters.items() if module_of(each) != "sqlite3.dbapi2"],
        {
            name: each
            for name, each in sorted(sqlite3.converters.items())
            if module_of(each) != "sqlite3.dbapi2"
        },
    ]


def set_adapters(sqlite3: Any, found: Any) -> None:
    adapters, converters = found
    for kind, adapt in adapters:
        each_there({kind: adapt}, sqlite3.register_adapter, repr)
    each_there(converters, sqlite3.register_converter, str)


def domains(gettext: Any) -> list[Any]:
    return [gettext._current_domain, dict(gettext._localedirs)]


def set_domains(gettext: Any, found: Any) -> None:
    gettext.textdomain(found[0])
    gettext._localedirs.update(found[1])


def loop_policy(events: Any) -> str | None:
    """Return where the class of the policy of event loops is, where it is not Python's own."""
    policy = events._event_loop_policy
    module = "" if policy is None else module_of(type(policy))
    if module.partition(".")[0] in ("", "asyncio"):
        return None
    return "%s.%s" % (module, type(policy).__qualname__)


def set_loop_policy(events: Any, found: str) -> None:
    raise Unavailable("it was %s" % found)


def start_method(context: Any) -> Any:
    return context._default_context.get_start_method(True)


def usual_start_method(context: Any) -> Any:
    """Return what a program gets that asks for nothing, if this one has."""
    if context._default_context._actual_context is None:
        return None
    return context._default_context._default_context.get_start_method()


def opener(request: Any) -> Any:
    return request._opener


def representation(reprlib: Any) -> dict[str, Any]:
    return vars(reprlib.aRepr)


def set_representation(reprlib: Any, found: dict[str, Any]) -> None:
    vars(reprlib.aRepr).update(found)


def streams(module: Any) -> dict[str, Any]:
    """Return the streams that the program has put in the place of Python's."""
    pairs = ((name, getattr(module, name), getattr(module, "__%s__" % name)) for name in STREAMS)
    return {name: now for name, now, usual in pairs if now is not usual}


def set_attributes(module: Any, found: dict[str, Any]) -> None:
    each_there(found, lambda name, value: setattr(module, name, value), str)


def hook(name: str) -> Setting:
    return attribute("sys." + name, "sys", name, lambda module: getattr(module, "__%s__" % name))


SETTINGS: dict[str, Setting] = {
    ":main": attribute("the session's __doc__", "__main__", "__doc__", lambda _: None),
    **{
        ":sys." + name: hook(name)
        for name in ("displayhook", "excepthook", "unraisablehook", "breakpointhook")
    },
    ":sys.streams": Setting("the streams in sys", "sys", streams, set_attributes, lambda _: {}),
    ":sys.tracebacks": attribute("sys.tracebacklimit", "sys", "tracebacklimit", lambda _: 1000),
    ":threading": attribute(
        "threading.excepthook", "threading", "excepthook", lambda _: sys.modules["_thread"]._excepthook
    ),
    ":threading.stack": Setting(
        "the stack size of threads",
        "threading",
        lambda module: module.stack_size(),
        lambda module, value: module.stack_size(value),
        lambda _: 0,
    ),
    ":decimal": Setting(
        "the decimal context",
        "decimal",
        lambda module: module.getcontext(),
        lambda module, value: module.setcontext(value),
    ),
    ":warnings": Setting("the filters of warnings", "warnings", filters, set_filters),
    ":warnings.shown": Setting(
        "warnings.showwarning",
        "warnings",
        shown_warnings,
        lambda module, value: setattr(module, "showwarning", value),
        lambda module: module._showwarning_orig,
    ),
    ":warnings.format": attribute(
        "warnings.formatwarning", "warnings", "formatwarning", lambda module: module._formatwarning_orig
    ),
    ":csv": Setting("the dialects of csv", "csv", dialects, set_dialects, lambda _: {}),
    ":csv.limit": Setting(
        "the limit of a field in csv",
        "csv",
        lambda module: module.field_size_limit(),
        lambda module, value: module.field_size_limit(value),
        lambda _: 131072,
    ),
    ":socket": Setting(
        "the time-out of sockets",
        "socket",
        lambda module: module.getdefaulttimeout(),
        lambda module, value: module.setdefaulttimeout(value),
        lambda _: None,
    ),
    ":mimetypes": Setting(
        "the types in mimetypes", "mimetypes", mime_types, set_mime_types, lambda _: [[{}, {}], {}, {}]
    ),
    ":calendar": Setting(
        "the first day of the week",
        "calendar",
        lambda module: int(module.firstweekday()),
        lambda module, value: module.setfirstweekday(value),
        lambda _: 0,
    ),
    ":tempfile": Setting(
        "the folder of temporary files",
        "tempfile",
        temporary_folder,
        lambda module, value: setattr(module, "tempdir", value),
        lambda _: None,
    ),
    ":ssl": attribute(
        "the context of HTTPS",
        "ssl",
        "_create_default_https_context",
        lambda module: module.create_default_context,
    ),
    ":shutil": Setting("the formats of archives", "shutil", formats, set_formats, lambda _: [{}, {}]),
    ":xml": Setting(
        "the prefixes of XML",
        "xml.etree.ElementTree",
        prefixes,
        lambda module, value: module._namespace_map.update(value),
        lambda _: {},
    ),
    ":sqlite3": Setting("the adapters of sqlite3", "sqlite3", adapters, set_adapters, lambda _: [[], {}]),
    ":gettext": Setting(
        "the domains of gettext", "gettext", domains, set_domains, lambda _: ["messages", {}]
    ),
    ":asyncio": Setting(
        "the policy of event loops", "asyncio.events", loop_policy, set_loop_policy, lambda _: None
    ),
    ":multiprocessing": Setting(
        "how processes are started",
        "multiprocessing.context",
        start_method,
        lambda module, value: module._default_context.set_start_method(value, True),
        usual_start_method,
    ),
    ":urllib": Setting(
        "the opener of urllib",
        "urllib.request",
        opener,
        lambda module, value: module.install_opener(value),
        lambda _: None,
    ),
    ":reprlib": Setting(
        "the limits of reprlib",
        "reprlib",
        representation,
        set_representation,
        lambda module: vars(module.Repr()),
    ),
}
