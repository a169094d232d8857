/** For how long a property is tried: a second in each test run, minutes in `npm run test:all`. */

const SECONDS = Number(process.env.PYREPL3_FUZZ_SECONDS ?? 1);
/** A loaded machine may take its time for the last case. */
const MORE_MS = 60_000;

/** Options for `fc.assert`: as many cases as the time has room for. */
export const UNTIL_TIME_IS_UP = {
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: 1000 * SECONDS,
  endOnFailure: false,
};

export const FUZZ_TIMEOUT_MS = 1000 * SECONDS + MORE_MS;
