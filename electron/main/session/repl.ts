/** Owns the window's session and its console, and starts them again when the user wants another Python. */

import path from 'node:path';
import type { RunRequest, Situation } from '../../contract/bridge.ts';
import type { Chunk, Ready } from '../../contract/messages.ts';
import type { Console, Screen } from '../../repl/controller/console.ts';
import { readPreferences } from '../../repl/controller/preferences.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import { background } from '../../supervisor/platform/background.ts';
import { findInterpreter } from '../../supervisor/platform/interpreter.ts';
import type { Session } from '../../supervisor/session.ts';
import { ownMemory } from '../../supervisor/states/memory-use.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Send } from '../ipc/signals.ts';
import { Feed } from '../output/output-feed.ts';
import { openWindowConsole, openWindowSession } from './opening.ts';
import { Progress } from './progress.ts';
import { lossByRestart, savedWords } from './restart-warning.ts';
import { StateFeed } from './state-feed.ts';

/** A run that goes on so long after an interrupt does not stop; its output is shown again as it comes. */
const HURRY_MS = 1_000;

/** A longer script is named in the console, not shown there. */
const SHOWN_LINES = 12;

/** Enter, and F5 as terminals send it. */
const RESTART_KEYS = ['\r', '\x1b[15~'];

export interface ReplOptions {
  /** The interpreter that was asked for; `null` for the one that is found. */
  python: string | null;
  folder: string;
  columns: number;
  rows: number;
  send: Send;
  /** Where sessions are saved. */
  store: Store;
}

/** Who wants to know of each session that is opened. */
export interface Follower {
  follow(session: Session): void;
}

export class Repl {
  /** The states of the session. */
  readonly stateFeed: StateFeed;
  readonly #folder: string;
  readonly #feed: Feed;
  readonly #screen: Screen & { columns: number; rows: number };
  readonly #progress: Progress;
  readonly #store: Store;
  readonly #followers: Follower[] = [];
  #preferences = readPreferences();
  #python: string | null;
  #session: Session | null = null;
  #console: Console | null = null;
  /** Settles when the Python that was asked for is there, or is known not to come; `null` while none is started. */
  #beginning: Promise<void> | null = null;
  /** How often one was asked for. */
  #asked = 0;
  /** The run after which the session was last saved; `null` before that. */
  #savedRun: number | null = null;
  /** Whether Python has ended as the user wished, so that the console no longer listens. */
  #hasLeft = false;

