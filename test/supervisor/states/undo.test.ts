/** Undo brings everything in memory back, whatever kind of object was changed and however. */

import { expect, it } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { KINDS, type Kind } from './kinds.ts';

/** A session for so many kinds: each undo makes the next a little slower. */
const GROUP = 20;

const groups = Array.from({ length: Math.ceil(KINDS.length / GROUP) }, (_, index) =>
  KINDS.slice(index * GROUP, (index + 1) * GROUP),
);

onPythons(OLD_AND_NEW, 'undo and redo', (python) => {
  it.each(groups.map((kinds) => [kinds[0]?.name ?? '', kinds] as const))(
    'bring back what was changed in place: %s, …',
    async (_, kinds) => {
      const trial = openTrial(python);
      const wrong: string[] = [];
      for (const kind of kinds) {
        const complaint = await undoAndRedo(trial, kind);
        if (complaint) {
          wrong.push(complaint);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

it('covers more than eighty kinds', () => {
  expect(new Set(KINDS.map(({ name }) => name)).size).toBeGreaterThan(80);
});

/** Change, undo, compare; redo, compare. Return what is wrong, if anything. */
async function undoAndRedo(trial: Trial, { name, make, change, look }: Kind): Promise<string | null> {
  const seen = async () => (await trial.says(`print(repr((${look},)))`)).trim();
  await trial.says(make);
  const before = await seen();
  const from = trial.session.state.id;
  const { outcome } = await trial.run(change);
  const after = await seen();
  const to = trial.session.state.id;
  await trial.session.goTo(from);
  const undone = await seen();
  await trial.session.goTo(to);
  const redone = await seen();
  const isRight = outcome === 'ok' && before !== after && undone === before && redone === after;
  return isRight ? null : `${name}: ${outcome}, ${before} → ${after}, undone ${undone}, redone ${redone}`;
}

onPythons(OLD_AND_NEW, 'frozen states', (python) => {
  it('do not keep the other end of a connection from seeing its end', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import socket; a, b = socket.socketpair(); server = socket.create_server(("127.0.0.1", 0))',
    );
    await trial.says(
      'c = socket.create_connection(server.getsockname()); d, _ = server.accept(); d.settimeout(10)',
    );
    await trial.says('c.close()');
    expect(await trial.says('print(d.recv(1))')).toBe("b''\n");
  });

  it('are kept of a program that has closed its own output', async () => {
    const trial = openTrial(python);
    await trial.says('import os; data = [1]');
    await trial.run('print("x"); os.close(1); os.close(2); print("y")');
    await trial.run('data.append(2); os.open("/dev/null", os.O_WRONLY); print("z")');
    expect((await trial.session.keep()).copy).toBe('frozen');
    await trial.session.goTo(1);
    expect(await trial.says('data')).toBe('[1]\n');
  });

  it('let a server be closed and opened again on the same port', async () => {
    const trial = openTrial(python);
    await trial.says('import socket; s = socket.create_server(("127.0.0.1", 0)); port = s.getsockname()[1]');
    await trial.says('s.close()');
    await trial.says('s = socket.create_server(("127.0.0.1", port))');
    await trial.session.undo(2);
    expect(
      await trial.says('c = socket.create_connection(("127.0.0.1", port)); s.accept()[1] == c.getsockname()'),
    ).toBe('True\n');
  });
});
