/** Follows a session: tells the window how it stands, and marks its runs in the console's stream. */

import type { Situation } from '../../contract/bridge.ts';
import { writeMark } from '../../contract/marks.ts';
import type { Outcome, Session, Status } from '../../supervisor/session.ts';
import type { Send } from '../ipc/signals.ts';
import type { Feed } from '../output/output-feed.ts';
import { lossByKill } from './restart-warning.ts';
import { outcomeWords } from './run-outcome.ts';
import { identify, shorten } from './situation.ts';
import { StopButton } from './stop-button.ts';

/** Most ways to another state are shorter than this: a word that is gone at once would only flash. */
const MOVING_AFTER_MS = 100;

export interface ProgressParts {
  folder: string;
  feed: Feed;
  send: Send;
  /** How long a press of the stop button keeps its meaning, in milliseconds. */
  stepAfter: () => number;
}

export class Progress {
  readonly #feed: Feed;
  readonly #send: Send;
  readonly #stopButton: StopButton;
  #moving: NodeJS.Timeout | undefined;
  #situation: Situation;

  constructor({ folder, feed, send, stepAfter }: ProgressParts) {
    this.#feed = feed;
    this.#send = send;
    this.#stopButton = new StopButton(() => this.#change({}), stepAfter);
    this.#situation = {
      state: 'starting',
      run: 0,
      since: null,
      seconds: null,
      obstacle: null,
      loss: null,
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
    return this.#stopButton.press();
  }

  #tell(status: Status, session: Session): void {
    clearTimeout(this.#moving);
    const { python } = session;
    switch (status.kind) {
      case 'starting':
        return this.#rest({ state: 'starting', run: 0, seconds: null, reason: null });
      // How far a restore is stands among the checkpoints; what is asked for meanwhile waits.
      case 'restoring':
      case 'idle':
        return this.#rest({ state: 'idle', unstarted: false, ...(python && identify(python)) });
      case 'running':
        return this.#run(status, session);
      case 'asking':
        return this.#change({ state: 'asking', since: this.#situation.since ?? Date.now() });
      case 'saving':
        return this.#rest({ state: 'saving' });
      case 'moving':
        this.#moving = setTimeout(() => this.#rest({ state: 'moving' }), MOVING_AFTER_MS);
        return undefined;
      case 'ended':
        return this.#rest({ state: 'ended', reason: status.end.words });
    }
  }

  /** A run has begun, or goes on after a question, or more has become known of it. */
  #run({ run, obstacle }: Status & { kind: 'running' }, session: Session): void {
    const known = this.#situation.since !== null && this.#situation.run === run;
    if (!known) this.#feed.write(writeMark({ kind: 'begin', run, prompt: session.prompts.ps1 }));
    const since = known ? this.#situation.since : Date.now();
    this.#change({ state: 'running', run, since, seconds: null, obstacle, loss: lossByKill(session) });
  }

  #tellOutcome(outcome: Outcome): void {
    const { run, seconds } = outcome;
    const fine = outcome.outcome === 'ok' || outcome.outcome === 'exiting';
    this.#feed.write(writeMark({ kind: 'end', run, fine, words: outcomeWords(outcome) }));
    this.#change({ seconds });
  }

  /** Nothing runs any more. */
  #rest(changes: Partial<Situation>): void {
    this.#stopButton.reset();
    this.#feed.calm();
    this.#change({ ...changes, since: null, obstacle: null, loss: null });
  }

  #change(changes: Partial<Situation>): void {
    this.#situation = { ...this.#situation, ...changes, stop: this.#stopButton.step };
    this.#send('situation', this.#situation);
  }
}
