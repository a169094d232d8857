/** Gives Python one run after the other, and decides what becomes of what each did. */

import type { Done } from '../../contract/messages.ts';
import { isWhole } from '../../contract/state-tree.ts';
import { background } from '../platform/background.ts';
import { describeEnd } from '../runs/ends.ts';
import { POLICIES } from '../runs/policies.ts';
import type { Outcome, Runs } from '../runs/runs.ts';
import type { Transcript } from '../runs/transcript.ts';
import type { Turn } from './gate.ts';
import { type SessionState, UNKNOWN_END } from './session-state.ts';

type Next = NonNullable<ReturnType<Runs['next']>>;

/** A run that was told to die may take so long to begin. */
const KILL_AFTER_MS = 1000;

export class RunScheduler {
  readonly #core: SessionState;
  readonly #transcript: Transcript | undefined;
  /** The state that the current run leads to. */
  #destination = 0;

  constructor(core: SessionState, transcript: Transcript | undefined) {
    this.#core = core;
    this.#transcript = transcript;
  }

  /** Begin with the next run, where one waits and Python is free. */
  next(): void {
    const { phase, runs, prompts, timeline, writers, gate } = this.#core;
    const owner = gate.runsOf;
    const isReady = phase.hasPython && !writers.isLiveWriting && owner !== undefined;
    const next = isReady ? runs.next(owner) : undefined;
    if (!next) {
      return;
    }
    if (next.request.style !== 'exit') {
      this.#transcript?.run(next.request.code, prompts);
    }
    if (next.policy === 'commit_always' || isWhole(timeline.states.current)) {
      this.#send(next);
    } else {
      background(this.#sendSafely(next), 'beginning a run');
    }
  }

  /** A run that may be rolled back needs a copy of the state before it. */
  async #sendSafely(next: Next): Promise<void> {
    const { runs, phase, timeline } = this.#core;
    phase.settle();
    const state = await timeline.keep();
    if (runs.current?.request.id !== next.request.id) {
      return; // Python has died meanwhile, and the run with it.
    }
    if (isWhole(state)) {
      this.#send(next);
    } else {
      const why = `The run was not begun, as it could not be rolled back: ${state.reason}.`;
      this.#finish(runs.refuse(why));
    }
  }

  #send({ request, policy }: Next): void {
    const { timeline, phase, connection } = this.#core;
    if (policy === 'explicit') {
      timeline.transactions.begin({ state: timeline.states.current.id, since: request.id });
    }
    this.#destination = timeline.states.next();
    phase.settle();
    connection.host.send({
      ...request,
      state: this.#isKept || policy !== 'commit_always' ? this.#destination : null,
      keep: this.#isKept ? POLICIES[policy].keep : 'never',
    });
  }

  get #isKept(): boolean {
    return this.#core.keepsEveryRun && this.#core.hasStates;
  }

  /** Python has begun with the run: send the signal that was wanted meanwhile. */
  started(): void {
    const wanted = this.#core.runs.started();
    if (wanted === 'SIGKILL') {
      this.#kill();
    } else if (wanted) {
      this.#core.connection.host.signal(wanted);
    }
  }

  interrupt(): void {
    const { runs, connection } = this.#core;
    if (runs.current) {
      // What is printed must be read for the run to come to its end.
      connection.host.resume();
    }
    if (runs.interrupt()) {
      connection.host.signal('SIGINT');
    }
  }

  kill(): void {
    const { runs, connection } = this.#core;
    connection.host.resume();
    if (runs.kill()) {
      this.#kill();
      return;
    }
    const { current } = runs;
    // It has not even begun: perhaps Python hangs while it keeps the run before.
    setTimeout(() => current === runs.current && !current?.hasStarted && this.#kill(), KILL_AFTER_MS);
  }

  #kill(): void {
    if (this.#core.timeline.isJustWaking) {
      return; // What was to be killed is dead already; this would cost the state that takes its place.
    }
    this.#core.phase.expectEnd('kill');
    this.#core.connection.host.signal('SIGKILL');
  }

  /** The run that goes on is over. */
  done(done: Done): void {
    const { runs, timeline, phase } = this.#core;
    if (runs.current?.request.id !== done.id) {
      return; // It was ended by a restart, as it came to its end.
    }
    this.#core.prompts = { ps1: done.ps1, ps2: done.ps2 };
    if (done.outcome === 'exiting') {
      phase.expectEnd('exit');
      runs.exiting(done);
      return;
    }
    const { policy, request } = runs.current;
    const { keep, isDropped } = POLICIES[policy];
    if (isDropped(done.outcome)) {
      this.#drop(done);
      return;
    }
    const { id: parent } = timeline.states.current;
    this.#core.runLog.arrive({ state: this.#destination, parent, request, done });
    timeline.arrive({
      id: this.#destination,
      code: request.code,
      done,
      isCopied: this.#isKept && (keep === 'always' || done.outcome === 'ok'),
    });
    this.#finish(runs.finish(done, true));
  }

  /** Drop what a run did: go back to the state that it began in. */
  #drop(done: Done): void {
    const { gate, timeline, phase, runs } = this.#core;
    const work = async (turn: Turn) => {
      const { states } = timeline;
      if (runs.current?.request.id !== done.id) {
        return; // A restart has ended it.
      }
      phase.depart(states.current.id);
      const returned = await timeline.recover(() => states.nearest(states.current.id));
      if (!returned) {
        this.#core.end(describeEnd(UNKNOWN_END, false));
        return;
      }
      this.#core.arrive(returned);
      turn.leave();
      this.#finish(runs.finish(done, false));
    };
    // Refused only where the session is being closed, which ends the run.
    gate.exclusive('drop', work).catch(() => undefined);
  }

  /** Tell what became of a run, and go on with the next. */
  #finish(over: [Outcome, () => void]): void {
    const { runs, phase } = this.#core;
    if (!runs.areWaiting || phase.is('moving')) {
      phase.settle();
    }
    this.#core.tell([over]);
    this.next();
  }
}
