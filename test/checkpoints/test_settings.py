"""A session that has set nothing saves no settings, whatever it has imported."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sessions import Nursery

USED = """
import abc, asyncio, calendar, codecs, copyreg, csv, gettext, locale, logging, mimetypes, multiprocessing, reprlib
import shutil, signal, socket, sqlite3, ssl, tempfile, threading, time, urllib.request, xml.etree.ElementTree
#--
class A: pass
logging.getLogger('a').debug('nothing'); mimetypes.guess_type('a.txt'); tempfile.gettempdir(); 5
multiprocessing.get_start_method()
"""
ALWAYS = [":last", ":random", ":warnings"]
"""What is saved where there is any."""


class SettingsTest(unittest.TestCase):
    def test_nothing_was_set(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        nursery = Nursery(1)
        self.addCleanup(nursery.close)
        job = {"act": "save", "folder": folder, "work": folder, "imports": "", "runs": USED.split("#--")}
        contents = nursery.run(job)["contents"]
        names = [name for group in contents["groups"] for name in group["names"] if name.startswith(":")]
        self.assertEqual(sorted(names), ALWAYS)
        self.assertNotIn("lost", contents["surroundings"])


if __name__ == "__main__":
    unittest.main()
