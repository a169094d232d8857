/** Stories of files, see `../support/story.ts`: what is in them after undos, crashes and kills. */

const raw = String.raw;

export const WRITTEN = {
  'text that is flushed twice': raw`
    f = open("a.txt", "w"); _ = f.write("one\n")
    f.flush()
    ? read("a.txt")
    = 'one\n'
    %undo
    f.flush()
    %crash
    f.close()
    ? read("a.txt")
    = 'one\n'
  `,
  'text that goes on after an undo': raw`
    f = open("b.txt", "w"); _ = f.write("one\n"), f.write("two\n")
    f.flush()
    _ = f.write("three\n"); f.flush()
    %undo
    ~ b\.txt was changed
    _ = f.write("THREE\nfour\n"); f.close()
    ? read("b.txt")
    = 'one\ntwo\nthree\nTHREE\nfour\n'
  `,
  'text that a crash finds in the buffer': raw`
    f = open("c.txt", "w"); _ = f.write("one\n")
    n = 1
    %crash
    %kill
    _ = f.write("two\n"); f.close()
    ? read("c.txt")
    = 'one\ntwo\n'
  `,
  'large pieces of text': raw`
    f = open("d.txt", "w"); _ = f.write("a" * 100_000)
    _ = f.write("b" * 10)
    _ = f.write("c" * 100_000)
    %undo
    _ = f.write("d" * 200_000); f.close()
    ? import itertools
    ? [(key, len(list(group))) for key, group in itertools.groupby(read("d.txt"))]
    = [('a', 100000), ('b', 10), ('c', 100000), ('d', 200000)]
  `,
  'rows of csv, each once and none torn': raw`
    import csv; f = open("t.csv", "w", newline=""); w = csv.writer(f); w.writerows([i, "kept"] for i in range(2000))
    w.writerows([i, "lost"] for i in range(1500))
    %undo
    w.writerows([2000 + i, "kept"] for i in range(2000)); f.close()
    ? lines = read("t.csv").split("\r\n"); kept = [line for line in lines if line.endswith(",kept")]
    ? kept == ["%d,kept" % i for i in range(4000)]
    = True
    ? [line for line in lines if line[:-5] + line[-5:].replace(",lost", ",kept") not in kept and line]
    = []
  `,
  'rows of csv, fewer than what was undone': raw`
    import csv; f = open("t.csv", "w", newline=""); w = csv.writer(f); w.writerows([i, "kept"] for i in range(2000))
    w.writerows([i, "lost"] for i in range(2000)); f.flush()
    %undo
    _ = w.writerow(["end", "end"]); f.close()
    ? lines = read("t.csv").split("\r\n")
    ? [line for line in lines if "kept" in line] == ["%d,kept" % i for i in range(2000)], lines.count("end,end")
    = (True, 1)
  `,
  'a log that is appended to': raw`
    import logging; log = logging.getLogger("x"); h = logging.FileHandler("x.log"); log.addHandler(h); log.propagate = False
    log.warning("one")
    log.warning("two, undone")
    %undo
    log.warning("three")
    %crash
    %kill
    log.warning("four")
    ? read("x.log")
    = 'one\ntwo, undone\nthree\nfour\n'
  `,
  'a log that somebody else appends to': raw`
    f = open("y.log", "a"); _ = f.write("one\n"), f.flush()
    n = 1
    ? append("y.log", "theirs\n")
    %undo
    _ = f.write("two\n"), f.flush()
    ? append("y.log", "theirs\n")
    %crash
    _ = f.write("three\n"), f.flush()
    ? read("y.log")
    = 'one\ntheirs\ntwo\ntheirs\nthree\n'
  `,
  'a log whose turning over is undone': raw`
    import os; f = open("z.log", "a"); _ = f.write("one\n"), f.flush()
    os.rename("z.log", "z.log.1"); g = open("z.log", "a"); _ = g.write("new\n"); g.close()
    %undo
    _ = f.write("two\n"); f.close()
    ? read("z.log.1"), read("z.log")
    = ('one\ntwo\n', 'new\n')
  `,
  'text appended from a buffer, and flushed once': raw`
    f = open("w.log", "a"); _ = f.write("one\n")
    n = 1
    %undo
    %crash
    _ = f.write("two\n"); f.close()
    ? read("w.log")
    = 'one\ntwo\n'
  `,
  'a file that is written from a descriptor': raw`
    import os; f = os.open("e.bin", os.O_WRONLY | os.O_CREAT); _ = os.write(f, b"one ")
    _ = os.write(f, b"lost ")
    %undo
    _ = os.write(f, b"two "); os.close(f)
    ? read("e.bin")
    = 'one lost two '
  `,
  'text in the buffer of a library in C': raw`
    import ctypes; c = ctypes.CDLL(None); c.fopen.restype = ctypes.c_void_p; f = ctypes.c_void_p(c.fopen(b"c.txt", b"w")); _ = c.fputs(b"one\n", f)
    _ = c.fflush(f)
    %undo
    _ = c.fputs(b"two\n", f), c.fclose(f)
    ? read("c.txt")
    = 'one\ntwo\n'
  `,
  'a file that is appended to and read': raw`
    f = open("ap.txt", "a+"); _ = f.write("one\n"), f.flush()
    _ = f.write("two\n"), f.flush()
    %undo
    _ = f.write("three\n"), f.seek(0); f.read()
    = 'one\ntwo\nthree\n'
    f.close()
    ? read("ap.txt")
    = 'one\ntwo\nthree\n'
  `,
  'a compressed file': raw`
    import gzip, os; g = gzip.open("x.gz", "wb"); _ = g.write(b"one "), g.flush()
    n = 1
    %undo
    _ = g.write(b"two "), g.flush()
    %crash
    _ = g.write(b"three"); g.close()
    ? __import__("gzip").open("x.gz").read()
    = b'one two three'
  `,
  'standard output of a child in a file': raw`
    import subprocess; f = open("out.txt", "w"); _ = subprocess.run(["echo", "one"], stdout=f)
    _ = subprocess.run(["echo", "two"], stdout=f)
    %undo
    _ = subprocess.run(["echo", "TWO"], stdout=f)
    _ = subprocess.run(["echo", "three"], stdout=f); f.close()
    ? read("out.txt")
    = 'one\ntwo\nTWO\nthree\n'
  `,
  'a program that is written, closed and run': raw`
    import os, subprocess; f = open("program", "w"); _ = f.write("#!/bin/sh\necho it runs\n"); os.chmod("program", 0o755)
    n = 1
    f.close()
    print(subprocess.run(["./program"], capture_output=True, text=True).stdout)
    = it runs
  `,
  'a file that is closed while twenty copies sleep': raw`
    f = open("many.txt", "w"); _ = f.write("x\n"), f.flush()
    ${'n = 1\n'.repeat(20)}
    ? opened("many.txt")
    = 'open'
    f.close()
    ? opened("many.txt")
    = 'closed'
    f = open("many.txt", "w"); f.close()
    ? read("many.txt"), opened("many.txt")
    = ('', 'closed')
  `,
  'a file that is locked and mapped, while twenty copies sleep': raw`
    import mmap, fcntl; _ = open("many.bin", "wb").write(bytes(8192)); f = open("many.bin", "r+b"); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); m = mmap.mmap(f.fileno(), 0); f.close()
    ${'n = 1\n'.repeat(20)}
    ? flock("many.bin")
    = 'held'
    m[0] = 7; m.close()
    ? flock("many.bin"), read("many.bin")[0]
    = ('free', '\x07')
  `,
  shelve: raw`
    import shelve, dbm.dumb; s = shelve.Shelf(dbm.dumb.open("shelf")); s["a"] = [1]; s.sync()
    s["b"] = [2]; s.sync()
    %undo
    s["c"] = [3]; s.close()
    s = shelve.Shelf(dbm.dumb.open("shelf")); print(s["a"], s["c"])
    = [1] [3]
  `,
} as const;

