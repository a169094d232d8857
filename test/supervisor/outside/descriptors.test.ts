/** Every kind of descriptor comes back as it was: where it points, its offset, its flags, and which share them. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openSurroundings, playStory } from '../../support/story.ts';

/** Expressions that open a descriptor of a kind; `text` is a file with ten letters. */
const KINDS: Record<string, string> = {
  'for reading': 'os.open("text", os.O_RDONLY)',
  'for writing': 'os.open("written", os.O_WRONLY | os.O_CREAT)',
  'for both': 'os.open("both", os.O_RDWR | os.O_CREAT)',
  'for appending': 'os.open("log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)',
  'for appending and reading': 'os.open("log", os.O_RDWR | os.O_APPEND | os.O_CREAT)',
  'synchronous, without the time of access':
    'os.open("text", os.O_RDONLY | os.O_SYNC | os.O_NOATIME | os.O_NONBLOCK)',
  'a folder': 'os.open("folder", os.O_RDONLY | os.O_DIRECTORY)',
  'a path': 'os.open("text", os.O_PATH)',
  'a link': 'os.open("link", os.O_PATH | os.O_NOFOLLOW)',
  'behind a link': 'os.open("link", os.O_RDONLY)',
  removed: '(os.open("removed", os.O_RDWR | os.O_CREAT), os.remove("removed"))[0]',
  renamed: '(os.open("first", os.O_RDWR | os.O_CREAT), os.rename("first", "second"))[0]',
  'without a name': 'os.open(".", os.O_RDWR | os.O_TMPFILE)',
  memory: 'memfd("m")',
  'memory, sealed': 'sealed()',
  null: 'os.open("/dev/null", os.O_RDWR)',
  zero: 'os.open("/dev/zero", os.O_RDONLY)',
  random: 'os.open("/dev/urandom", os.O_RDONLY)',
  'of proc': 'os.open("/proc/version", os.O_RDONLY)',
  'a fifo': '(os.mkfifo("fifo"), os.open("fifo", os.O_RDWR))[1]',
  'set to append later': 'later(fcntl.F_SETFL, os.O_APPEND)',
  'set not to block later': 'later(fcntl.F_SETFL, os.O_NONBLOCK)',
  'kept over exec': 'later(fcntl.F_SETFD, 0)',
  'owned by the process itself': 'later(fcntl.F_SETOWN, os.getpid())',
  'with another owner': 'later(fcntl.F_SETOWN, os.getppid())',
  'with a signal': 'later(F_SETSIG, 12)',
};

const SET_UP = `
import os, fcntl, ctypes, stat
ONLY_AT_OPENING = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_TMPFILE
F_SETSIG, F_GETSIG, F_ADD_SEALS, F_GET_SEALS = 10, 11, 1033, 1034
os.mkdir("folder"); os.symlink("text", "link"); _ = open("text", "w").write("0123456789")
libc = ctypes.CDLL(None, use_errno=True)
def memfd(name, flags=1):
    return libc.syscall(ctypes.c_long(319 if os.uname().machine == "x86_64" else 279), name.encode(), flags)
def sealed():
    fd = memfd("s", 3); os.write(fd, b"sealed"); fcntl.fcntl(fd, F_ADD_SEALS, 2); return fd
def later(how, value):
    fd = os.open("text", os.O_RDWR); fcntl.fcntl(fd, how, value); return fd
def look(fd):
    at = os.fstat(fd); kind = stat.S_IFMT(at.st_mode)
    if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_PATH: return at.st_ino, kind, os.readlink("/proc/self/fd/%d" % fd)
    flags = [fcntl.fcntl(fd, fcntl.F_GETFL) & ~ONLY_AT_OPENING, fcntl.fcntl(fd, fcntl.F_GETFD), fcntl.fcntl(fd, F_GETSIG)]
    owner = fcntl.fcntl(fd, fcntl.F_GETOWN); owner = "itself" if owner == os.getpid() else owner
    place = os.lseek(fd, 0, os.SEEK_CUR) if kind in (stat.S_IFREG, stat.S_IFDIR) else None
    try: seals = fcntl.fcntl(fd, F_GET_SEALS)
    except OSError: seals = None
    return at.st_dev, at.st_ino, kind, os.readlink("/proc/self/fd/%d" % fd), [hex(flag) for flag in flags], owner, place, seals
def looks():
    return {name: look(fd) for name, fd in fds.items()}
`;

