/**
 * Random programs over a database of sqlite and another writer, with undos, jumps, crashes and kills between the runs.
 *
 * Whatever is done, the database is whole, and has each row that anybody was told is committed. `PYREPL3_SEED` and
 * `PYREPL3_RUNS` make it another test, or a longer one; what fails tells all of its steps.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openSurroundings, type Surroundings } from '../../support/story.ts';

const SEED = Number(process.env.PYREPL3_SEED ?? 20_261_128);
const RUNS = Number(process.env.PYREPL3_RUNS ?? 8);
const EACH_MS = 20_000;

/** `second` writes by another connection of the session, `half` begins to read by it and stays there until `whole`. */
const ACTIONS = [
  ...(['begin', 'insert', 'insert', 'insert', 'commit', 'commit', 'rollback', 'read', 'anew'] as const),
  ...(['second', 'half', 'whole'] as const),
];
type Doing = (typeof ACTIONS)[number];

interface Step {
  kind: 'run' | 'crash' | 'dry' | 'kill' | 'undo' | 'redo' | 'go' | 'theirs';
  action: Doing;
  pick: number;
}

const weights: [number, Step['kind']][] = [
  [14, 'run'],
  [2, 'crash'],
  [1, 'dry'],
  [1, 'kill'],
  [4, 'undo'],
  [1, 'redo'],
  [2, 'go'],
  [5, 'theirs'],
];

const programs = fc.record({
  mode: fc.constantFrom('delete', 'truncate', 'persist', 'wal'),
  mapped: fc.constantFrom(0, 1 << 24),
  steps: fc.array(
    fc.record<Step>({
      kind: fc.oneof(...weights.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) }))),
      action: fc.constantFrom(...ACTIONS),
      pick: fc.nat(1000),
    }),
    { minLength: 30, maxLength: 40 },
  ),
});

/** Few pages in memory, so that large transactions write to the disk before they are committed. */
function setUp(mode: string, mapped: number): string {
  return `
import os, sqlite3
def connect():
    db = sqlite3.connect("d.db", timeout=0, isolation_level=None)
    for what in ("cache_size = 5", "journal_mode = ${mode}", "mmap_size = ${mapped}"): db.execute("pragma " + what).fetchall()
    db.execute("create table if not exists t (x integer primary key, y)"); db.execute("create index if not exists ty on t (y)")
    return db
db, second, cursor = connect(), connect(), None
def insert(db, first, count):
    was = db.in_transaction
    if not was: db.execute("begin")
    try:
        db.executemany("insert into t values (?, ?)", [(i, "%d." % (i * 7919 % 10007) * 12) for i in range(first, first + count)])
        if not was: db.commit()
    except sqlite3.Error:
        if not was and db.in_transaction: db.rollback()
        raise
def do(what, first, count):
    global db, second, cursor
    try:
        if what == "insert":
            insert(db, first, count)
        elif what == "second":
            insert(second, first, count)
        elif what == "half":
            cursor = second.execute("select x from t order by y"); next(cursor, None)
        elif what == "whole":
            cursor = None; second.close(); second = connect()
        elif what == "anew":
            db.close(); db = connect()
        elif what == "read":
            db.execute("select count(*), max(y) from t").fetchall()
        else:
            db.execute(what + (" immediate" if what == "begin" else ""))
        return "ok"
    except sqlite3.Error as error:
        return str(error)
    finally:
        print(db.in_transaction, end=" ")
`;
}

/** The rows that wait for their commit, in a state. */
type Pending = readonly number[];

class Play {
  readonly done: string[] = [];
  readonly committed = new Set<number>();
  readonly attempted = new Set<number>();
  readonly #saved = new Map<number, Pending>();
  readonly #session: Surroundings;
  #pending: Pending = [];
  #next = 0;

  constructor(session: Surroundings) {
    this.#session = session;
  }

  async setUp(mode: string, mapped: number): Promise<void> {
    this.done.push(`${mode}, ${mapped}`);
    await this.#session.trial.says(setUp(mode, mapped));
    await this.#rest();
  }

