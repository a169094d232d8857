"""What modules of the standard library, and the process itself, were told by the session."""

from table import Row

ROWS = [
    Row(
        "levels and propagation of loggers",
        """
        log = logging.getLogger('own.part')
        log.setLevel('DEBUG'); logging.getLogger('own').propagate = False; logging.getLogger().setLevel('INFO')
        logging.getLogger('silent').disabled = True; logging.disable(5); logging.addLevelName(25, 'NOTICE')
        """,
        """
        log is logging.getLogger('own.part') and log.level == logging.DEBUG
        logging.getLogger('own').propagate is False and logging.root.level == logging.INFO
        logging.getLogger('silent').disabled and logging.root.manager.disable == 5
        logging.getLevelName(25) == 'NOTICE'
        """,
        imports="import logging",
    ),
    Row(
        "handlers, filters and formats of loggers",
        """
        class Kept(logging.Handler):
            def __init__(self): super().__init__(); self.lines = []
            def emit(self, record): self.lines.append(self.format(record))
        kept = Kept(); kept.setFormatter(logging.Formatter('%(levelname)s|%(message)s'))
        logging.basicConfig(level='INFO', handlers=[kept])
        logging.root.addFilter(lambda record: 'not this' not in record.msg)
        logging.info('before')
        """,
        """
        logging.root.handlers == [kept] and type(kept) is Kept
        > logging.info('after'); logging.info('not this')
        kept.lines == ['INFO|before', 'INFO|after']
        kept in [each() for each in logging._handlerList]
        """,
        imports="import logging",
    ),
    Row(
        "a log that is written to a file and to the terminal",
        """
        logging.basicConfig(filename='own.log', level='INFO', format='%(message)s', force=True)
        logging.getLogger().addHandler(logging.StreamHandler(sys.stdout)); logging.info('before')
        """,
        """
        > logging.info('after')
        open(logging.root.handlers[0].baseFilename).read().split() == ['before', 'after']
        logging.root.handlers[1].stream is sys.stdout and len(logging.root.handlers) == 2
        """,
        imports="import logging, sys",
    ),
    Row(
        "a handler that cannot be saved",
        """
        class Sender(logging.Handler):
            def __init__(self): super().__init__(); self.todo = (n for n in range(3))
            def emit(self, record): pass
        logging.root.addHandler(Sender()); logging.root.setLevel(5)
        """,
        "logging.root.level == 5 and type(logging.root.handlers[0]) is Sender",
        imports="import logging",
        notes=[
            "loggers and their handlers came back without a part "
            "(a generator, which stands in the middle of its code)"
        ],
    ),
    Row(
        "handlers of signals",
        """
        got = []
        def take(number, frame): got.append(number)
        signal.signal(signal.SIGUSR1, take); signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, take); before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
        """,
        """
        signal.getsignal(signal.SIGUSR1) is take and signal.getsignal(signal.SIGINT) is take
        signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
        signal.SIGUSR2 in signal.pthread_sigmask(signal.SIG_BLOCK, [])
        > signal.raise_signal(signal.SIGUSR1)
        got == [signal.SIGUSR1]
        """,
        imports="import signal",
    ),
    Row(
        "the mask of new files",
        "before = os.umask(0o077)",
        """
        > file = os.open('new', os.O_CREAT | os.O_WRONLY, 0o666)
        os.fstat(file).st_mode & 0o777 == 0o600
        """,
        imports="import os",
    ),
    Row(
        "dialects of csv, and the limit of a field",
        "csv.register_dialect('own', delimiter=';', quoting=csv.QUOTE_ALL, escapechar='~'); csv.field_size_limit(99)",
        """
        next(csv.reader(['a;"b;c"'], 'own')) == ['a', 'b;c'] and csv.get_dialect('own').escapechar == '~'
        csv.get_dialect('own').quoting == csv.QUOTE_ALL and csv.field_size_limit() == 99
        """,
        imports="import csv",
    ),
    Row(
        "the collector's settings",
        "gc.disable(); gc.set_threshold(500, 5, 5); called = []; note = lambda phase, info: called.append(phase)\n"
        "gc.callbacks.append(note)",
        """
        not gc.isenabled() and gc.get_threshold()[0] == 500 and gc.callbacks == [note]
        """,
        imports="import gc",
    ),
    Row(
        "the locale and the time zone",
        "locale.setlocale(locale.LC_NUMERIC, 'C.UTF-8'); os.environ['TZ'] = 'XYZ-3'; time.tzset()",
        """
        locale.setlocale(locale.LC_NUMERIC) == 'C.UTF-8' and locale.setlocale(locale.LC_TIME) == 'C'
        time.tzname[0] == 'XYZ' and time.localtime(0).tm_hour == 3
        """,
        imports="import locale, os, time",
    ),
    Row(
        "the time-out of sockets, types of files, the first day of the week, a folder of temporary files",
        """
        socket.setdefaulttimeout(7); mimetypes.add_type('text/own', '.own'); calendar.setfirstweekday(6)
        tempfile.tempdir = os.getcwd()
        """,
        """
        socket.getdefaulttimeout() == 7 and mimetypes.guess_type('a.own') == ('text/own', None)
        mimetypes.guess_type('a.png')[0] == 'image/png' and calendar.firstweekday() == 6
        tempfile.gettempdir() == tempfile.tempdir and os.path.basename(tempfile.tempdir) == 'work'
        """,
        imports="import socket, mimetypes, calendar, tempfile, os",
    ),
    Row(
        "formats, prefixes, adapters, limits and other tables",
        """
        class P:
            pass
        shutil.register_archive_format('own', lambda *args: 'made', description='own')
        xml.register_namespace('own', 'http://own')
        sqlite3.register_adapter(P, lambda p: 'p'); sqlite3.register_converter('own', lambda data: ('own', data))
        reprlib.aRepr.maxlist = 2; gettext.textdomain('own')
        threading.stack_size(1 << 20); decimal.getcontext().prec = 4
        multiprocessing.set_start_method('spawn')
        copyreg.pickle(P, lambda p: (P, ()))
        """,
        """
        ('own', 'own') in shutil.get_archive_formats() and xml._namespace_map['http://own'] == 'own'
        sqlite3.connect(':memory:').execute('select ?', (P(),)).fetchone() == ('p',)
        sqlite3.converters['OWN'](b'x') == ('own', b'x') and gettext.textdomain() == 'own'
        reprlib.repr([1, 2, 3]) == '[1, 2, ...]' and threading.stack_size() == 1 << 20
        multiprocessing.get_start_method() == 'spawn' and copyreg.dispatch_table[P](0) == (P, ())
        """,
        imports="import shutil, xml.etree.ElementTree as xml, sqlite3, reprlib, gettext, threading, decimal\n"
        "import multiprocessing, copyreg",
    ),
    Row(
        "what sys was told",
        "sys.setswitchinterval(0.5); sys.tracebacklimit = 3; sys.dont_write_bytecode = True",
        "sys.getswitchinterval() == 0.5 and sys.tracebacklimit == 3 and sys.dont_write_bytecode",
        imports="import sys",
    ),
    Row(
        "the most digits of an integer",
        "sys.set_int_max_str_digits(900)",
        "sys.get_int_max_str_digits() == 900",
        imports="import sys",
        since=(3, 11),
    ),
]
