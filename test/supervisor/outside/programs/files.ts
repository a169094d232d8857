/** Files and locks: each file as it stands on the disk, and each lock as another process sees it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Action, LOCKS, Model, NAMES, type Name, SET_UP } from './files-model.ts';
import type { Act, Deed, How, Part, Torrent, World } from './part.ts';

const ENOUGH_BYTES = 600;

export class Files implements Part {
  readonly setUp = SET_UP;
  readonly #model = new Model();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async open(): Promise<void> {
    await this.#world.other('import fcntl; theirs = {}');
  }

  acts(number: number): Act[] {
    return this.#model.actions.map(({ what, name }: Action) => ({
      words: `${what} ${name}, ${number}`,
      code: `do_${what}("${name}", ${number})`,
      play: () => this.#model.act({ what, name }, number),
    }));
  }

  deeds(number: number): Deed[] {
    const there = (['w', 'a', 'rw', 'b'] as const).filter((name) => existsSync(this.#path(name)));
    const { theirs } = this.#model;
    return [
      ...there.map((name) => ({
        words: `they write ${name}, ${number}`,
        play: () => this.#theyWrite(name, number),
      })),
      ...LOCKS.map((name) => ({
        words: `they ${theirs.has(name) ? 'unlock' : 'lock'} ${name}`,
        play: () => this.#theyLock(name),
      })),
    ];
  }

  /** Lines that are appended until the run is killed: each is there as a whole or not at all. */
  torrents(number: number): Torrent[] {
    if (!this.#model.held.a || this.#model.held.a.isDead) return [];
    const before = this.#model.disk.a ?? '';
    return [
      {
        words: `append for ever, ${number}`,
        code: `do_append_for_ever("a", ${number})`,
        hasBegun: () => this.#read('a').length > before.length + ENOUGH_BYTES,
        stop: async () => {
          const now = this.#read('a');
          const lines = Math.floor((now.length - before.length) / line('a', number).length);
          this.#model.append('a', line('a', number).repeat(lines));
          return [now, this.#model.disk.a];
        },
      },
    ];
  }

  freeze(id: number): void {
    this.#model.freeze(id);
  }

  wake(id: number, _how: How): void {
    this.#model.wake(id);
  }

  async look(): Promise<[unknown, unknown]> {
    const { disk, theirs } = this.#model;
    const isHeld = (name: Name) => this.#model.isLocked(name) || theirs.has(name);
    return await this.#compare(Object.fromEntries(LOCKS.map((name) => [name, isHeld(name)])), { ...disk });
  }

  async end(): Promise<[unknown, unknown]> {
    const { disk, theirs } = this.#model;
    const isHeld = Object.fromEntries(LOCKS.map((name) => [name, theirs.has(name)]));
    // What an end of Python flushes is Python's own affair, and a session is ended by force.
    return await this.#compare(isHeld, { ...disk });
  }

  async #compare(
    isHeld: Record<string, boolean>,
    disk: Partial<Record<Name, string>>,
  ): Promise<[unknown, unknown]> {
    const locks = await Promise.all(
      LOCKS.map(async (name) => [name, existsSync(this.#path(name)) && (await this.#probe(name))]),
    );
    const wanted = LOCKS.map((name) => [
      name,
      disk[name] !== undefined && (isHeld[name] ? "'held'" : "'free'"),
    ]);
    const there = NAMES.filter((name) => existsSync(this.#path(name)));
    const seen = Object.fromEntries(there.map((name) => [name, this.#read(name)]));
    return [
      { disk: seen, locks: Object.fromEntries(locks) },
      { disk, locks: Object.fromEntries(wanted) },
    ];
  }

  async #theyWrite(name: Name, number: number): Promise<[string, string]> {
    const text = `T${line(name, number)}`;
    this.#model.append(name, text);
    return [await this.#world.other(`append("${name}", ${JSON.stringify(text)})`), 'None'];
  }

  /** They take a lock, or give it up; to try is to empty the file, as many do, and that it is empty anyway. */
  async #theyLock(name: Name): Promise<[string, string]> {
    const { theirs, disk } = this.#model;
    if (theirs.delete(name)) return [await this.#world.other(`theirs.pop("${name}").close()`), 'None'];
    const isFree = !this.#model.isLocked(name);
    if (isFree) theirs.add(name);
    disk[name] ??= '';
    const said = await this.#world.other(
      `(lambda f: (fcntl.${lockOf(name)}(f, fcntl.LOCK_EX | fcntl.LOCK_NB), theirs.update(${name}=f)))(open("${name}", "w"))`,
    );
    return [said.split(':')[0] ?? '', isFree ? '(None, None)' : 'BlockingIOError'];
  }

  #probe(name: Name): Promise<string> {
    return this.#world.prober.says(`${lockOf(name)}("${name}")`);
  }

  #path(name: Name): string {
    return join(this.#world.folder, name);
  }

  #read(name: Name): string {
    return readFileSync(this.#path(name), 'latin1');
  }
}

function lockOf(name: Name): string {
  return name === 'lk1' ? 'flock' : 'lockf';
}

function line(name: Name, number: number): string {
  return `${name.padEnd(3)}${String(number).padStart(8, '0')}\n`;
}
