/** The commands for when Python has died and the session went back: where it died, and once more. */

import type { ActionContext } from '../actions/action-context.ts';
import { deathStack } from '../messages/death-notes.ts';
import { codeLine } from '../messages/wording.ts';
import type { Command } from './command.ts';

export const DEATH_COMMANDS: readonly Command[] = [
  { name: 'stack', argument: '', summary: 'where Python was when it last died', run: showStack },
  { name: 'again', argument: '', summary: 'run again what was lost with it', run: runAgain },
];

function showStack(context: ActionContext): boolean {
  const { crash } = context;
  if (!crash?.end.stack) {
    throw new Error(crash ? 'Python left no stack when it died.' : 'Python has not died in this session.');
  }
  context.say(deathStack(crash.end));
  return true;
}

async function runAgain(context: ActionContext): Promise<boolean> {
  const { crash } = context;
  if (!crash?.lost) {
    throw new Error('There is no lost run to run again.');
  }
  if ('again' in crash.lost) {
    return crash.lost.again(context);
  }
  const { code, options } = crash.lost;
  context.note(`again: ${codeLine(code, context.columns - 10)}`);
  return (await context.run(code, options)).outcome === 'ok';
}
