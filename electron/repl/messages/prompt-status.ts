/** The dim line under the prompt that says what is unusual now: an open transaction, another policy, a save. */

import type { Policy, Transaction } from '../../supervisor/session.ts';

/** The words of the line; `null` where all is as ever. */
export function promptStatus(
  transactions: readonly Transaction[],
  policy: Policy,
  saving: string | null,
): string | null {
  const parts = [
    ...(transactions.length > 0 ? [inTransaction(transactions)] : []),
    ...(policy === 'commit_always' ? [] : [`policy ${policy}`]),
    ...(saving ? [saving] : []),
  ];
  return parts.length > 0 ? `· ${parts.join(' · ')}` : null;
}

/** Where the innermost begins, which is the one that a commit or a rollback ends. */
export function inTransaction(transactions: readonly Transaction[]): string {
  const [outermost] = transactions;
  const innermost = transactions.at(-1);
  const words = `in a transaction since run ${innermost?.since}`;
  return innermost === outermost ? words : `${words}, within one since run ${transactions.at(-2)?.since}`;
}
