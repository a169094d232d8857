"""The object is built from nothing but its own sources: it takes no symbol from any library."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unittest

from pyrepl3.snapshot import native_object

EXPORTED = {
    "pyrepl3_cut",
    "pyrepl3_failure",
    "pyrepl3_file",
    "pyrepl3_freeze",
    "pyrepl3_leave_out",
    "pyrepl3_line",
    "pyrepl3_lost",
    "pyrepl3_position",
    "pyrepl3_put_files_back",
    "pyrepl3_reason",
    "pyrepl3_renumbered",
    "pyrepl3_stubborn",
}


class Object(unittest.TestCase):
    @unittest.skipIf(shutil.which("nm") is None, "there is no nm")
    def test_it_imports_nothing_and_exports_what_is_used(self) -> None:
        for file in self.objects():
            with self.subTest(file=file):
                lines = subprocess.check_output(["nm", "-D", file]).decode().splitlines()
                self.assertEqual({line.split()[-1] for line in lines}, EXPORTED)
                self.assertEqual([line for line in lines if " U " in line], [])

    def test_it_needs_no_library(self) -> None:
        for file in self.objects():
            with open(file, "rb") as opened:
                self.assertNotIn(b"libc.so", opened.read())

    def objects(self) -> list[str]:
        file = native_object.find()
        assert file is not None, "it is built by `npm run setup`"
        folder = os.path.dirname(file)
        return [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".so")]

    def test_the_package_costs_a_cold_start_nothing(self) -> None:
        code = "import os, sys; before = set(sys.modules)"
        code += "; from pyrepl3.snapshot.freezer import Freezer; Freezer()"
        code += "; print(sorted(set(sys.modules) - before))"
        environment = {
            **os.environ,
            "PYTHONPATH": os.path.dirname(os.path.dirname(os.path.dirname(native_object.__file__))),
        }
        loaded = subprocess.check_output([sys.executable, "-S", "-c", code], env=environment).decode()
        self.assertEqual(
            loaded.strip(), "['__future__', 'pyrepl3', 'pyrepl3.snapshot', 'pyrepl3.snapshot.freezer']"
        )


if __name__ == "__main__":
    unittest.main(warnings="ignore")
