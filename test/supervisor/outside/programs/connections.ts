/** Connections to a server elsewhere, which sees each conversation go on exactly, or end. */

import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Act, type Deed, type How, type Part, settled, type Torrent, type World } from './part.ts';

type Name = 't1' | 't2' | 'local';
const NAMES: readonly Name[] = ['t1', 't2', 'local'];
const HOST = '127.0.0.1';
const ENOUGH_BYTES = 2000;
const DIGITS = 8;

/** A conversation, as both ends have it in truth. */
interface Conversation {
  key: string;
  /** All that the program has said, and how much of what the peer has sent was heard. */
  said: string;
  heard: number;
  sent: string;
  hasPeerEnded: boolean;
  /** Whether the program has its end. */
  isOpen: boolean;
}

/** The program's end of one, in a state. */
interface End {
  talk: Conversation;
  /** How far it had come. */
  said: number;
  heard: number;
  isDead: boolean;
}

type Held = Partial<Record<Name, End>>;

/** The other end. */
class Peer {
  received = '';
  hasEnded = false;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.received += text;
    });
    for (const event of ['end', 'error', 'close']) {
      socket.on(event, () => {
        this.hasEnded = true;
      });
    }
  }

  say(text: string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(text, () => resolve()));
  }

  end(): Promise<void> {
    return new Promise((resolve) => this.#socket.end(() => resolve()));
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

export class Connections implements Part {
  readonly setUp = `
import socket
lines = {}
def do_dial(name, where, key):
    line = socket.socket(socket.AF_UNIX if name == "local" else socket.AF_INET)
    line.settimeout(10)
    line.connect(where)
    line.sendall(key.encode())
    lines[name] = line
    return "ok"
def do_say(name, text):
    try:
        lines[name].sendall(text.encode()); return "ok"
    except ConnectionError:
        return do_hang_up(name, "gone")
def do_talk_for_ever(name):
    number = 0
    while True: lines[name].sendall(b"%0${DIGITS}d" % number); number += 1
def do_hear(name, size):
    heard = b""
    try:
        while len(heard) < size:
            piece = lines[name].recv(size - len(heard))
            if not piece: break
            heard += piece
    except ConnectionError: pass
    return heard.decode() or do_hang_up(name, "gone")
def do_hang_up(name, said):
    lines.pop(name).close(); return said
`;
  readonly #peers: Peer[] = [];
  readonly #talks: Conversation[] = [];
  readonly #saved = new Map<number, Held>();
  readonly #local: string;
  #port = 0;
  #held: Held = {};

  constructor({ folder }: World) {
    this.#local = join(folder, 'theirs.sock');
  }

  async open(): Promise<void> {
    const tcp = this.#serve();
    await new Promise<void>((resolve) => tcp.listen(0, HOST, resolve));
    this.#port = (tcp.address() as { port: number }).port;
    const local = this.#serve();
    await new Promise<void>((resolve) => local.listen(this.#local, resolve));
  }

  acts(number: number): Act[] {
    return NAMES.flatMap((name) => {
      const end = this.#held[name];
      return end ? this.#actsOf(name, end, number) : [this.#dial(name, number)];
    });
  }

  deeds(number: number): Deed[] {
    return this.#open().flatMap(({ talk }) => {
      const peer = this.#peerOf(talk);
      if (!peer || talk.hasPeerEnded) return [];
      const text = `<${number} from elsewhere>`;
      return [
        {
          words: `they say ${text} in ${talk.key}`,
          play: async () => {
            talk.sent += text;
            await peer.say(text);
            return ['ok', 'ok'];
          },
        },
        {
          words: `they end ${talk.key}`,
          play: async () => {
            talk.hasPeerEnded = true;
            await peer.end();
            return ['ok', 'ok'];
          },
        },
      ];
    });
  }

  /** What is said until the run is killed: they hear the begin of it, and its end. */
  torrents(): Torrent[] {
    return this.#open().map(({ name, talk }) => ({
      words: `talk for ever to ${name}`,
      code: `do_talk_for_ever("${name}")`,
      hasBegun: () => (this.#peerOf(talk)?.received.length ?? 0) > talk.said.length + ENOUGH_BYTES,
      stop: async () => {
        const peer = this.#peerOf(talk);
        await settled(() => peer?.hasEnded ?? false);
        const said = peer?.received ?? '';
        const wanted = talk.said + sequence(said.length - talk.said.length);
        talk.said = said;
        return [
          { said, hasEnded: peer?.hasEnded },
          { said: wanted, hasEnded: true },
        ];
      },
    }));
  }

  freeze(id: number): void {
    const copy = Object.entries(this.#held).map(([name, end]) => [name, { ...end }]);
    this.#saved.set(id, Object.fromEntries(copy));
  }

  /** TCP goes on where nothing has passed; of a local connection nobody knows, and of a death nothing is left. */
  wake(id: number, how: How): void {
    const before = this.#held;
    this.#held = {};
    for (const [name, saved] of Object.entries(this.#saved.get(id) ?? {}) as [Name, End][]) {
      const { talk } = saved;
      const was = Object.values(before).find((end) => end.talk === talk);
      const isAsItWas = saved.said === talk.said.length && saved.heard === talk.heard;
      const isLive = how === 'moved' && name !== 'local' && was && !was.isDead && isAsItWas;
      this.#held[name] = { ...saved, isDead: saved.isDead || !isLive };
    }
    for (const talk of this.#talks) talk.isOpen = this.#open().some((end) => end.talk === talk);
  }

  async look(): Promise<[unknown, unknown]> {
    const wanted = this.#talks.map(({ key, said, isOpen }) => ({ key, said, hasEnded: !isOpen }));
    const seen = () =>
      this.#talks.map((talk) => {
        const peer = this.#peerOf(talk);
        return { key: talk.key, said: peer?.received, hasEnded: peer?.hasEnded };
      });
    await settled(() => JSON.stringify(seen()) === JSON.stringify(wanted));
    return [seen(), wanted];
  }

  async end(): Promise<[unknown, unknown]> {
    for (const talk of this.#talks) talk.isOpen = false;
    return await this.look();
  }

  #dial(name: Name, number: number): Act {
    const key = `[${name} ${number}]`;
    const where = name === 'local' ? JSON.stringify(this.#local) : `("${HOST}", ${this.#port})`;
    return {
      words: `dial ${key}`,
      code: `do_dial("${name}", ${where}, "${key}")`,
      play: () => {
        const talk = { key, said: key, heard: 0, sent: '', hasPeerEnded: false, isOpen: true };
        this.#talks.push(talk);
        this.#held[name] = { talk, said: key.length, heard: 0, isDead: false };
        return 'ok';
      },
    };
  }

  #actsOf(name: Name, end: End, number: number): Act[] {
    const { talk } = end;
    const unread = talk.sent.length - talk.heard;
    const size = 1 + (number % Math.max(unread, 1));
    const text = `(${number} from the session)`;
    const say = {
      words: `say ${text} to ${name}`,
      code: `do_say("${name}", "${text}")`,
      play: () => {
        if (end.isDead) return this.#gone(name);
        talk.said += text;
        end.said = talk.said.length;
        return 'ok';
      },
    };
    const hear = {
      words: `hear ${size} from ${name}`,
      code: `do_hear("${name}", ${size})`,
      play: () => {
        if (end.isDead || unread === 0) return this.#gone(name);
        talk.heard += size;
        end.heard = talk.heard;
        return talk.sent.slice(talk.heard - size, talk.heard);
      },
    };
    const hangUp = {
      words: `hang up ${name}`,
      code: `do_hang_up("${name}", "ok")`,
      play: () => {
        this.#gone(name);
        return 'ok';
      },
    };
    const canHear = end.isDead || unread > 0 || talk.hasPeerEnded;
    return [say, ...(canHear ? [hear] : []), hangUp];
  }

  #gone(name: Name): string {
    const end = this.#held[name];
    if (end && !end.isDead) end.talk.isOpen = false;
    delete this.#held[name];
    return 'gone';
  }

  #open(): { name: Name; talk: Conversation }[] {
    return NAMES.flatMap((name) => {
      const end = this.#held[name];
      return end && !end.isDead ? [{ name, talk: end.talk }] : [];
    });
  }

  #peerOf({ key }: Conversation): Peer | undefined {
    return this.#peers.find(({ received }) => received.startsWith(key));
  }

  #serve(): Server {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#peers.push(new Peer(socket)));
    onTestFinished(() => {
      for (const peer of this.#peers) peer.destroy();
      server.close();
    });
    return server;
  }
}

/** The begin of what a program says that counts for ever. */
function sequence(length: number): string {
  const count = Math.ceil(length / DIGITS);
  const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(DIGITS, '0'));
  return numbers.join('').slice(0, length);
}
