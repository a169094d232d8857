/** Remembers what the last death of Python cost, where the session outlived it. */

import type { Death, Session, Status } from '../../supervisor/session.ts';
import { runsOf, statesLeft } from '../messages/state-path.ts';
import type { LastLoss, Lost } from './action-context.ts';

export class LastCrash {
  last: LastLoss | null = null;
  readonly #session: Session;
  readonly #tell: (crash: LastLoss) => void;
  #run: Lost | null = null;
  /** The state from which the session was last on its way. */
  #left = 0;

  /** `tell` is called at each death, once it is known where the session is. */
  constructor(session: Session, tell: (crash: LastLoss) => void) {
    this.#session = session;
    this.#tell = tell;
    session.on('status', this.#follow).on('death', this.#remember);
  }

  /** This is run now. */
  begin(run: Lost): void {
    this.#run = run;
  }

  close(): void {
    this.#session.off('status', this.#follow).off('death', this.#remember);
  }

  readonly #follow = (status: Status): void => {
    if (status.kind === 'moving') {
      this.#left = status.state;
    }
  };

  readonly #remember = (death: Death): void => {
    const others = runsOf(statesLeft(this.#session.states, this.#left, death.state.id));
    this.last = { ...death, lost: death.run === null ? null : this.#run, others };
    this.#tell(this.last);
  };
}
