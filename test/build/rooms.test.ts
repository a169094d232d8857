/** Sources that do not stand in their rooms fail the check, with a sentence that names the rule. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-rooms-'));
  write('table/table.h', '#include "platform/text.h"\nint look_up(int number);\n');
  write('table/table.c', '#include "table.h"\n\nint look_up(int number)\n{\n    return number;\n}\n');
  write('platform/text.h', '/* Includes nothing. */\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the check of the rooms', () => {
  it('has nothing to say about the sources as they are', () => {
    expect(rooms()).toEqual({ status: 0, said: '' });
  });

  it('has nothing to say about what uses a lower room, or is only named in a comment or a text', () => {
    write(
      'files/files.c',
      '#include "table/table.h"\n\n/* settle */\nint note(void)\n{\n    return look_up(1);\n}\n',
    );
    write('files/changed.c', 'const char *settle(void)\n{\n    return "note";\n}\n');
    expect(check()).toEqual({ status: 0, said: '' });
  });

  it('refuses what includes a file of a higher room', () => {
    write('platform/text.h', '#include "sockets/sockets.h"\n');
    write('sockets/sockets.h', '');
    expect(check().said).toBe(
      `${name('platform/text.h')}: uses ${name('sockets/sockets.h')}, which is in no lower room\n`,
    );
  });

  it('refuses what calls a function of a room beside it', () => {
    write('files/files.c', 'int note(void)\n{\n    return greet();\n}\n');
    write('sockets/sockets.c', 'int greet(void)\n{\n    return 0;\n}\n');
    expect(check().said).toBe(
      `${name('files/files.c')}: uses ${name('sockets/sockets.c')}, which is in no lower room\n`,
    );
  });

  it('refuses files of one room that call each other', () => {
    write('files/files.c', 'const int most = 1;\n\nint note(void)\n{\n    return settle();\n}\n');
    write('files/changed.c', 'int settle(void)\n{\n    return most;\n}\n');
    const circle = [name('files/changed.c'), name('files/files.c'), name('files/changed.c')].join(' → ');
    expect(check().said).toBe(`${circle}: these use each other; move what they share to a lower file\n`);
  });

  it('refuses headers that include each other', () => {
    write('files/a.h', '#include "b.h"\n');
    write('files/b.h', '#include "a.h"\n');
    expect(check().said).toContain('these use each other');
  });

  it('refuses a room that is unknown, a file that is too long and a room that is too full', () => {
    write('attic/box.h', '');
    write('files/files.h', '\n'.repeat(351));
    for (let index = 0; index < 21; index++) write(`sockets/s${index}.h`, '');
    const { said } = check();
    expect(said).toContain(
      `${name('attic/box.h')}: its room is unknown; say in build/rooms.py where it stands\n`,
    );
    expect(said).toContain(`${name('files/files.h')}: 351 lines, of 350 at most; divide it into two ideas\n`);
    expect(said).toContain(`${name('sockets')}: 21 files, of 20 at most; divide the room\n`);
  });
});

describe('the check of the rooms, in Python', () => {
  beforeEach(() => {
    write('worker/state.py', 'from ..stdio import output\n');
    write('stdio/output.py', 'import os\nfrom ..protocol.marks import mark\n');
    write('protocol/marks.py', '');
  });

  it('has nothing to say where imports go down', () => {
    expect(checkPython()).toEqual({ status: 0, said: '' });
  });

  it.each([
    ['at the top', 'from ..worker import state\n'],
    ['within a function', 'def act():\n    from ..worker.state import State\n'],
    ['for types alone', 'if TYPE_CHECKING:\n    from ..worker import state\n'],
  ])('refuses an import from a higher room, %s', (_where, code) => {
    write('worker/state.py', '');
    write('stdio/output.py', code);
    expect(checkPython()).toEqual({
      status: 1,
      said: `${name('stdio/output.py')}: uses ${name('worker/state.py')}, which is in no lower room\n`,
    });
  });

  it('refuses modules that import each other, types included', () => {
    write('stdio/output.py', 'from . import streams\n');
    write('stdio/streams.py', 'def act():\n    from .ticks import tick\n');
    write('stdio/ticks.py', 'if TYPE_CHECKING:\n    from .output import Outlet\n');
    const files = ['output', 'streams', 'ticks', 'output'].map((each) => name(`stdio/${each}.py`));
    expect(checkPython()).toEqual({
      status: 1,
      said: `${files.join(' → ')}: these use each other; move what they share to a lower file\n`,
    });
  });

  it('refuses a room that is unknown, a file that is too long and a room that is too full', () => {
    write('attic/box.py', '');
    write('stdio/output.py', '\n'.repeat(351));
    for (let index = 0; index < 20; index++) write(`stdio/part${index}.py`, '');
    expect(checkPython().said.split('\n')).toEqual([
      `${name('stdio/output.py')}: 351 lines, of 350 at most; divide it into two ideas`,
      `${name('stdio')}: 21 files, of 20 at most; divide the room`,
      `${name('attic/box.py')}: its room is unknown; say in build/rooms.py where it stands`,
      '',
    ]);
  });
});

describe('the check of the rooms, in TypeScript', () => {
  beforeEach(() => {
    write('electron/supervisor/session.ts', "import { Runs } from './runs/runs.ts';\n");
    write('electron/supervisor/runs/runs.ts', "import { readFile } from 'node:fs';\n");
  });

  it('has nothing to say where imports go down', () => {
    expect(checkTypeScript()).toEqual({ status: 0, said: '' });
  });

  it.each([
    ['at the top', "import { openSession } from '../session.ts';\n"],
    ['within a function', "const later = () => import('../session.ts');\n"],
    ['for types alone', "import type {\n  Session,\n} from '../session.ts';\n"],
    ['to export it again', "export { openSession } from '../session.ts';\n"],
  ])('refuses an import from a higher room, %s', (_where, code) => {
    write('electron/supervisor/runs/outcome.ts', code);
    expect(checkTypeScript()).toEqual({
      status: 1,
      said: `${name('electron/supervisor/runs/outcome.ts')}: uses ${name('electron/supervisor/session.ts')}, which is in no lower room\n`,
    });
  });

  it('refuses files that import each other, types included, and knows components too', () => {
    write('renderer/app/App.tsx', "import { Panes } from './Panes.tsx';\n");
    write('renderer/app/Panes.tsx', "import type { Elements } from './App.tsx';\n");
    const files = ['App', 'Panes', 'App'].map((each) => name(`renderer/app/${each}.tsx`));
    expect(checkTypeScript()).toEqual({
      status: 1,
      said: `${files.join(' → ')}: these use each other; move what they share to a lower file\n`,
    });
  });

  it('refuses a room that is unknown', () => {
    write('electron/attic/box.ts', '');
    expect(checkTypeScript().said).toBe(
      `${name('electron/attic/box.ts')}: its room is unknown; say in build/rooms.py where it stands\n`,
    );
  });
});

function checkTypeScript() {
  return rooms('--typescript', folder);
}

function checkPython() {
  return rooms('--python', folder);
}

function check(): { status: number | null; said: string } {
  return rooms('--native', folder);
}

function rooms(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('python3', [join(ROOT, 'build', 'rooms.py'), ...args], {
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** As the check names a file: from the checkout on. */
function name(path: string): string {
  return relative(ROOT, join(folder, path));
}
