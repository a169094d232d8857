import gc
import linecache
import unittest

from pyrepl3.language import sources


def run(filename, source, namespace):
    code = compile(source, filename, "exec")
    sources.keep(filename, source, [code])
    exec(code, namespace)


class SourcesTest(unittest.TestCase):
    def test_a_source_lives_as_long_as_a_function_of_it(self):
        namespace = {}
        run("<kept>", "def f():\n    return 1\n", namespace)
        gc.collect()
        self.assertEqual(linecache.getline("<kept>", 2), "    return 1\n")
        namespace.clear()
        gc.collect()
        self.assertEqual(linecache.getline("<kept>", 2), "")

    def test_a_source_without_definitions_goes_with_its_run(self):
        run("<gone>", "x = 1", {})
        gc.collect()
        self.assertNotIn("<gone>", linecache.cache)

    def test_checkcache_leaves_it_alone(self):
        namespace = {}
        run("<checked>", "def f(): pass\n", namespace)
        linecache.checkcache()
        self.assertEqual(linecache.getline("<checked>", 1), "def f(): pass\n")


if __name__ == "__main__":
    unittest.main()
