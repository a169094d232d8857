/** A model of what random programs do with a few files: what is on disk, and what the program holds in each state. */

export type Name = 'w' | 'w2' | 'a' | 'rw' | 'b' | 'lk1' | 'lk2';
export const NAMES: readonly Name[] = ['w', 'w2', 'a', 'rw', 'b', 'lk1', 'lk2'];
export const LOCKS: readonly Name[] = ['lk1', 'lk2'];

export interface Action {
  what: 'open' | 'write' | 'flush' | 'close';
  name: Name;
}

/** An open file description; `w2` is a duplicate of `w`, and is the same object. */
interface Open {
  file: Name;
  offset: number;
  /** Text that is not flushed yet. */
  buffer: string;
  isLocked: boolean;
  /** Whether what the program believes of it is no longer true, so that it cannot be written to. */
  isDead: boolean;
}

type Held = Partial<Record<Name, Open>>;

/** What a sleeping copy knows: what is held, and of each file how often it was written to by then, and its size. */
interface Saved {
  held: Held;
  versions: Partial<Record<Name, number>>;
  sizes: Partial<Record<Name, number>>;
}

/** What the session defines for its programs: the same actions, each of which says what came of it. */
export const SET_UP = `
import os, fcntl
held = {}
CREATE = os.O_CREAT | os.O_WRONLY
FLAGS = {"w": CREATE, "a": CREATE | os.O_APPEND, "rw": os.O_CREAT | os.O_RDWR, "lk1": CREATE, "lk2": CREATE}
def do_open(name, number):
    if name == "b":
        held[name] = open(name, "w"); return "ok"
    fd = os.dup(held["w"]) if name == "w2" else os.open(name, FLAGS[name], 0o644)
    try:
        if name == "lk1": fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if name == "lk2": fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(fd); return "held"
    held[name] = fd
    return "ok"
def do_write(name, number):
    text = "%-3s%08d\\n" % (name, number)
    try:
        held[name].write(text) if name == "b" else os.write(held[name], text.encode())
        return "ok"
    except OSError as error: return error.strerror
def do_append_for_ever(name, number):
    while True: os.write(held[name], ("%-3s%08d\\n" % (name, number)).encode())
def do_flush(name, number):
    try:
        held[name].flush(); return "ok"
    except OSError as error: return error.strerror
def do_close(name, number):
    file = held.pop(name)
    try:
        file.close() if name == "b" else os.close(file)
        return "ok"
    except OSError as error: return error.strerror
`;

export class Model {
  /** What stands in each file. */
  readonly disk: Partial<Record<Name, string>> = {};
  /** The locks that somebody else holds. */
  readonly theirs = new Set<Name>();
  held: Held = {};
  readonly #versions: Partial<Record<Name, number>> = {};
  readonly #saved = new Map<number, Saved>();

  /** The actions that a program may take now. */
  get actions(): Action[] {
    return NAMES.flatMap((name): Action[] => {
      const open = this.held[name];
      if (!open) return name === 'w2' && !this.held.w ? [] : [{ what: 'open', name }];
      const flush: Action[] = name === 'b' ? [{ what: 'flush', name }] : [];
      const write: Action[] = LOCKS.includes(name) ? [] : [{ what: 'write', name }];
      return [...write, ...flush, { what: 'close', name }];
    });
  }

  /** Do it; return what the program says of it. */
  act({ what, name }: Action, number: number): string {
    const open = this.held[name];
    if (what === 'open') return this.#open(name);
    if (!open) throw new Error(`${name} is not open`);
    if (what === 'write') {
      const text = `${name.padEnd(3)}${String(number).padStart(8, '0')}\n`;
      if (name === 'b') open.buffer += text;
      else if (open.isDead) return 'Bad file descriptor';
      else this.#put(open, text);
    } else if (open.buffer !== '' && open.isDead) {
      if (what === 'close') delete this.held[name];
      return 'Bad file descriptor';
    } else {
      this.#put(open, open.buffer);
      open.buffer = '';
    }
    if (what === 'close') delete this.held[name];
    return 'ok';
  }

  /** Somebody else appends to a file. */
  append(name: Name, text: string): void {
    this.#write(name, (this.disk[name] ?? '') + text);
  }

  /** Whether a lock can be seen to be held by the session. */
  isLocked(name: Name): boolean {
    return this.held[name]?.isLocked ?? false;
  }

  /** A copy of the state sleeps from now on. */
  freeze(id: number): void {
    const sizes = Object.fromEntries(NAMES.map((name) => [name, this.disk[name]?.length]));
    this.#saved.set(id, structuredClone({ held: this.held, versions: this.#versions, sizes }));
  }

  has(id: number): boolean {
    return this.#saved.has(id);
  }

  /** The copy of a state goes on, with what it holds as far as that is still true. */
  wake(id: number): void {
    const saved = this.#saved.get(id);
    if (!saved) throw new Error(`State ${id} is not in the model`);
    this.held = structuredClone(saved.held);
    for (const open of new Set(Object.values(this.held))) {
      if (open.isLocked && this.theirs.has(open.file)) {
        open.isLocked = false;
        open.isDead = true;
      }
      if (saved.versions[open.file] !== this.#versions[open.file]) this.#goOn(open, saved);
    }
  }

  /** What only goes on at its end does so after a change; what is written anywhere is written to no more. */
  #goOn(open: Open, { sizes }: Saved): void {
    const [before, now] = [sizes[open.file] ?? 0, this.disk[open.file] ?? ''];
    if (open.isDead || open.file === 'a') return;
    if (open.file === 'rw' || open.offset !== before || now.length < before) {
      open.isDead = true;
      return;
    }
    open.offset = now.length;
    const [there, pending] = [now.slice(before), open.buffer];
    open.buffer = '';
    if (!there.startsWith(pending))
      this.#put(open, pending.startsWith(there) ? pending.slice(there.length) : pending);
  }

  #open(name: Name): string {
    const { w } = this.held;
    if (name === 'w2' && w) {
      this.held.w2 = w;
      return 'ok';
    }
    if (name === 'b') this.#write(name, '');
    this.disk[name] ??= '';
    const isLock = LOCKS.includes(name);
    if (isLock && this.theirs.has(name)) return 'held';
    this.held[name] = { file: name, offset: 0, buffer: '', isLocked: isLock, isDead: false };
    return 'ok';
  }

  #put(open: Open, text: string): void {
    if (text === '') return;
    const before = this.disk[open.file] ?? '';
    const at = open.file === 'a' ? before.length : open.offset;
    open.offset = at + text.length;
    this.#write(open.file, before.slice(0, at).padEnd(at, '\0') + text + before.slice(open.offset));
  }

  #write(name: Name, text: string): void {
    this.disk[name] = text;
    this.#versions[name] = (this.#versions[name] ?? 0) + 1;
  }
}
