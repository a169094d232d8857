import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { ROOT } from '../../build/places.mjs';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { type Result, resultOf } from '../support/result.ts';

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-batch-'));
  program = await freshProgram();
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(words: string[], more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, PYREPL3_HOME: join(folder, 'home'), ...more };
  return spawn(process.execPath, [program, ...words], { env, cwd: folder });
}

function pyrepl3(input: string | Buffer, ...words: string[]): Promise<Result> {
  return resultOf(start(words), input);
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('a script with %whos', () => {
  it('prints what its names stand for', async () => {
    const { out, err, status } = await pyrepl3('number = 7\n%whos\nnumber = 8\n%who\n');
    expect({ out, err, status }).toEqual({
      out: expect.stringMatching(
        /^ {3}name {4}type .*\n\+ {2}number {2}int .* 7\n(· no value was asked: .*\n)?number\n/,
      ),
      err: '',
      status: 0,
    });
  });
});

describe('a script that is given words', () => {
  it('has them in sys.argv, options too', async () => {
    const path = file('words.py', 'import sys\nprint(sys.argv)\n');
    const { out } = await pyrepl3('', 'run', '--keep-going', path, 'a b', '--python', '-x', '--', '');
    expect(out).toBe(`['${path}', 'a b', '--python', '-x', '--', '']\n`);
    expect((await pyrepl3('', 'run', path)).out).toBe(`['${path}']\n`);
  });

  it('finds itself and what is beside it, wherever it is run', async () => {
    mkdirSync(join(folder, 'beside'), { recursive: true });
    file('beside/neighbour.py', 'name = "neighbour"\n');
    const text =
      'import os, sys, neighbour\nprint(neighbour.name, __file__, sys.path[0] == os.path.dirname(os.path.realpath(__file__)), "" in sys.path)\n';
    const path = file('beside/main.py', text);
    const expected = { status: 0, out: `neighbour ${path} True False\n`, err: '' };
    expect(await pyrepl3('', 'run', path)).toEqual(expected);
    const link = join(folder, 'link.py');
    symlinkSync(path, link);
    expect(await pyrepl3('', 'run', link)).toEqual({ ...expected, out: `neighbour ${link} True False\n` });
  });

  it('starts processes that do not run it again', async () => {
    const path = file(
      'spawns.py',
      'import multiprocessing\nprint("once")\ndef double(n):\n    return 2 * n\n\nwith multiprocessing.get_context("spawn").Pool(1) as pool:\n    print(pool.map(double, [1, 2]))\n',
    );
    expect(await pyrepl3('', 'run', path)).toEqual({ status: 0, out: 'once\n[2, 4]\n', err: '' });
  });

  it('has them also after a restart', async () => {
    const path = file('again.py', 'import os\nos._exit(3)\nimport sys\nprint(sys.argv[1:])\n');
    expect(await pyrepl3('', 'run', '--keep-going', path, 'a')).toMatchObject({ status: 1, out: "['a']\n" });
  });

  it('has none where it comes from standard input', async () => {
    expect((await pyrepl3('import sys\nprint(sys.argv)\n')).out).toBe("['']\n");
  });
});

describe('signals that were ignored as the program began', () => {
  const LAUNCHER = join(ROOT, 'build', 'pyrepl3');
  const script =
    'import os, pathlib, signal, time\nprint(*(getattr(each, "name", None) or each.__name__ for each in map(signal.getsignal, (signal.SIGHUP, signal.SIGINT))))\n' +
    'while not os.path.exists("go"): time.sleep(0.01)\n\nprint("went on")\n';

  function startIgnoring(...command: string[]) {
    // `npm` says by the variable which folder is meant.
    const env = { ...process.env, PYREPL3_HOME: join(folder, 'home'), INIT_CWD: folder };
    return spawn(command[0] ?? '', [...command.slice(1), LAUNCHER, 'run', file('ignoring.py', script)], {
      env,
      cwd: folder,
    });
  }

  it('are ignored, by Python as well', async () => {
    rmSync(join(folder, 'go'), { force: true });
    const child = startIgnoring('sh', '-c', 'trap "" HUP INT; exec "$@"', 'sh');
    const result = resultOf(child, '');
    await once(child.stdout, 'data');
    child.kill('SIGHUP');
    child.kill('SIGINT');
    writeFileSync(join(folder, 'go'), '');
    expect(await result).toEqual({ status: 0, out: 'SIG_IGN SIG_IGN\nwent on\n', err: '' });
  });

  it('are known by what nohup opens in the place of a terminal, where npm stands in between', async () => {
    writeFileSync(join(folder, 'go'), '');
    const result = await resultOf(startIgnoring('sh', '-c', 'exec "$@" 0>/dev/null', 'sh'), '');
    expect(result.out).toBe('SIG_IGN default_int_handler\nwent on\n');
  });

  it('are no others', async () => {
    writeFileSync(join(folder, 'go'), '');
    const result = await resultOf(startIgnoring('env'), '');
    expect(result.out).toBe('SIG_DFL default_int_handler\nwent on\n');
  });
});

it('a script is read in the encoding that it declares', async () => {
  const text = '# -*- coding: latin-1 -*-\nprint(ascii("caf\xe9"))\n';
  expect(await pyrepl3('', 'run', file('latin.py', Buffer.from(text, 'latin1')))).toMatchObject({
    status: 0,
    out: "'caf\\xe9'\n",
  });
});

it.each([
  { LC_ALL: 'C' },
  { LC_ALL: 'C.UTF-8' },
  { PYTHONIOENCODING: ':replace' },
  { PYTHONIOENCODING: 'latin-1' },
  { PYTHONIOENCODING: 'ascii:xmlcharrefreplace' },
])('a script prints in the encoding that Python has with %j', async (more) => {
  const text =
    'import os, sys\nprint(sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors)\nprint("\\xe9")\nprint(os.fsdecode(b"caf\\xe9"))\n';
  const path = file('encoded.py', text);
  const plain = await resultOf(spawn(findInterpreter(), [path], { env: { ...process.env, ...more } }));
  const { out, status } = await resultOf(start(['run', path], more));
  expect({ out, status }).toEqual({ out: plain.out, status: plain.status });
});

it('a virtual environment without a Python is told of, and the next Python taken', async () => {
  const child = start([], { VIRTUAL_ENV: '/no/such/environment' });
  const { out, err, status } = await resultOf(child, 'print("on")\n');
  expect({ out, status }).toEqual({ out: 'on\n', status: 0 });
  expect(err).toMatch(
    /^pyrepl3: VIRTUAL_ENV names \/no\/such\/environment, where no Python is; \S+ is used\..*\n$/,
  );
});

describe('a script from standard input', () => {
  it('shows values as the prompt does, in blocks too, and nothing of ours', async () => {
    const script =
      'x = 1\nx\nfor i in range(2):\n    i\nif x:\n    "é"\ndef f():\n    return 3\n\nf()\nNone\n_\n';
    expect(await pyrepl3(script)).toEqual({ status: 0, out: "1\n0\n1\n'é'\n3\n3\n", err: '' });
  });

  it('remembers what it imports from __future__', async () => {
    const script = 'from __future__ import annotations\ndef f(a: b): pass\n\nf.__annotations__\n';
    expect(await pyrepl3(script)).toEqual({ status: 0, out: "{'a': 'b'}\n", err: '' });
  });

  it('stops at an exception, with its traceback on standard error', async () => {
    expect(await pyrepl3('print("one")\nint("x")\nprint("two")\n')).toEqual({
      status: 1,
      out: 'one\n',
      err:
        'Traceback (most recent call last):\n  File "<stdin>", line 2, in <module>\n' +
        "ValueError: invalid literal for int() with base 10: 'x'\n",
    });
  });

  it('goes on with --keep-going, and fails at the end', async () => {
    const { status, out } = await pyrepl3('print("one")\n1/0\nprint("two")\n', '--keep-going');
    expect([status, out]).toEqual([1, 'one\ntwo\n']);
  });

  it('runs what stands before a syntax error', async () => {
    const { status, out, err } = await pyrepl3('print("one")\nx = = 2\n');
    expect([status, out]).toEqual([1, 'one\n']);
    expect(err).toContain('SyntaxError');
  });

  it('hands on the status of sys.exit', async () => {
    expect(await pyrepl3('import sys\nsys.exit(3)\nprint("never")\n')).toEqual({
      status: 3,
      out: '',
      err: '',
    });
    expect(await pyrepl3('raise SystemExit("why")\n')).toEqual({ status: 1, out: '', err: 'why\n' });
  });

  it('says why Python died', async () => {
    const crash = 'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\nprint("never")\n';
    const { status, out, err } = await pyrepl3(crash);
    expect([status, out]).toEqual([139, '']);
    expect(err).toMatch(/pyrepl3: Python ended: segmentation fault \(SIGSEGV\).*\n$/);
  });

  it('goes on in the state before after a death with --keep-going', async () => {
    const script = 'import os\nx = 1\nx = 2; os._exit(0)\nprint("after", x)\n%again\nx\n';
    const { status, out, err } = await pyrepl3(script, '--keep-going');
    expect([status, out, err]).toEqual([
      1,
      'after 1\n1\n',
      'pyrepl3: Python ended: exit status 0\npyrepl3: Python ended: exit status 0\n',
    ]);
  });

  it('undoes and redoes, and says nothing of it but what stays', async () => {
    const script = 'x = [1]\nx.append(2)\n%undo\nx\n%redo 1\nx\n%undo 2\n"x" in dir()\n';
    expect(await pyrepl3(script)).toEqual({
      status: 1,
      out: '[1]\n',
      err: 'pyrepl3: There is no run to redo.\n',
    });
    const goesOn = 'x = [1]\nx.append(2)\n%undo\n%redo\nx\n%undo 3\n"x" in dir()\n';
    expect(await pyrepl3(goesOn)).toEqual({ status: 0, out: '[1, 2]\nFalse\n', err: '' });
    const outside = 'import os\n_ = os.system("true")\n%undo\n';
    expect(await pyrepl3(outside)).toEqual({
      status: 0,
      out: '',
      err: 'pyrepl3: not taken back: started a process\n',
    });
  });

  it('goes to states by name, rolls back, and lists where it was', async () => {
    const script =
      'x = 1\n%name one\n%begin\nx = 2\n%begin\nx = 3\n%rollback\nx\n%rollback\nx\nx = 4\n%goto one\nx\n%states 2\n';
    const { status, out, err } = await pyrepl3(script);
    expect([status, err]).toEqual([0, '']);
    expect(out.split('\n').slice(0, 3)).toEqual(['2', '1', '1']);
    expect(out).toMatch(/^● +\d+ {2}x$/m);
  });

  it('reports a dry run on standard output', async () => {
    expect(await pyrepl3('x = 1\n%dry x = 2; y = x\nx\n')).toEqual({
      status: 0,
      out: '· dry run, nothing of it is kept\n· would add: y\n· would rebind: x\n1\n',
      err: '',
    });
    const { status, out, err } = await pyrepl3('%dry exit(4)\n1\n');
    expect([status, out, err]).toEqual([4, '', '']);
  });

  it('drops what a failed run did, where the policy says so', async () => {
    const script = '%policy commit_on_success\nx = [1]\nx.append(2); 1/0\nx\n';
    const { status, out } = await pyrepl3(script, '--keep-going');
    expect([status, out]).toEqual([1, '[1]\n']);
  });

  it('obeys commands', async () => {
    const inner = file('inner.py', 'y = 5\ny\n');
    expect(await pyrepl3(`%run ${inner}\ny + 1\n`)).toEqual({ status: 0, out: '5\n6\n', err: '' });
    expect(await pyrepl3('%hlp\n')).toEqual({
      status: 1,
      out: '',
      err: 'pyrepl3: There is no command %hlp. Did you mean %help?\n',
    });
  });

  it('has no keyboard but --answers', async () => {
    const script = 'import sys\ninput()\nsys.stdin.readline()\ninput()\n';
    const answers = file('answers', 'a\nb\nc\n');
    expect(await pyrepl3(script, '--answers', answers)).toEqual({
      status: 0,
      out: "'a'\n'b\\n'\n'c'\n",
      err: '',
    });
    const { status, err } = await pyrepl3('input("? ")\n');
    expect([status, err.split('\n').at(-2)]).toEqual([1, 'EOFError: EOF when reading a line']);
  });

  it('keeps bytes and their order where both streams are one', async () => {
    const script =
      'import sys, os\nprint("1"); print("2", file=sys.stderr); os.write(1, b"3\\xff\\n"); os.system("echo 4"); print("5")\n';
    const runner = file('script.py', script);
    const child = spawn('sh', ['-c', 'exec "$0" "$1" run "$2" 2>&1', process.execPath, program, runner]);
    const out: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    await once(child, 'close');
    expect(
      Buffer.concat(out)
        .toString('latin1')
        .replace(/^\d+\n(?=4|5)/gm, ''),
    ).toContain('1\n2\n3\xff\n4\n');
  });
});

describe('a script from a file', () => {
  it('is named in tracebacks, with its lines', async () => {
    const path = file('fails.py', '# comment\n\n1/0\n');
    const { status, err } = await pyrepl3('', 'run', path);
    expect(status).toBe(1);
    expect(err).toContain(`File "${path}", line 3, in <module>\n    1/0\n`);
  });

  it('is interrupted by Ctrl-C with status 130', async () => {
    const path = file('loops.py', 'print("go", flush=True)\nwhile True: pass\n');
    const child = start(['run', path]);
    child.stdin.end();
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [status] = await once(child, 'close');
    expect(status).toBe(130);
  });
});

describe('what cannot be used', () => {
  it.each([
    [['run', 'absent.py'], '', 'pyrepl3: absent.py does not exist.\n'],
    [['--foo'], '', 'pyrepl3: there is no option --foo. pyrepl3 --help lists them.\n'],
    [
      ['--python', '/absent'],
      'x',
      'pyrepl3: There is no Python at /absent; give --python the path of an interpreter.\n',
    ],
    [
      [],
      Buffer.from('x\n\xff', 'latin1'),
      'pyrepl3: standard input is not UTF-8 (line 2); save it as UTF-8.\n',
    ],
  ])('%j is one clear line, and status 2', async (words, input, err) => {
    expect(await pyrepl3(input, ...words)).toEqual({ status: 2, out: '', err });
  });
});