  constructor({ python, folder, columns, rows, send, store }: ReplOptions) {
    this.#python = python;
    this.#folder = folder;
    this.#store = store;
    const feed = new Feed((bytes) => send('output', bytes));
    this.#feed = feed;
    this.#progress = new Progress({
      folder,
      feed,
      send,
      stepAfter: () => this.#preferences.settings.stop.step,
    });
    this.stateFeed = new StateFeed(send);
    this.#screen = {
      columns,
      rows,
      colours: !process.env.NO_COLOR,
      keepsCursorLine: true,
      write: (data) => feed.write(data),
      onDrain: (listener) => feed.onDrain(listener),
    };
  }

  get situation(): Situation {
    return this.#progress.situation;
  }

  /** What Python said of itself; `null` before it answered. */
  get python(): Ready | null {
    return this.#session?.python ?? null;
  }

  /** Whether the session is saved when its Python goes. */
  get isSavedAtLast(): boolean {
    return this.#preferences.settings.checkpoints.automatic;
  }

  /** Tell of each session that is opened from now on. */
  addFollower(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** Whether a Python lives in which something has run. */
  get holdsNames(): boolean {
    return this.situation.state !== 'ended' && this.situation.run > 0;
  }

  /** What is lost if Python is restarted, in words; `null` where it is nothing. */
  get lossByRestart(): string | null {
    const loss = this.holdsNames && this.#session ? lossByRestart(this.#session) : null;
    return loss && this.#savedRun !== null ? `${loss} ${savedWords(this.#savedRun)}` : loss;
  }

  /**
   * Start a Python, in the place of the one before where there is one. Of several that are asked for at once the last is
   * started; all resolve when that is there, or is known not to come.
   */
  async begin(python = this.#python): Promise<void> {
    this.#python = python;
    this.#hasLeft = false;
    this.#progress.start(python);
    this.#asked += 1;
    this.#beginning = this.#replace(python, this.#asked, this.#beginning);
    let awaited: Promise<void> | null;
    do {
      awaited = this.#beginning;
      await awaited;
    } while (awaited !== this.#beginning);
    this.#beginning = null;
  }

  /** Open a session when the one before is closed, unless another has been asked for until then. */
  async #replace(python: string | null, asked: number, before: Promise<void> | null): Promise<void> {
    // One that is just being started ends by this.
    await this.close();
    await before;
    const isLast = () => asked === this.#asked;
    if (!isLast()) return;
    try {
      await this.#open(findInterpreter(python ?? undefined));
    } catch (error) {
      // Told first: what is left of a Python that did not start may take its time to go.
      if (isLast()) this.#progress.fail(wordsOf(error));
      await this.close();
    }
  }

  async #open(python: string): Promise<void> {
    this.#progress.start(python);
    this.#preferences = readPreferences();
    const [folder, screen, preferences, store] = [this.#folder, this.#screen, this.#preferences, this.#store];
    const options = { python, folder, screen, preferences, store };
    const session = openWindowSession(options);
    this.#session = session;
    for (const follower of this.#followers) follower.follow(session);
    this.#progress.follow(session);
    this.#savedRun = null;
    session.checkpoints.on('saved', ({ run }) => {
      this.#savedRun = run;
    });
    this.stateFeed.follow(session);
    const console = openWindowConsole(session, options);
    this.#console = console;
    console.on('leave', () => this.#offerRestart());
    await session.whenReady();
  }

  /** The page is there and listens. */
  show(): void {
    this.#feed.begin();
  }

  shown(bytes: number): void {
    this.#feed.shown(bytes);
  }

  resize(columns: number, rows: number): void {
    this.#screen.columns = columns;
    this.#screen.rows = rows;
    this.#console?.resized();
  }

  type(keys: string): void {
    if (this.#hasLeft && RESTART_KEYS.some((key) => keys.includes(key)))
      background(this.restart(), 'restarting Python');
    else this.#console?.type(keys);
  }

  run(request: RunRequest): void {
    const work = this.situation.state === 'ended' ? this.#restartAndRun(request) : this.#run(request);
    background(work, 'running code of the editor');
  }

  /** Another console may be there then, or none where no Python starts: the page says why. */
  async #restartAndRun(request: RunRequest): Promise<void> {
    await this.restart();
    await this.#run(request);
  }

  /** What becomes of it is told in the console. */
  async #run({ code, path: file, line, whole }: RunRequest): Promise<void> {
    const name = file === null ? 'the script' : path.basename(file);
    if (!this.#console) await this.#beginning;
    if (!this.#console) {
      this.#say(`there is no Python, so ${whole ? name : 'this'} was not run`);
      return;
    }
    // While a run goes on this one waits, and is shown in full when its turn comes.
    const isNamed = whole && this.situation.state === 'idle' && code.split('\n').length > SHOWN_LINES;
    const ran = this.#console.run(code, { line, show: !isNamed, ...(file !== null && { file }) });
    if (isNamed) this.#say(`running ${name}`);
    await ran;
  }

  async split(code: string): Promise<Chunk[] | null> {
    if (this.#session?.status.kind !== 'idle') return null;
    return (await this.#session.split(code)).chunks;
  }

  // The console does what follows, and says what became of it.

  undo(): void {
    this.#atRest((console) => console.undo());
  }

  redo(): void {
    this.#atRest((console) => console.redo());
  }

  goTo(state: number): void {
    this.#atRest((console) => console.goTo(state));
  }

  beginTransaction(): void {
    this.#atRest((console) => console.begin());
  }

  commit(): void {
    this.#atRest((console) => console.commit());
  }

  rollback(): void {
    this.#atRest((console) => console.rollback());
  }

  /** Save the session by this name; `null` is the one that it has, or its folder's. */
  save(name: string | null): void {
    this.#atRest((console) => console.save(name));
  }

  /** Bring the checkpoint with this id back in the place of the session. */
  restore(id: string): void {
    this.#atRest((console) => console.restore({ id }));
  }

  rebuild(): void {
    this.#atRest((console) => console.rebuild());
  }

  /** Name a state; why that cannot be, in words, or `null`. */
  async nameState(state: number, name: string | null): Promise<string | null> {
    try {
      await this.#session?.name(name, state);
      return null;
    } catch (error) {
      return wordsOf(error);
    }
  }

  async weighState(state: number): Promise<number | null> {
    const pid = this.#session?.states.find(({ id }) => id === state)?.pid ?? null;
    return pid === null ? null : ownMemory(pid);
  }

  cancelSave(): void {
    this.#session?.checkpoints.now?.cancel();
  }

  stop(): void {
    const kind = this.#session?.status.kind;
    if (kind === 'saving') this.#session?.interrupt();
    if (kind !== 'running' && kind !== 'asking') return;
    if (this.#progress.press() === 'kill') {
      this.#session?.kill();
      return;
    }
    this.#feed.hurry();
    setTimeout(() => this.#feed.calm(), HURRY_MS);
    this.#console?.interrupt();
  }

  /** While a run goes on it would wait for its end, and then meet another state than the user saw. */
  #atRest(work: (console: Console) => Promise<boolean>): void {
    const kind = this.#session?.status.kind;
    const isOver = kind === undefined || kind === 'ended';
    const isBusy = kind === 'running' || kind === 'asking' || kind === 'saving';
    if (this.#console && !isOver && !isBusy)
      background(work(this.#console), 'doing what a button stands for');
  }

  /** Restart Python; what is being started already is that restart. */
  async restart(): Promise<void> {
    this.#hasLeft = false;
    if (this.#beginning) await this.#beginning;
    else if (this.#console && !this.situation.unstarted) await this.#console.restart();
    else await this.begin();
  }

  /** End the session, which is saved first; its states are shown until then. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#detach();
    await session?.close();
    if (this.#session === null) this.stateFeed.follow(null);
  }

  /** Hear no more of the session. */
  #detach(): void {
    this.#console?.close();
    this.#console = null;
    this.#session?.removeAllListeners();
    this.#session = null;
  }

  /** The user ended Python, by `exit()` or Ctrl-D; the window stays, with another Python one key away. */
  #offerRestart(): void {
    const { state, reason, unstarted } = this.situation;
    if (state !== 'ended' || unstarted) return;
    this.#hasLeft = true;
    this.#say(`${reason} · Enter starts it again`);
  }

  /** Say what has failed in the program itself, where no console is open to say it. */
  complain(words: string): void {
    this.#feed.write(`✕ ${words}\r\n`);
  }

  #say(words: string): void {
    this.#feed.write(`\x1b[90m· ${words}\x1b[m\r\n`);
  }
}
