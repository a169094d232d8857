/** Child processes: each is waited for once, with the right status, lives while it should, and ends when it should. */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../../support/processes.ts';
import { type Act, type Deed, type How, type Part, settled, type World } from './part.ts';

/** One that reads a line, two that answer over pipes and a pair of sockets, and one that is waited for by its pid. */
type Name = 'reader' | 'echo' | 'pair' | 'raw';
const NAMES: readonly Name[] = ['reader', 'echo', 'pair', 'raw'];
const KILLED = -9;

/** A process. */
interface Child {
  name: Name;
  number: number;
  /** How it ended, as `Popen` has it. */
  status: number | null;
}

/** The program's handle of one, in a state. */
interface Handle {
  child: Child;
  /** The status that the program was told. */
  known: number | null;
}

type Held = Partial<Record<Name, Handle>>;

export class Children implements Part {
  readonly setUp = `
import subprocess
kids, talks = {}, {}
def do_start(name, number):
    if name == "raw":
        kids[name] = pid = os.posix_spawnp("sleep", ["sleep", "1000"], os.environ)
    else:
        command = ["sh", "-c", "read line; exit %d" % (number % 100)] if name == "reader" else ["cat"]
        if name == "pair":
            ours, theirs = socket.socketpair()
            ours.settimeout(10)
            kids[name] = subprocess.Popen(command, stdin=theirs, stdout=theirs)
            theirs.close()
            talks[name] = ours.sendall, ours.recv, ours.close
        else:
            kid = kids[name] = subprocess.Popen(command, stdin=-1, stdout=-1, bufsize=0)
            talks[name] = kid.stdin.write, kid.stdout.read, kid.stdin.close
        pid = kids[name].pid
    with open("pids/%d" % number, "w") as file: file.write(str(pid))
    return "ok"
def do_poll(name, patience=0):
    if name != "raw":
        status = kids[name].wait(patience) if patience else kids[name].poll()
        return "lives" if status is None else str(status)
    try:
        pid, status = os.waitpid(kids[name], 0 if patience else os.WNOHANG)
    except ChildProcessError:
        del kids[name]
        return "no child"
    return str(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)) if pid else "lives"
def do_kill(name):
    os.kill(kids[name], 9) if name == "raw" else kids[name].kill()
    return "ok"
def do_let_end(name):
    talks[name][2](); return "ok"
def do_echo(name, text):
    write, read, _ = talks[name]
    heard = b""
    try:
        write(text.encode())
        while len(heard) < len(text):
            piece = read(len(text) - len(heard))
            if not piece: return "gone"
            heard += piece
    except (OSError, ValueError): return "gone"
    return heard.decode()
def do_forget(name):
    del kids[name]; talks.pop(name, None); return "ok"
`;
  readonly #children: Child[] = [];
  readonly #saved = new Map<number, Held>();
  readonly #pids: string;
  #held: Held = {};

  constructor({ folder }: World) {
    this.#pids = join(folder, 'pids');
    mkdirSync(this.#pids);
  }

  acts(number: number): Act[] {
    return NAMES.flatMap((name) => {
      const handle = this.#held[name];
      return handle ? this.#actsOf(name, handle, number) : [this.#start(name, number)];
    });
  }

  deeds(): Deed[] {
    return this.#children
      .filter(({ status }) => status === null)
      .map((child) => ({
        words: `they kill ${child.name} ${child.number}`,
        play: async () => {
          child.status = KILLED;
          process.kill(this.#pidOf(child), 'SIGKILL');
          return ['ok', 'ok'];
        },
      }));
  }

  freeze(id: number): void {
    const copy = Object.entries(this.#held).map(([name, handle]) => [name, { ...handle }]);
    this.#saved.set(id, Object.fromEntries(copy));
  }

  /** They go on; but who reads from a state that is no more sees the end of what it reads. */
  wake(id: number, how: How): void {
    const saved = Object.entries(this.#saved.get(id) ?? {}).map(([name, handle]) => [name, { ...handle }]);
    this.#held = Object.fromEntries(saved);
    const held = Object.values(this.#held).map(({ child }) => child);
    for (const child of this.#children) {
      if (child.name !== 'raw' && (how === 'died' || !held.includes(child))) this.#seesEnd(child);
    }
  }

  async look(): Promise<[unknown, unknown]> {
    const told = (child: Child, lives: boolean) =>
      `${child.name} ${child.number} ${lives ? 'lives' : 'has ended'}`;
    const seen = () => this.#children.map((child) => told(child, isAlive(this.#pidOf(child))));
    const wanted = this.#children.map((child) => told(child, child.status === null));
    await settled(() => String(seen()) === String(wanted));
    return [seen(), wanted];
  }

  async end(): Promise<[unknown, unknown]> {
    for (const child of this.#children) child.status ??= KILLED;
    return await this.look();
  }

  #start(name: Name, number: number): Act {
    return {
      words: `start ${name} ${number}`,
      code: `do_start("${name}", ${number})`,
      play: () => {
        const child = { name, number, status: null };
        this.#children.push(child);
        this.#held[name] = { child, known: null };
        return 'ok';
      },
    };
  }

  #actsOf(name: Name, handle: Handle, number: number): Act[] {
    const { child } = handle;
    const isTold = handle.known !== null;
    const text = `${number} to and fro`;
    const act = (words: string, call: string, play: () => string): Act => ({
      words: `${words} ${name} ${child.number}`,
      code: `do_${call}`,
      play,
    });
    const acts = [act('poll', `poll("${name}")`, () => this.#poll(name, handle))];
    if (child.status !== null && !isTold)
      acts.push(act('wait for', `poll("${name}", 10)`, () => this.#poll(name, handle)));
    if (!isTold) {
      acts.push(
        act('kill', `kill("${name}")`, () => {
          child.status ??= KILLED;
          return 'ok';
        }),
      );
    }
    if (name === 'echo' || name === 'pair') {
      const echo = () => (child.status === null ? text : 'gone');
      acts.push(act('talk to', `echo("${name}", "${text}")`, echo));
      acts.push(act('talk to', `echo("${name}", "${text}")`, echo));
    }
    if (name !== 'raw' && child.status === null) {
      acts.push(
        act('let end', `let_end("${name}")`, () => {
          this.#seesEnd(child);
          return 'ok';
        }),
      );
    }
    if (name !== 'raw' && isTold) {
      acts.push(
        act('forget', `forget("${name}")`, () => {
          delete this.#held[name];
          return 'ok';
        }),
      );
    }
    return acts;
  }

  /** By its pid a child is waited for once; `Popen` keeps what it was told. */
  #poll(name: Name, handle: Handle): string {
    const { child, known } = handle;
    if (child.status === null) return 'lives';
    if (name === 'raw' && known !== null) {
      delete this.#held[name];
      return 'no child';
    }
    handle.known = child.status;
    return String(child.status);
  }

  #seesEnd(child: Child): void {
    child.status ??= child.name === 'reader' ? child.number % 100 : 0;
  }

  #pidOf({ number }: Child): number {
    const file = join(this.#pids, String(number));
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  }
}
