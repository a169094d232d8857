import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

from pyrepl3.changes import audit_events, side_effects

OUTSIDE = side_effects.SideEffects()
audit_events.watch(OUTSIDE.handlers())


def of(act):
    OUTSIDE.begin()
    act()
    return OUTSIDE.end()


class OutsideTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        os.chdir(self.folder.name)

    def test_a_file_is_named_as_seen_from_here(self):
        def act():
            with open("report.csv", "w") as file:
                file.write("a")
            with open("report.csv") as file:
                file.read()

        self.assertEqual(of(act), ["wrote to report.csv"])

    def test_a_file_that_is_open_already(self):
        with open("log", "w") as log, open("other", "w"):
            self.assertEqual(of(lambda: log.write("kept back")), [])
            self.assertEqual(of(log.flush), ["wrote to log"])
            self.assertEqual(of(log.tell), [])

    def test_a_file_that_is_open_to_be_read(self):
        open("data", "w").close()
        with open("data") as data:
            self.assertEqual(of(data.read), [])
            subprocess.run([sys.executable, "-c", "open('data', 'w').write('more')"])
            self.assertEqual(of(data.read), [])

    def test_reading_is_nothing(self):
        with open("data", "w"):
            pass
        self.assertEqual(of(lambda: open("data").close()), [])

    def test_what_fails_is_nothing(self):
        def attempts():
            for attempt in (
                lambda: os.makedirs(self.folder.name, exist_ok=True),
                lambda: os.mkdir(self.folder.name),
                lambda: os.remove("missing"),
                lambda: os.rmdir("missing"),
                lambda: os.rename("missing", "other"),
                lambda: os.truncate("missing", 0),
                lambda: os.close(os.open(self.folder.name + "/missing/file", os.O_CREAT | os.O_WRONLY)),
                lambda: pathlib.Path("missing/file").write_text("text"),
            ):
                try:
                    attempt()
                except OSError:
                    continue

        self.assertEqual(of(attempts), [])

    def test_a_folder_by_its_descriptor(self):
        folder = os.open(".", os.O_RDONLY)
        self.addCleanup(os.close, folder)
        write = os.O_CREAT | os.O_WRONLY

        def act():
            os.mkdir("made", dir_fd=folder)
            os.close(os.open("written", write, dir_fd=folder))

        self.assertEqual(of(act), ["made made", "wrote to written"])
        os.chdir(os.path.join(self.folder.name, "made"))
        os.rmdir(os.path.join(self.folder.name, "made"))

        def act_without_a_working_folder():
            os.mkdir("other", dir_fd=folder)
            os.close(os.open("another", write, dir_fd=folder))

        self.assertEqual(of(act_without_a_working_folder), ["made other", "wrote to another"])

    def test_files_that_go(self):
        def act():
            open("a", "x").close()
            os.rename("a", "b")
            os.remove("b")
            os.mkdir("c")

        self.assertEqual(of(act), ["wrote to a", "renamed a", "removed b", "made c"])

    def test_a_process(self):
        self.assertEqual(of(lambda: subprocess.run([sys.executable, "-c", ""])), ["started a process"])

    def test_a_connection(self):
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        port = server.getsockname()[1]

        def act():
            with socket.create_connection(("127.0.0.1", port)):
                pass

        self.assertEqual(of(act), ["connected to 127.0.0.1 port %d" % port])

    def test_nothing_is_noted_between_runs(self):
        of(lambda: None)
        open("a", "w").close()
        self.assertEqual(OUTSIDE.end(), [])

    def test_notes_are_few(self):
        self.assertEqual(len(of(lambda: [open("f%d" % i, "w").close() for i in range(100)])), 8)


if __name__ == "__main__":
    unittest.main()