export const CHANGED = {
  'for reading and writing': raw`
    _ = open("data.bin", "wb").write(b"0123456789"); f = open("data.bin", "r+b", buffering=0); f.read(2)
    = b'01'
    _ = f.write(b"AB")
    %undo
    ~ \bdata\.bin was changed .*opens? it again
    f.read(3)
    = b'AB4'
    f.write(b"XY")
    ~ OSError: .*Bad file descriptor
    ? read("data.bin")
    = '01AB456789'
    f.close(); f = open("data.bin", "r+b", buffering=0); f.write(b"XY")
    = 2
    ? read("data.bin")
    = 'XYAB456789'
  `,
  'and not changed': raw`
    f = open("same.bin", "w+b", buffering=0); _ = f.write(b"0123456789"), f.seek(2)
    f.read(3)
    %undo
    =
    f.read(3)
    = b'234'
    %crash
    =
    %kill
    =
    f.write(b"X")
    = 1
    f.close()
    ? read("same.bin")
    = '01234X6789'
  `,
  'with text in the buffer': raw`
    f = open("buffered.txt", "w+"); _ = f.write("one\n")
    f.flush()
    %undo
    ~ \bbuffered\.txt was changed
    f.flush()
    ~ OSError: .*Bad file descriptor
    ? read("buffered.txt")
    = 'one\n'
  `,
  'by somebody else': raw`
    f = open("theirs.bin", "w+b", buffering=0); _ = f.write(b"mine"), f.seek(0)
    n = 1
    ? append("theirs.bin", " and theirs")
    %undo
    f.read()
    = b'mine and theirs'
    f.write(b"over")
    ~ OSError: .*Bad file descriptor
    ? read("theirs.bin")
    = 'mine and theirs'
  `,
  'by somebody else, before a crash': raw`
    f = open("theirs.bin", "w+b", buffering=0); _ = f.write(b"mine"), f.seek(0)
    n = 1
    ? append("theirs.bin", " and theirs")
    %crash
    f.write(b"over")
    ~ OSError: .*Bad file descriptor
    ? read("theirs.bin")
    = 'mine and theirs'
  `,
  'by the run that crashed': raw`
    f = open("c.bin", "w+b", buffering=0); _ = f.write(b"mine"), f.seek(0)
    import os; _ = f.write(b"lost"), os.kill(os.getpid(), 11)
    ~ died
    f.write(b"over")
    ~ OSError: .*Bad file descriptor
    ? read("c.bin")
    = 'lost'
  `,
  'with the same size at once': raw`
    import os; f = os.open("q.bin", os.O_RDWR | os.O_CREAT); _ = os.pwrite(f, b"1", 0)
    _ = os.pwrite(f, b"2", 0)
    %undo
    ~ \bq\.bin was changed
    os.pwrite(f, b"3", 0)
    ~ OSError: .*Bad file descriptor
    os.pread(f, 1, 0)
    = b'2'
  `,
  'and its lock is still held': raw`
    import fcntl; f = open("l.bin", "w+b", buffering=0); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); _ = f.write(b"me")
    n = 1
    ? open("l.bin", "w").close()
    %undo
    ~ l\.bin was changed
    ? flock("l.bin")
    = 'held'
    f.close()
    ? flock("l.bin")
    = 'free'
  `,
  'and its lock of the process is still held': raw`
    import fcntl; f = open("lk", "w"); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
    n = 1
    ? open("lk", "w").close(), lockf("lk")
    = (None, 'held')
    %undo
    ? lockf("lk")
    = 'held'
    ? open("lk", "w").close(), lockf("lk")
    = (None, 'held')
    %crash
    ? lockf("lk")
    = 'held'
    f.close()
    ? lockf("lk")
    = 'free'
  `,
  'by a dry run': raw`
    f = open("dry.bin", "w+b", buffering=0); _ = f.write(b"mine")
    %dry _ = f.write(b"dry")
    ~ dry\.bin
    f.write(b"over")
    ~ OSError: .*Bad file descriptor
    ? read("dry.bin")
    = 'minedry'
  `,
  'and is read by one descriptor, written by another': raw`
    _ = open("two.txt", "w").write("one\ntwo\nthree\n"); r = open("two.txt"); w = open("two.txt", "a"); r.readline()
    = 'one\n'
    _ = w.write("four\n"), w.flush()
    %undo
    ~ two\.txt was changed
    r.readlines()
    = ['two\n', 'three\n', 'four\n']
    _ = w.write("five\n"); w.close()
    ? read("two.txt")
    = 'one\ntwo\nthree\nfour\nfive\n'
  `,
  'a temporary file': raw`
    import tempfile; f = tempfile.TemporaryFile(buffering=0); _ = f.write(b"one"), f.seek(0)
    f.read()
    = b'one'
    %undo
    =
    f.read(), f.write(b" two")
    = (b'one', 4)
    _ = f.write(b" lost")
    %undo
    ~ was changed
    f.seek(0), f.read()
    = (0, b'one two lost')
    f.write(b"x")
    ~ OSError: .*Bad file descriptor
  `,
  'that has no name any more': raw`
    import os; f = open("gone", "wb", buffering=0); g = open("gone", "rb"); os.remove("gone"); _ = f.write(b"one")
    n = 1
    %undo
    %crash
    f.write(b" two"), g.read()
    = (4, b'one two')
    os.path.exists("gone")
    = False
    f.close(); g.close()
  `,
  'and was replaced by another of its name': raw`
    import os; f = open("r.txt", "r"); _ = 0
    ~ FileNotFoundError
    import os; _ = open("r.txt", "w").write("old\n"); f = open("r.txt", "r"); f.read(1)
    = 'o'
    _ = open("new", "w").write("new\n"); os.replace("new", "r.txt")
    %undo
    f.read()
    = 'ld\n'
    ? read("r.txt")
    = 'new\n'
  `,
  'a mapping that is written through': raw`
    import mmap; f = open("m.bin", "w+b"); _ = f.truncate(4096); m = mmap.mmap(f.fileno(), 4096); m[0] = 1; m.flush()
    m[1] = 2
    %undo
    ~ m\.bin
    m[0], m[1]
    = (1, 2)
  `,
  'a mapping that is read only': raw`
    import mmap; _ = open("m.bin", "wb").write(b"abcd" * 1024); f = open("m.bin", "rb"); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ); f.close()
    n = 1
    %undo
    =
    %crash
    m[:4], len(m)
    = (b'abcd', 4096)
  `,
} as const;
