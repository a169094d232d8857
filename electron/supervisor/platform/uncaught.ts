/** The last net of a program: what nobody has caught is logged and told, and the program goes on where it can. */

import { tellFailure } from './background.ts';

export interface NetOptions {
  /** So many in a short time are borne; where there are more, the program is to end. */
  most: number;
  /** End in order. */
  end: () => void;
}

const SHORT_TIME_MS = 10_000;

/** Catch what falls through, from now on. */
export function catchUncaught({ most, end }: NetOptions): void {
  let times: number[] = [];
  const hear = (what: string) => (error: unknown) => {
    tellFailure(what, error);
    const now = performance.now();
    times = [...times.filter((time) => now - time < SHORT_TIME_MS), now];
    if (times.length > most) {
      end();
    }
  };
  process.on('unhandledRejection', hear('in work that nobody waits for'));
  process.on('uncaughtException', hear('where nobody expected it'));
}
