"""Unpack a zip archive with its permissions and links: `python3 unzip.py ARCHIVE FOLDER`."""

import os
import stat
import sys
import zipfile

PERMISSIONS = 0o777


def unzip(archive: str, folder: str) -> None:
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            mode = member.external_attr >> 16
            if stat.S_ISLNK(mode):
                link(opened.read(member).decode(), os.path.join(folder, member.filename), folder)
                continue
            path = opened.extract(member, folder)
            if not member.is_dir() and mode:
                os.chmod(path, mode & PERMISSIONS)


def link(target: str, path: str, folder: str) -> None:
    inside = os.path.realpath(folder) + os.sep
    if not os.path.realpath(os.path.join(os.path.dirname(path), target)).startswith(inside):
        raise SystemExit(f"unzip: {path} points out of the archive")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.symlink(target, path)


unzip(sys.argv[1], sys.argv[2])
