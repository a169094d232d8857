/** Servers of the session, whose callers are answered exactly, or hear that nobody answers. */

import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Act, type Deed, type How, type Part, settled, type World } from './part.ts';

type Name = 'port' | 'path';
const NAMES: readonly Name[] = ['port', 'path'];
/** An address of this process's own: nobody else takes its ports. */
const HOST = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;
const FIRST_PORT = 20_000;

/** A socket that listens. */
interface Listener {
  name: Name;
  number: number;
  waiting: Caller[];
}

type Held = Partial<Record<Name, Listener>>;

class Caller {
  readonly number: number;
  answer = '';
  hasEnded = false;
  /** What it is to have heard, and whether to the end. */
  wanted = { answer: '', hasEnded: false };
  readonly #socket: Socket;

  constructor(number: number, where: NetConnectOpts) {
    this.number = number;
    this.#socket = connect(where);
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => {
      this.answer += text;
    });
    for (const event of ['end', 'error', 'close']) {
      this.#socket.on(event, () => {
        this.hasEnded = true;
      });
    }
    onTestFinished(() => void this.#socket.destroy());
  }

  get seen(): { answer: string; hasEnded: boolean } {
    return { answer: this.answer, hasEnded: this.hasEnded };
  }

  /** Resolves when it is connected and has asked. */
  asks(): Promise<string> {
    return new Promise((resolve) => {
      this.#socket.once('error', (error) => resolve(error.message));
      this.#socket.write(`${this.number}\n`, () => resolve('ok'));
    });
  }
}

export class Servers implements Part {
  readonly setUp = `
servers = {}
def do_listen(name, where):
    server = socket.socket(socket.AF_UNIX if name == "path" else socket.AF_INET)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.settimeout(10)
    server.bind(where)
    server.listen()
    servers[name] = server
    return "ok"
def do_serve(name):
    line, _ = servers[name].accept()
    line.settimeout(10)
    asked = b""
    while not asked.endswith(b"\\n"): asked += line.recv(100)
    line.sendall(b"answer to " + asked)
    line.close()
    return asked.decode()
def do_stop_serving(name):
    servers.pop(name).close(); return "ok"
`;
  readonly #callers: Caller[] = [];
  readonly #saved = new Map<number, Held>();
  readonly #folder: string;
  #held: Held = {};

  constructor({ folder }: World) {
    this.#folder = folder;
  }

  acts(number: number): Act[] {
    return NAMES.flatMap((name) => {
      const listener = this.#held[name];
      return listener ? this.#actsOf(listener) : [this.#listen(name, number)];
    });
  }

  deeds(number: number): Deed[] {
    return Object.values(this.#held).map((listener) => ({
      words: `they call ${listener.name} ${listener.number}, ${number}`,
      play: async () => {
        const caller = new Caller(number, this.#where(listener));
        this.#callers.push(caller);
        listener.waiting.push(caller);
        return [await caller.asks(), 'ok'];
      },
    }));
  }

  freeze(id: number): void {
    this.#saved.set(id, { ...this.#held });
  }

  /** What listened and still listens goes on with those who wait; else it listens anew. */
  wake(id: number, how: How): void {
    const before = Object.values(this.#held);
    this.#held = {};
    for (const saved of Object.values(this.#saved.get(id) ?? {})) {
      const isSame = how === 'moved' && before.includes(saved);
      this.#held[saved.name] = isSame ? saved : { ...saved, waiting: [] };
    }
    for (const listener of before) {
      if (this.#held[listener.name] !== listener) this.#close(listener);
    }
  }

  async look(): Promise<[unknown, unknown]> {
    const wanted = this.#callers.map((caller) => ({ ...caller.wanted }));
    const seen = () => this.#callers.map((caller) => caller.seen);
    await settled(() => JSON.stringify(seen()) === JSON.stringify(wanted));
    return [seen(), wanted];
  }

  async end(): Promise<[unknown, unknown]> {
    for (const listener of Object.values(this.#held)) this.#close(listener);
    return await this.look();
  }

  #listen(name: Name, number: number): Act {
    const listener: Listener = { name, number, waiting: [] };
    const where = this.#where(listener);
    const address = 'path' in where ? JSON.stringify(where.path) : `("${where.host}", ${where.port})`;
    return {
      words: `listen at ${address}`,
      code: `do_listen("${name}", ${address})`,
      play: () => {
        this.#held[name] = listener;
        return 'ok';
      },
    };
  }

  #actsOf(listener: Listener): Act[] {
    const { name } = listener;
    const serve = {
      words: `serve ${name}`,
      code: `do_serve("${name}")`,
      play: () => {
        const caller = listener.waiting.shift();
        if (!caller) throw new Error('Nobody has called');
        caller.wanted = { answer: `answer to ${caller.number}\n`, hasEnded: true };
        return String(caller.number);
      },
    };
    const stop = {
      words: `stop serving ${name}`,
      code: `do_stop_serving("${name}")`,
      play: () => {
        this.#close(listener);
        delete this.#held[name];
        return 'ok';
      },
    };
    return listener.waiting.length > 0 ? [serve, serve, stop] : [stop];
  }

  /** Those who wait hear of it. */
  #close(listener: Listener): void {
    for (const caller of listener.waiting.splice(0)) caller.wanted.hasEnded = true;
  }

  #where({ name, number }: Listener): { path: string } | { host: string; port: number } {
    if (name === 'path') return { path: join(this.#folder, `s${number}.sock`) };
    return { host: HOST, port: FIRST_PORT + number };
  }
}
