"""Modules, and larger things that the standard library makes."""

from table import Row

ROWS = [
    Row(
        "streams in memory",
        r"t = io.StringIO('one\ntwo'); t.readline(); b = io.BytesIO(b'abc'); b.read(1)",
        "t.read() == 'two' and b.read() == b'bc'",
        imports="import io",
    ),
    Row(
        "trees and parsers",
        r"""
        t = ast.parse('x = 1'); p = argparse.ArgumentParser(prog='p'); p.add_argument('--n', type=int)
        c = configparser.ConfigParser(); c.read_string('[a]\nb = 1')
        """,
        """
        ast.dump(t) == ast.dump(ast.parse('x = 1')) and p.parse_args(['--n', '5']).n == 5
        c['a']['b'] == '1'
        """,
        imports="import ast, argparse, configparser",
    ),
    Row(
        "a tree of XML",
        "t = ElementTree.fromstring('<a x=\"1\"><b>c</b></a>')",
        "t.attrib == {'x': '1'} and t[0].text == 'c'",
        imports="from xml.etree import ElementTree",
    ),
    Row(
        "mocks, which say that they are something else",
        """
        m = mock.Mock(spec=dict); m.get.return_value = 5; n = mock.MagicMock(); s = mock.sentinel.x
        """,
        "m.get('x') == 5 and isinstance(m, dict) and len(n) == 0 and s is mock.sentinel.x",
        imports="from unittest import mock",
    ),
    Row(
        "modules in what names hold",
        """
        tools = {'m': math, 'p': os.path, 'e': os.environ}; me = __import__('__main__'); all = sys.modules
        space = vars(math)
        """,
        """
        tools['m'] is math and tools['p'] is os.path and tools['e'] is os.environ
        me is sys.modules['__main__'] and all is sys.modules and space is vars(math)
        """,
        imports="import math, os, sys",
        how={"me": "imported"},
    ),
    Row(
        "modules and their parts",
        "d = xml.dom; e = xml.etree",
        "xml.dom is d and e.ElementTree.fromstring('<a/>').tag == 'a'",
        imports="import xml.dom, xml.etree.ElementTree",
        how={"d": "imported", "e": "imported"},
    ),
    Row(
        "imports that have not happened",
        "lazy import colorsys\nlazy from xml.dom import minidom as m\nlazy import http.cookies",
        """
        [type(dict.get(globals(), name)).__name__ for name in ('colorsys', 'm', 'http')] == ['lazy_import'] * 3
        > import sys
        not {'colorsys', 'xml.dom.minidom', 'http.cookies'} & set(sys.modules)
        colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0) and m.parseString and http.cookies.Morsel
        """,
        since=(3, 15),
    ),
    Row(
        "a module made by hand",
        r"""
        m = types.ModuleType('mine', 'Doc.'); exec('n = 1\ndef f(): return n', m.__dict__); f = m.f
        """,
        """
        m.f() == 1 and f is m.f and m.__name__ == 'mine' and m.__doc__ == 'Doc.'
        > m.n = 2
        f() == 2 and f.__globals__ is m.__dict__
        """,
        imports="import types",
    ),
]
