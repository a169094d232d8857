/** The generator of the contract's TypeScript. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the contract generator', () => {
  it('says classes, unions, literals, lists, dictionaries and constants in TypeScript', () => {
    const { status, written } = generate(`
"""A module's first line is the file's.

The rest is left out.
"""

from typing import Dict, List, Literal, Optional, TypedDict, Union

LIMIT = 4 * 1024
"""The limit, in bytes."""


# A heading.


class Base(TypedDict):
    """The first."""

    kind: Literal["base", "it's"]
    many: List[Union[int, None]]
    """Several of them;
    on two lines."""
    table: Dict[str, "Base"]


class Other(Base):
    done: Optional[bool]
    exact: Literal[1, True]
    size: float | None


Either = Union[Base, Other, None]
`);
    expect(status).toBe(0);
    expect(written).toMatch(/^\/\*\*\n \* A module's first line is the file's\.\n \*\n \* Written by /);
    expect(written.slice(written.indexOf('*/\n') + 4)).toBe(`/** The limit, in bytes. */
export const LIMIT = 4 * 1024;

// A heading.

/** The first. */
export interface Base {
  kind: 'base' | 'it\\'s';
  /**
   * Several of them;
   * on two lines.
   */
  many: (number | null)[];
  table: Record<string, Base>;
}

export interface Other extends Base {
  done: boolean | null;
  exact: 1 | true;
  size: number | null;
}

export type Either = Base | Other | null;
`);
  });

  it('breaks a union that is longer than a line', () => {
    const names = Array.from({ length: 12 }, (_, index) => `AlternativeNumber${index}`);
    const { written } = generate(`Long = Union[${names.join(', ')}]`);
    expect(written).toContain(`export type Long =\n  | ${names.join('\n  | ')};\n`);
  });

  it('accepts the file that it has just written', () => {
    generate('VERSION = 1');
    expect(run('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('fails its check where the two files differ, and says on which line', () => {
    generate('VERSION = 1');
    writeFileSync(join(folder, 'messages.py'), 'VERSION = 2');
    const { status, stderr } = run('--check');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /messages\.ts, line 7: differs from .*messages\.py; run `npm run generate`\n$/,
      ),
    });
  });

  it('fails its check where nothing was generated', () => {
    writeFileSync(join(folder, 'messages.py'), 'VERSION = 2');
    expect(run('--check')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('messages.ts is missing'),
    });
  });

  it('refuses a definition that has no counterpart, and says where it stands', () => {
    writeFileSync(
      join(folder, 'messages.py'),
      'from typing import TypedDict\nclass A(TypedDict):\n  a: set[int]\n',
    );
    expect(run()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('messages.py, line 3: `set[int]` cannot be said in TypeScript'),
    });
  });
});

describe('the contract generator, of a folder with a file a topic', () => {
  const definitions = {
    'base.py': '"""The base."""\n\nclass Base(TypedDict):\n    """A base."""\n\n    size: int\n',
    'other.py': '"""The rest."""\n\nfrom .base import Base\n\nBoth = Union[Base, None]\n',
  };

  beforeEach(() => {
    mkdirSync(join(folder, 'topics'));
    writeFileSync(join(folder, 'version.py'), 'LIMIT = 1\n');
    writeFileSync(join(folder, 'topics', '__init__.py'), '"""What it is about."""\n');
    for (const [name, text] of Object.entries(definitions)) {
      writeFileSync(join(folder, 'topics', name), text);
    }
  });

  it('writes a file a topic, which imports what it takes of others, and a door to all', () => {
    expect(runTopics()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'messages')).sort()).toEqual(['base.ts', 'other.ts', 'version.ts']);
    expect(withoutHead('messages/other.ts')).toBe(
      "import type { Base } from './base.ts';\n\nexport type Both = Base | null;\n",
    );
    expect(withoutHead('messages/version.ts')).toBe('export const LIMIT = 1;\n');
    expect(withoutHead('messages.ts')).toBe(
      ['base', 'other', 'version'].map((name) => `export * from './messages/${name}.ts';\n`).join(''),
    );
    expect(runTopics('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('fails its check of a file that has no topic any more, and removes it', () => {
    runTopics();
    writeFileSync(join(folder, 'messages', 'gone.ts'), '');
    expect(runTopics('--check')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/gone\.ts has no source any more; run `npm run generate`\n$/),
    });
    runTopics();
    expect(readdirSync(join(folder, 'messages'))).not.toContain('gone.ts');
  });
});

function withoutHead(file: string): string {
  const written = readFileSync(join(folder, file), 'utf8');
  return written.slice(written.indexOf('*/\n') + 4);
}

function runTopics(...args: string[]) {
  const files = ['--source', join(folder, 'topics'), '--target', join(folder, 'messages.ts')];
  return spawnSync('python3', [join(ROOT, 'build/contract.py'), ...files, ...args], { encoding: 'utf8' });
}

function generate(source: string) {
  writeFileSync(join(folder, 'messages.py'), source);
  const { status } = run();
  return { status, written: readFileSync(join(folder, 'messages.ts'), 'utf8') };
}

function run(...args: string[]) {
  const files = ['--source', join(folder, 'messages.py'), '--target', join(folder, 'messages.ts')];
  return spawnSync('python3', [join(ROOT, 'build/contract.py'), ...files, ...args], { encoding: 'utf8' });
}
