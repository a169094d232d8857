/** The sessions of one server, by their names: opened when they are first wanted, saved when the server ends. */

import { retentionBy } from '../../repl/controller/preferences.ts';
import { tellFailure } from '../../supervisor/platform/background.ts';
import type { Settings } from '../../supervisor/platform/settings.ts';
import { openPool, type Pool } from '../../supervisor/pool.ts';
import { newTranscript } from '../../supervisor/runs/transcripts.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { AgentSession } from './agent-session.ts';
import { offerOf, resume } from './saved-session.ts';
import { TranscriptFile } from './transcript-file.ts';

export interface SessionsOptions {
  /** The interpreter's executable. */
  python: string;
  folder: string;
  settings: Settings;
  store: Store;
  /** Whether a session that was saved by an earlier server is gone on with by itself. */
  resume: boolean;
}

export const USUAL_NAME = 'main';
/** As many Pythons as an agent may have at once. */
const MOST_SESSIONS = 16;
/** Wide enough for tables; nobody looks at its rows. */
const COLUMNS = 120;
const ROWS = 40;

export class NamedSessions {
  readonly #options: SessionsOptions;
  readonly #pool: Pool;
  readonly #sessions = new Map<string, Promise<AgentSession>>();
  #isClosed = false;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#pool = poolOf(options);
  }

  get store(): Store {
    return this.#options.store;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** Those that are open. */
  get names(): string[] {
    return [...this.#sessions.keys()];
  }

  has(name: string): boolean {
    return this.#sessions.has(name);
  }

  /** Return the session of this name, opened where it is not; rejects with words where it cannot be. */
  get(name: string): Promise<AgentSession> {
    if (this.#isClosed) {
      throw new Error('The server is ending.');
    }
    const open = this.#sessions.get(name);
    if (open) {
      return open;
    }
    if (this.#sessions.size >= MOST_SESSIONS) {
      throw new Error(
        `${MOST_SESSIONS} sessions are open, which is as many as there may be: ${this.names.join(', ')}.`,
      );
    }
    const session = this.#open(name);
    this.#sessions.set(name, session);
    // What was in the way may be gone by the next time.
    session.catch(() => this.#sessions.delete(name));
    return session;
  }

  /** Save and end all of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const settled = await Promise.allSettled(this.#sessions.values());
    await Promise.all([
      this.#pool.close(),
      ...settled.map((each) => each.status === 'fulfilled' && each.value.close()),
    ]);
  }

  async #open(name: string): Promise<AgentSession> {
    const { settings, store, folder } = this.#options;
    const session = await this.#pool.acquire();
    session.checkpoints.belongTo(name);
    session.on('fault', (error) => tellFailure('in the session', error));
    try {
      const transcript = new TranscriptFile(newTranscript(settings));
      const agent = new AgentSession(name, session, transcript);
      const saved = await store.leftBy(name, folder);
      if (saved) {
        await (this.#options.resume ? resume(agent, saved) : offerOf(agent, store, saved));
      }
      return agent;
    } catch (error) {
      await this.#pool.release(session);
      throw error;
    }
  }
}

/** Sessions that are ready when a name is used first. */
function poolOf({ python, folder, settings, store }: SessionsOptions): Pool {
  return openPool({
    session: {
      python,
      cwd: folder,
      env: environment(),
      columns: COLUMNS,
      rows: ROWS,
      states: retentionBy(settings),
      checkpoints: { store, automatic: settings.checkpoints.automatic },
    },
  });
}

/** Nobody sees colours, turns pages or looks at windows. */
function environment(): NodeJS.ProcessEnv {
  return { MPLBACKEND: 'Agg', ...process.env, NO_COLOR: '1', PAGER: 'cat', GIT_PAGER: 'cat' };
}
