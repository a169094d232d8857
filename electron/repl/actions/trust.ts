/** Ask before a checkpoint is opened that was not made here. */

import type { Inspection } from '../../contract/checkpoints.ts';
import { Untrusted } from '../../supervisor/store/store.ts';
import { plain } from '../../wording/plain-text.ts';
import { whenText } from '../../wording/times.ts';
import { namesIn } from '../messages/checkpoint-notes.ts';
import type { ActionContext } from './action-context.ts';

export interface Doubtful<Result> {
  /** Throws `Untrusted` where it was not made here. */
  open(): Promise<Result>;
  /** What it holds, told without loading any of it. */
  inspect(): Promise<Inspection>;
  /** The user has said yes to what was inspected. */
  openAnyway(inspected: Inspection): Promise<Result>;
}

/** Open what may not have been made here; throws where the user does not want it, or cannot be asked. */
export async function openDoubtful<Result>(context: ActionContext, what: Doubtful<Result>): Promise<Result> {
  try {
    return await what.open();
  } catch (error) {
    if (!(error instanceof Untrusted)) {
      throw error;
    }
    const inspected = await what.inspect();
    await convince(context, error, inspected);
    return what.openAnyway(inspected);
  }
}

async function convince(
  context: ActionContext,
  { message }: Untrusted,
  { checkpoint }: Inspection,
): Promise<void> {
  if (!context.canAsk) {
    throw new Error(`${message} Nobody can be asked here; open it once at the prompt.`);
  }
  const { at, python, platform } = checkpoint;
  context.fail(message);
  context.note(
    `it says of itself: ${whenText(at, Date.now())}, ${namesIn(checkpoint)}, Python ${plain(python)}, ${plain(platform)}`,
  );
  const answer = await context.ask('type yes to open it: ');
  if (answer?.trim().toLowerCase() !== 'yes') {
    throw new Error('It was not opened.');
  }
}
