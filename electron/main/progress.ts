/** Follows a session: tells the window how it stands, and marks its runs in the console's stream. */

import type { Situation } from '../contract/bridge.ts';
import { writeMark } from '../contract/marks.ts';
import type { Outcome, Session, Status } from '../supervisor/session.ts';
import type { Feed } from './feed.ts';
import type { Send } from './signals.ts';
import { identify, shorten } from './situation.ts';
import { Stopping } from './stopping.ts';

export interface ProgressParts {
  folder: string;
  feed: Feed;
  send: Send;
}

export class Progress {
  readonly #feed: Feed;
  readonly #send: Send;
  readonly #stopping = new Stopping(() => this.#change({}));
  #situation: Situation;

  constructor({ folder, feed, send }: ProgressParts) {
    this.#feed = feed;
    this.#send = send;
    this.#situation = {
      state: 'starting',
      run: 0,
      since: null,
      seconds: null,
      reason: null,
      unstarted: true,
      stop: 'interrupt',
      python: null,
      environment: null,
      executable: null,
      folder: shorten(folder),
    };
  }

  get situation(): Situation {
    return this.#situation;
  }

  /** A Python is about to be started; `null` while it is not known which. */
  start(executable: string | null): void {
    const nothing = { run: 0, since: null, seconds: null, reason: null, python: null, environment: null };
    this.#change({ ...nothing, state: 'starting', unstarted: true, executable });
  }

  follow(session: Session): void {
    session.on('status', (status) => this.#tell(status, session));
    session.on('outcome', (outcome) => this.#tellOutcome(outcome));
  }

  /** There is no Python, and why. */
  fail(reason: string): void {
    this.#change({ state: 'ended', unstarted: true, since: null, reason });
  }

  /** The stop button was pressed: say what is to be done. */
  press(): Situation['stop'] {
    return this.#stopping.press();
  }

  #tell(status: Status, { python, prompts }: Session): void {
    const since = this.#situation.since ?? Date.now();
    switch (status.kind) {
      case 'starting':
        return this.#rest({ state: 'starting', run: 0, seconds: null, reason: null });
      case 'idle':
        return this.#rest({ state: 'idle', unstarted: false, ...(python && identify(python)) });
      case 'running':
        if (this.#situation.since === null) {
          this.#feed.write(writeMark({ kind: 'begin', run: status.run, prompt: prompts.ps1 }));
        }
        return this.#change({ state: 'running', run: status.run, since, seconds: null });
      case 'asking':
        return this.#change({ state: 'asking', since });
      case 'ended':
        return this.#rest({ state: 'ended', reason: status.end.words });
    }
  }

  #tellOutcome(outcome: Outcome): void {
    const { run, seconds } = outcome;
    const fine = outcome.outcome === 'ok' || outcome.outcome === 'exiting';
    this.#feed.write(writeMark({ kind: 'end', run, fine, words: outcomeWords(outcome) }));
    this.#change({ seconds });
  }

  /** Nothing runs any more. */
  #rest(changes: Partial<Situation>): void {
    this.#stopping.reset();
    this.#feed.calm();
    this.#change({ ...changes, since: null });
  }

  #change(changes: Partial<Situation>): void {
    this.#situation = { ...this.#situation, ...changes, stop: this.#stopping.step };
    this.#send('situation', this.#situation);
  }
}

/** `Run 12 raised ValueError after 3.2 s`. */
function outcomeWords({ run, outcome, failure, seconds }: Outcome): string {
  const how = {
    ok: '',
    exiting: 'ended Python',
    raised: '',
    interrupted: 'was interrupted',
    died: 'ended with Python',
  };
  const what = outcome === 'raised' ? `raised ${failure?.type ?? 'an exception'}` : how[outcome];
  const when = seconds === null ? '' : `after ${seconds.toFixed(1)} s`;
  return ['Run', run, what, when].filter(Boolean).join(' ');
}