onPythons(ONE, 'descriptors', (python) => {
  it('are of the same kind, place and flags again', async () => {
    const { trial } = openSurroundings(python);
    await trial.says(SET_UP);
    const kinds = Object.entries(KINDS).map(([name, code]) => `${JSON.stringify(name)}: ${code}`);
    await trial.says(`fds = {${kinds.join(', ')}}`);
    await trial.says('for name in ("for reading", "behind a link"): _ = os.read(fds[name], 4)');
    await trial.says('was = looks()');
    const wrong = 'print({name: (was[name], now) for name, now in looks().items() if was[name] != now})';
    expect(await trial.says(wrong)).toBe('{}\n');
    await trial.session.undo();
    expect(await trial.says(wrong)).toBe('{}\n');
    await trial.run('os.kill(os.getpid(), 11)');
    expect(await trial.says(wrong)).toBe('{}\n');
    await trial.says('for fd in fds.values(): os.close(fd)');
    await trial.session.undo();
    expect(await trial.says(wrong)).toBe('{}\n');
  });
});

onPythons(ONE, 'offsets', (python) => {
  it('are shared again by duplicates, and by them alone', async () => {
    await playStory(
      python,
      `
        import os; _ = open("f", "w").write("0123456789" * 10); a = os.open("f", os.O_RDONLY); b = os.dup(a); c = os.open("f", os.O_RDONLY); d = os.dup2(b, 300); _ = os.read(a, 5), os.read(c, 3)
        os.read(b, 10)
        = b'5678901234'
        %undo
        =
        os.read(b, 2), os.read(a, 2), os.read(d, 2), os.read(c, 2)
        = (b'56', b'78', b'90', b'34')
        %crash
        os.read(d, 2), os.read(c, 2), os.lseek(a, 0, 1), os.lseek(b, 0, 1)
        = (b'12', b'56', 13, 13)
        `,
    );
  });

  it('are those of the freeze, however far', async () => {
    await playStory(
      python,
      String.raw`
        import os; f = open("f", "w+b", buffering=0); _ = f.truncate(6 << 30), f.seek(5 << 30)
        _ = f.seek(7)
        %undo
        =
        f.tell() >> 30, f.write(b"x"), os.path.getsize("f") >> 30
        = (5, 1, 6)
        lines = open("l", "w+"); lines.writelines("line %d\n" % i for i in range(20_000)); _ = lines.seek(0); lines.readline()
        = 'line 0\n'
        _ = [lines.readline() for _ in range(9000)]
        %undo
        [lines.readline() for _ in range(5000)][-1], sum(1 for _ in lines)
        = ('line 5000\n', 14999)
        `,
    );
  });

  it('of a folder that is listed half-way go on where they were', async () => {
    await playStory(
      python,
      `
        import os; [open("f%d" % i, "w").close() for i in range(3000)]; it = os.scandir("."); seen = [next(it).name for _ in range(1200)]
        rest = [entry.name for entry in it]
        %undo
        len(set(seen) | {entry.name for entry in it}) - len(set(os.listdir(".")))
        = 0
        `,
    );
  });
});

onPythons(ONE, 'ten thousand descriptors', (python) => {
  it('are no failure, and each is as it was', async () => {
    const { trial, other } = openSurroundings(python);
    await trial.says(
      'import os, resource; resource.setrlimit(resource.RLIMIT_NOFILE, (12_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))',
    );
    await trial.says('_ = open("f", "wb").write(bytes(10_000)); _ = open("g", "wb").close()');
    await trial.says(
      'fds = [os.open("f", os.O_RDONLY) for _ in range(10_000)]; _ = [os.lseek(fd, i, 0) for i, fd in enumerate(fds)]; g = os.open("g", os.O_RDONLY)',
    );
    expect((await trial.session.keep()).copy).toBe('frozen');
    await trial.says('_ = [os.read(fd, 1) for fd in fds]');
    expect((await trial.session.undo()).notes).toEqual([]);
    expect(await trial.says('[os.lseek(fd, 0, 1) for fd in fds] == list(range(10_000))')).toBe('True\n');
    expect((await trial.run('import os; os.kill(os.getpid(), 11)')).outcome).toBe('died');
    expect(await trial.says('[os.lseek(fd, 0, 1) for fd in fds] == list(range(10_000))')).toBe('True\n');
    await trial.says('for fd in fds + [g]: os.close(fd)');
    await trial.session.keep();
    expect([await other('opened("f")'), await other('opened("g")')]).toEqual(["'closed'", "'closed'"]);
  });
});