  async take({ kind, action, pick }: Step): Promise<void> {
    const { trial, other } = this.#session;
    const { session } = trial;
    switch (kind) {
      case 'theirs': {
        const rows = this.#rows(1 + (pick % 100));
        const said = await other(
          `query("d.db", "begin immediate", *["insert into t values (%d, 'theirs%d')" % (i, i * 7919 % 1009) for i in range(${rows[0]}, ${rows[0]} + ${rows.length})], "commit")`,
        );
        this.done.push(`they insert ${rows[0]}+${rows.length} → ${said}`);
        if (said === '[]') this.#commit(rows);
        break;
      }
      case 'kill': {
        const run = session.run('while True: pass');
        session.kill();
        this.done.push(`kill → ${(await run).outcome}`);
        break;
      }
      case 'undo':
      case 'redo':
      case 'go': {
        const ids = session.states.filter(({ copy }) => copy === 'frozen').map(({ id }) => id);
        const known = ids.filter((id) => this.#saved.has(id));
        const target = kind === 'undo' ? session.state.parent : session.redoesTo;
        const id = kind === 'go' ? known[pick % known.length] : known.find((one) => one === target);
        if (id === undefined) return;
        const { notes } = await session.goTo(id);
        this.done.push(`${kind} to ${id} → ${notes.join('; ')}`);
        this.#pending = this.#saved.get(id) ?? [];
        break;
      }
      default:
        await this.#act(kind, action, pick);
    }
    await this.#look();
  }

  async #act(kind: 'run' | 'crash' | 'dry', action: Doing, pick: number): Promise<void> {
    const { trial } = this.#session;
    const isInsert = action === 'insert' || action === 'second';
    const rows = isInsert ? this.#rows(pick % 3 === 0 ? 400 : 1 + (pick % 20)) : [];
    const code = `print(do("${action}", ${rows[0] ?? 0}, ${rows.length}))${kind === 'crash' ? '; os.kill(os.getpid(), 11)' : ''}`;
    const { output, outcome } = await trial.run(code, {
      policy: kind === 'dry' ? 'rollback_always' : 'commit_always',
    });
    this.done.push(`${kind} ${action} ${rows[0] ?? ''}+${rows.length} → ${output.trim() || outcome}`);
    const [isOpen, said] = [output.startsWith('True'), output.slice(output.indexOf(' ') + 1).trim()];
    const before = this.#pending;
    if (said === 'ok') {
      if (action === 'second') this.#commit(rows);
      if (action === 'insert') this.#pending = [...this.#pending, ...rows];
      if (action === 'rollback' || action === 'anew') this.#pending = [];
      if (action === 'commit' || (action === 'insert' && !isOpen)) this.#commit(this.#pending);
    }
    if (!isOpen) this.#pending = [];
    if (kind === 'run') await this.#rest();
    else this.#pending = before;
  }

  /** What somebody else sees at any moment, unless the database is locked. */
  async #look(): Promise<void> {
    const seen = await this.#session.other('query("d.db", "pragma integrity_check")');
    expect(seen, this.done.join('\n')).toMatch(/^(\[\('ok',\)\]|OperationalError: database is locked)$/);
  }

  /** At the end: nothing is locked, nothing is damaged, nothing is lost, nothing is there that nobody wrote. */
  async end(): Promise<void> {
    const { trial, other } = this.#session;
    await trial.says('cursor = None; db.close(); second.close()');
    const rows = JSON.parse(await other('[x for x, in query("d.db", "select x from t")]')) as number[];
    const there = new Set(rows);
    const story = this.done.join('\n');
    expect(await other('query("d.db", "pragma integrity_check"), begin("d.db", "exclusive")'), story).toBe(
      "([('ok',)], 'free')",
    );
    expect(
      [...this.committed].filter((row) => !there.has(row)),
      `rows that were committed are there:\n${story}`,
    ).toEqual([]);
    expect(rows.filter((row) => !this.attempted.has(row))).toEqual([]);
  }

  #rows(count: number): number[] {
    const rows = Array.from({ length: count }, (_, index) => this.#next + index);
    this.#next += count;
    for (const row of rows) this.attempted.add(row);
    return rows;
  }

  #commit(rows: Pending): void {
    for (const row of rows) this.committed.add(row);
  }

  async #rest(): Promise<void> {
    const { id } = await this.#session.trial.session.keep();
    this.#saved.set(id, this.#pending);
  }
}

onPythons(ONE, 'a database after any steps', (python) => {
  it('is whole, and has what was committed', { timeout: 30_000 + RUNS * EACH_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(programs, async ({ mode, mapped, steps }) => {
        const surroundings = openSurroundings(python);
        const play = new Play(surroundings);
        await play.setUp(mode, mapped);
        for (const step of steps) await play.take(step);
        await play.end();
        await surroundings.trial.close();
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});
