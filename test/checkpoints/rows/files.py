"""Open files, which are opened again where they stood."""

import sys

from table import Row

GZIP = {"g._buffer": "a stream without a file"} if sys.version_info >= (3, 12) else {}

ROWS = [
    Row(
        "the line ends of texts",
        r"""
        made = [open('w%d' % n, 'w', newline=each) for n, each in enumerate(ENDS)]
        for each in made: each.write('a\n')
        _ = open('source', 'wb').write(b'1\r\n2\r3\n4\r\n'); del _
        read = [open('source', newline=each) for each in ENDS]
        first = [each.readline() for each in read]
        both = [open('b%d' % n, 'w+', newline=each) for n, each in enumerate(ENDS)]
        wide = open('wide', 'w+', newline='', encoding='utf-16')
        """,
        r"""
        [each.write('b\n') and each.close() for each in made] and True
        [open('w%d' % n, 'rb').read() for n in range(5)] == [b'a\nb\n'] * 3 + [b'a\rb\r', b'a\r\nb\r\n']
        first == ['1\n', '1\r\n', '1\r\n', '1\r', '1\r\n']
        [each.readline() for each in read] == ['2\n', '2\r', '2\r3\n', '\n2\r', '2\r3\n4\r\n']
        > for each in (*both, wide): each.write('c\n'); each.seek(0)
        [each.read() for each in both] == ['c\n', 'c\n', 'c\n', 'c\r', 'c\r\n'] and wide.read() == 'c\n'
        """,
        imports="ENDS = (None, '', '\\n', '\\r', '\\r\\n')",
        how={"each": "reopened", "wide": "reopened"},
    ),
    Row(
        "a file that is read",
        r"""
        open('f', 'w').write('one\ntwö\nthree'); f = open('f', encoding='utf-8'); f.readline(); f.read(2)
        """,
        r"f.read() == 'ö\nthree' and f.mode == 'r' and f.encoding == 'utf-8'",
        how={"f": "reopened"},
        details={"f": "WORK/f (r, at 6)"},
    ),
    Row(
        "a file that is read line by line",
        r"open('f', 'w').write('one\ntwo\nthree\n'); f = open('f'); first = next(f)",
        r"next(f) == 'two\n' and list(f) == ['three\n']",
        how={"f": "reopened"},
    ),
    Row(
        "a file that is written",
        "f = open('f', 'w'); f.write('abc'); f.flush(); f.write('def')",
        """
        > f.write('ghi'); f.close()
        open('f').read() == 'abcdefghi' and f.mode == 'w'
        """,
        how={"f": "reopened"},
        details={"f": "WORK/f (w, at 6)"},
    ),
    Row(
        "a file that is added to",
        "open('f', 'w').write('abc'); f = open('f', 'a'); f.write('d'); f.flush()",
        """
        > f.write('e'); f.close()
        open('f').read() == 'abcde'
        """,
        how={"f": "reopened"},
    ),
    Row(
        "a file that is read and written",
        """
        open('f', 'w').write('abcdef'); f = open('f', 'r+'); f.read(2); g = open('g', 'w+'); g.write('xyz')
        g.seek(1)
        """,
        """
        f.tell() == 2 and f.read() == 'cdef' and g.read() == 'yz' and f.mode == 'r+'
        g.mode == 'w+'
        """,
        how={"f": "reopened", "g": "reopened"},
    ),
    Row(
        "files of bytes",
        r"""
        open('f', 'wb').write(b'\xff\0abc'); f = open('f', 'rb'); f.read(2); raw = open('f', 'rb', 0)
        raw.read(3); w = open('g', 'xb'); w.write(b'1')
        """,
        """
        f.read() == b'abc' and raw.read() == b'bc' and type(raw).__name__ == 'FileIO'
        > w.write(b'2'); w.close()
        open('g', 'rb').read() == b'12'
        """,
        how={"f": "reopened", "raw": "reopened", "w": "reopened"},
    ),
    Row(
        "files within objects",
        """
        class Log:
            def __init__(self): self.f = open('f', 'w'); self.n = 1
        log = Log(); log.f.write('a'); same = {'f': log.f}
        """,
        """
        same['f'] is log.f and log.n == 1
        > log.f.write('b'); log.f.close()
        open('f').read() == 'ab'
        """,
    ),
    Row(
        "a file in a folder that was left since",
        """
        os.mkdir('d'); open('d/f', 'w').write('abc'); os.chdir('d'); f = open('f'); f.read(1)
        os.chdir('..')
        """,
        "f.read() == 'bc'",
        imports="import os",
        how={"f": "reopened"},
        details={"f": "WORK/d/f (r, at 1)"},
    ),
    Row(
        "closed, deleted and unnamed files",
        """
        c = open('f', 'w'); c.close(); d = open('f'); r, w = os.pipe(); p = os.fdopen(r); os.remove('f')
        t = tempfile.TemporaryFile()
        """,
        "1",
        imports="import os, tempfile",
        reasons={
            "c": "a file that is closed",
            "d": "the file f, which is no longer there",
            "p": "a stream without a file",
            "t": "a stream without a file",
        },
    ),
    Row(
        "a file that has gone since",
        "open('f', 'w').write('abc'); f = open('f'); keep = {'f': f, 'x': 1}",
        "keep['x'] == 1",
        how={"f": "reopened"},
        lost={"f": "the file WORK/f cannot be opened again ([Errno 2] No such file or directory: 'WORK/f')"},
        lost_holes={
            "keep": {
                "keep['f']": "the file WORK/f cannot be opened again ([Errno 2] No such file or directory: 'WORK/f')"
            }
        },
        between="os.remove('f')",
    ),
    Row(
        "a file that is shorter since",
        "open('f', 'w').write('abcdef'); f = open('f'); f.read(5)",
        "1",
        how={"f": "reopened"},
        lost={"f": "the file WORK/f is shorter than it was"},
        between="os.truncate('f', 2)",
    ),
    Row(
        "a file that is longer since",
        "f = open('f', 'w'); f.write('abc'); f.flush()",
        """
        > f.write('d'); f.close()
        open('f').read() == 'abcdxyz'
        """,
        how={"f": "reopened"},
        between="open('f', 'a').write('?xyz')",
    ),
    Row(
        "the streams of the session",
        "out, err, kept = sys.stdout, sys.stderr, {'in': sys.stdin}",
        "out is sys.stdout and err is sys.stderr and kept['in'] is sys.stdin",
        imports="import sys",
    ),
    Row(
        "files that compress",
        "g = gzip.open('f.gz', 'wb'); g.write(b'x'); z = zipfile.ZipFile('f.zip', 'w')",
        """
        > z.writestr('a', 'b'); z.close()
        zipfile.ZipFile('f.zip').read('a') == b'b'
        """,
        imports="import gzip, zipfile",
        holes={"g": {"g.compress": "a zlib.Compress, which cannot be pickled", **GZIP}},
    ),
    Row(
        "a memory map",
        """
        open('f', 'w').write('abc'); m = mmap.mmap(os.open('f', os.O_RDWR), 3); v = memoryview(m); d = [m]
        """,
        "len(d) == 1",
        imports="import mmap, os",
        reasons={"m": "a memory map", "v": "it cannot do without a memory map"},
        holes={"d": {"d[0]": "a memory map"}},
    ),
    Row(
        "temporary files and folders",
        """
        f = tempfile.NamedTemporaryFile('w', dir='.'); f.write('a'); f.flush()
        d = tempfile.TemporaryDirectory(dir='.')
        """,
        """
        > f.write('b'); f.flush()
        open(f.name).read() == 'ab' and __import__('os').path.isdir(d.name)
        > name = f.name; f.close()
        not __import__('os').path.exists(name)
        """,
        imports="import tempfile",
        holes={"d": {"d._finalizer": "a finaliser"}},
    ),
]
