/** A clock for the run that goes on. */

import { useEffect, useState } from 'react';

/** The clock shows tenths of a second in the first minute. */
const TICK_MS = 100;

/** Seconds since that moment; `null` without one. */
export function useElapsed(since: number | null): number | null {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [since]);
  return since === null ? null : Math.max(0, now - since) / 1000;
}
