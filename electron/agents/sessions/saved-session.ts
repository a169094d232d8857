/** What an earlier server has saved by a session's name: told at the first call, or gone on with. */

import type { Checkpoint, Restoration, SavedName } from '../../contract/checkpoints.ts';
import { missingLines, namesIn, restoredWords } from '../../repl/messages/checkpoint-notes.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { listed } from '../../wording/counts.ts';
import { plain, shortened } from '../../wording/plain-text.ts';
import { agoText } from '../../wording/times.ts';
import type { AgentSession } from './agent-session.ts';

/** So many names that would not come back are told. */
const MOST_NAMES = 8;
const REASON_CHARACTERS = 100;

/** Say with the first answer that there is a saved session, and how to go on with it. */
export async function offerOf(agent: AgentSession, store: Store, checkpoint: Checkpoint): Promise<void> {
  const { name } = agent;
  const when = agoText(checkpoint.at, Date.now());
  agent.remark(
    `An earlier session ${name} was saved ${when} with ${namesIn(checkpoint)}. This one is new and empty; ` +
      `the tool restore with checkpoint "${checkpoint.id}" goes on with the earlier one.`,
    ...(await lacking(store, checkpoint)),
  );
}

/** Go on with it; where it cannot be brought back the session is new, and says why. */
export async function resume(agent: AgentSession, { id }: Checkpoint): Promise<void> {
  try {
    agent.remark(...restorationLines(await agent.session.checkpoints.restore({ id })));
  } catch (error) {
    agent.remark((error as Error).message);
  }
}

/** That it is back, and what of it is not. */
export function restorationLines(restoration: Restoration): string[] {
  const { warnings } = restoration;
  return [
    restoredWords(restoration, Date.now()),
    ...missingLines(restoration),
    ...warnings.map(({ text }) => text),
  ];
}

async function lacking(store: Store, { id, counts }: Checkpoint): Promise<string[]> {
  if (counts.unsaved + counts.partly === 0) {
    return [];
  }
  // A damaged manifest is told of by the restore.
  const names = await store.manifest(id).then(
    (manifest) => manifest.names,
    () => [],
  );
  const missing = names.filter(({ how }) => how === 'unsaved' || how === 'partly').map(reasoned);
  return missing.length === 0
    ? []
    : [`Would not come back: ${listed(missing.slice(0, MOST_NAMES), missing.length)}.`];
}

function reasoned({ name, how, reason, holes, type }: SavedName): string {
  const why = shortened(plain(reason ?? holes[0]?.reason ?? type), REASON_CHARACTERS);
  return `${plain(name)} (${how === 'partly' ? `in part: ${why}` : why})`;
}
