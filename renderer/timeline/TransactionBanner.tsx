/** Says over the console that a transaction is open, with the two ways to end it. */

import { Undo2 } from 'lucide-react';
import { lineTo } from '../../electron/contract/state-tree.ts';
import { counted } from '../../electron/wording/counts.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { keepFocus } from '../ui/focus.ts';
import { useStates } from './session-states.ts';

export function TransactionBanner() {
  const { transactions, byId, current } = useStates();
  const why = useSituation(hindrance);
  const open = transactions.at(-1);
  if (!open) return null;
  const runs = lineTo(byId, current).findIndex(({ id }) => id === open.state);
  return (
    <aside className="transaction" aria-label="Transaction" data-testid="transaction">
      <span className="cut" role="status">
        {transactionWords(open.since, runs, transactions.length)}
      </span>
      <span className="space" />
      <button
        type="button"
        className="button small commit"
        title={why ?? 'Keep what was run in it'}
        disabled={why !== null}
        onMouseDown={keepFocus}
        onClick={() => tell('commit')}
      >
        Commit
      </button>
      <button
        type="button"
        className="button small"
        title={why ?? 'Go back to where it began'}
        disabled={why !== null}
        onMouseDown={keepFocus}
        onClick={() => tell('rollback')}
      >
        <Undo2 size={12} aria-hidden />
        Roll back
      </button>
    </aside>
  );
}

/** `In a transaction since run 12 · 3 runs`. */
export function transactionWords(since: number, runs: number, depth: number): string {
  const count = runs <= 0 ? 'no run yet' : counted(runs, 'run');
  const outer = depth > 1 ? ` · within ${depth === 2 ? 'another' : `${depth - 1} others`}` : '';
  return runs <= 0
    ? `In a transaction · ${count}${outer}`
    : `In a transaction since run ${since} · ${count}${outer}`;
}
