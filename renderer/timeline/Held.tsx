/** How many states there are, and what they hold, in the rail's head. */

import { useStates } from './session-states.ts';
import { heldWords } from './state-words.ts';

export function Held() {
  const words = useStates(heldWords);
  const isEmpty = useStates(({ rows }) => rows.length < 2);
  if (isEmpty) return null;
  return (
    <span
      className="held cut"
      title="States that can be gone to, and the memory that they hold beside the live one"
    >
      {words}
    </span>
  );
}
