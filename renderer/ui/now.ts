/** The time, for words such as `12 minutes ago`. */

import { useEffect, useState } from 'react';

const TICK_MS = 30_000;

/** In milliseconds since 1970, updated twice a minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
