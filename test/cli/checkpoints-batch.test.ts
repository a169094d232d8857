import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { type Result, resultOf } from '../support/result.ts';
import { newHome, storeIn } from '../support/store.ts';

let program = '';

beforeAll(async () => {
  program = await freshProgram();
});

function pyrepl3(home: string, script: string, ...words: string[]): Promise<Result> {
  const env = { ...process.env, PYREPL3_HOME: home };
  return resultOf(spawn(process.execPath, [program, ...words], { env, cwd: home }), script);
}

describe('a script', () => {
  it('saves and restores, and says nothing but what is missing', async () => {
    const home = newHome();
    const script = 'x = [1]\ngen = (i for i in x)\n%save one\nx.append(2)\n%diff one\n%restore one x\nx\n';
    expect(await pyrepl3(home, script)).toEqual({
      status: 0,
      out: 'changed  x\n[1]\n',
      err: expect.stringMatching(/^pyrepl3: not saved: gen \(a generator.*\)\n$/),
    });
    expect(await pyrepl3(home, '%restore one\nx\n%rebuild\nlist(gen)\n')).toEqual({
      status: 0,
      out: '[1]\n[1]\n',
      err: expect.stringMatching(/^pyrepl3: not back: gen \(a generator.*\) · run 2 makes it again\n$/),
    });
  });

  it('is not offered at the next start, as it is over', async () => {
    const home = newHome();
    await pyrepl3(home, 'x = 1\n%save one\n');
    const store = storeIn(home);
    expect([(await store.list()).length, (await store.offers()).length]).toEqual([1, 0]);
  });

  it('stops where a command has not worked', async () => {
    const { status, out, err } = await pyrepl3(newHome(), 'x = 1\n%restore nope\nprint("never")\n');
    expect([status, out]).toEqual([1, '']);
    expect(err).toBe('pyrepl3: There is no checkpoint nope. pyrepl3 checkpoints lists them.\n');
  });

  it('begins with a saved session', async () => {
    const home = newHome();
    await pyrepl3(home, 'x = [1]\n%save one\n');
    expect(await pyrepl3(home, 'x\n', '--restore', 'one')).toEqual({ status: 0, out: '[1]\n', err: '' });
    const { status, out } = await pyrepl3(home, 'print("never")\n', '--restore', 'two');
    expect([status, out]).toEqual([1, '']);
  });

  it('exports names and code, and an environment variable only when told to', async () => {
    const [home, other] = [newHome(), newHome()];
    const script = [
      'import os; os.environ["API_TOKEN"] = "-".join(["swordfish", "set"])',
      'def double(n): return 2 * n',
      '%save one',
      '%checkpoints export one code',
      '%checkpoints export --all one all',
    ];
    await pyrepl3(home, `${script.join('\n')}\n`);
    const [code, all] = ['code', 'all'].map((name) => readFileSync(join(home, `${name}.pyrepl3`)));
    expect([code?.includes('swordfish-set'), all?.includes('swordfish-set')]).toEqual([false, true]);
    const look = 'double(4)\nimport os; os.environ.get("API_TOKEN")\n';
    for (const [name, rest] of [
      ['code', ''],
      ['all', "'swordfish-set'\n"],
    ]) {
      await storeIn(other).importFrom(join(home, `${name}.pyrepl3`), { trust: true });
      expect((await pyrepl3(other, look, '--restore', 'one')).out).toBe(`8\n${rest}`);
    }
  });

  it('cannot say yes to what was not made here', async () => {
    const [home, other] = [newHome(), newHome()];
    await pyrepl3(other, 'x = 1\n%save one\n%checkpoints export one one\n');
    const { status, err } = await pyrepl3(home, `%checkpoints import ${other}/one.pyrepl3\n`);
    expect(status).toBe(1);
    expect(err).toBe(
      'pyrepl3: This checkpoint was not made here. Opening it runs code that it contains, with all your rights. ' +
        'Nobody can be asked here; open it once at the prompt.\n',
    );
  });
});
