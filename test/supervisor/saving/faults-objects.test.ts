/** Names that do harm when they are pickled: each costs itself, and neither the others nor the session. */

import { expect, it } from 'vitest';
import { fate, keeps, newStore, openSaved } from '../../support/checkpoints.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';

/** Makes an object of a class of its own, whose pickling does something. */
const HARMFUL = `
import os
live = os.getpid()
def Harmful(deed):
    class Harmful:
        def __reduce__(self):
            exec(deed)
            return list, ()
    return Harmful()
`;

const FAILS = /^unsaved: Harmful.<locals>.Harmful, which fails to be pickled/;

/** Takes more and more, where there is a bound to it. */
const LIMITED = `
import resource
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 10**8, size + 10**8))
rows = []
while True: rows.append(bytearray(10**7))
`;

/** What pickling does, and what is then said of the name. */
const DEEDS: Record<string, [string, string | RegExp]> = {
  leaves: ['import sys; sys.exit(3)', FAILS],
  raises: ['raise SystemExit', FAILS],
  interrupts: ['raise KeyboardInterrupt', /^unsaved: it raises KeyboardInterrupt when it is saved$/],
  stops: ['raise GeneratorExit', FAILS],
  'raises what cannot be told': ['class E(Exception):\n    def __str__(self): 1/0\nraise E', FAILS],
  'eats all memory': ['b" " * 2**50', /^unsaved: .*memory/],
  'eats all memory that it may have': [LIMITED, /^unsaved: .*memory/],
  'prints megabytes': [
    'import os, sys; os.write(1, b"NOISE" * 10**6); print("NOISE" * 10**6); print("NOISE", file=sys.stderr)',
    'saved',
  ],
  'reads the keyboard': ['import sys, os; sys.stdin.read(); os.read(0, 1)', /^/],
  asks: ['input("NOISE? ")', /^/],
  'recurses for ever': ['def f(): f()\nf()', /^unsaved: /],
  'starts a thread': ['import threading; threading.Thread(target=threading.Event().wait).start()', /^/],
  'starts a process': ['import subprocess; subprocess.Popen(["sleep", "1000"])', /^/],
  forks: ['import os; os.fork()', /^/],
  'forks, and lets the child wait': ['import os, time; os.fork() or time.sleep(1000)', /^/],
  'closes all files': ['import os; os.closerange(0, 200)', /^/],
  'changes the folder': ['import os; os.chdir("/")', 'saved'],
  'kills its group': ['import os; os.kill(0, 9)', /SIGKILL/],
};

async function openHarmful(...options: Parameters<typeof openSaved>): Promise<Trial> {
  const trial = openSaved(...options);
  await trial.says(HARMFUL);
  return trial;
}

onPythons(ONE, 'a name that harms who pickles it', (python) => {
  it('costs its group no more than itself, however many names share an object with it', async () => {
    const store = newStore();
    const trial = await openHarmful(python, { store });
    await keeps(
      trial,
      'shared = []; a, b, c, d, e, f = [[shared, n] for n in range(6)]\n' +
        'bad = [shared, Harmful("import os; os.kill(os.getpid(), 11)")]',
    );
    const { id } = await trial.session.checkpoints.save({ name: 'one' }).done;
    const { names } = await store.manifest(id);
    expect(fate(names, 'bad')).toBe('unsaved: Python died as it was saved (SIGSEGV)');
    expect(names.filter(({ how }) => how === 'unsaved').length).toBeLessThanOrEqual(2);
    const other = openSaved(python, { store });
    await other.session.checkpoints.restore('one');
    expect(await other.says('f[1], f[0] is b[0]')).toBe('(5, True)\n');
  });

  it.each(Object.keys(DEEDS))('%s, and the others are saved', async (deed) => {
    const store = newStore();
    const trial = await openHarmful(python, { store, pace: { patience: 1000 } });
    const [code, words] = DEEDS[deed] as [string, string | RegExp];
    await keeps(trial, `a = [1]; bad = Harmful(${JSON.stringify(code)}); b = [2]`);
    const { id } = await trial.session.checkpoints.save({ name: 'one' }).done;
    const { names } = await store.manifest(id);
    expect([fate(names, 'a'), fate(names, 'b')]).toEqual(['saved', 'saved']);
    expect(fate(names, 'bad')).toMatch(words);
    expect(await trial.says('os.getpid() == live, a, b')).toBe('(True, [1], [2])\n');
    expect(trial.text).not.toContain('NOISE');
    const other = openSaved(python, { store });
    await other.session.checkpoints.restore('one');
    expect(await other.says('a, b')).toBe('([1], [2])\n');
  });
});
