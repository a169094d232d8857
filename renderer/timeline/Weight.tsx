/** The memory that a state's copy holds for itself, read when one stays with it. */

import { useEffect, useState } from 'react';
import { sizeText } from '../../electron/wording/sizes.ts';
import { call } from '../model/main-bridge.ts';

/** Reading walks the copy's memory: not for each row that an arrow key passes. */
const REST_MS = 150;

export function Weight({ state }: { state: number }) {
  const [weight, setWeight] = useState<{ state: number; bytes: number | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const bytes = await call('weighState', state);
      if (isWanted) setWeight({ state, bytes });
    }, REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [state]);
  const bytes = weight?.state === state ? weight.bytes : undefined;
  // Its line is there from the start, so that nothing moves when the number comes.
  return (
    <p>{bytes === null ? '' : `Its copy alone holds ${bytes === undefined ? '…' : sizeText(bytes)}.`}</p>
  );
}
