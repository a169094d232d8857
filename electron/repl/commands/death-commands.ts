/** The commands for when Python has died and the session went back: where it died, and once more. */

import { deathStack } from '../messages/death-notes.ts';
import { firstLine } from '../messages/wording.ts';
import type { Command, Place } from './command-context.ts';

export const DEATH_COMMANDS: readonly Command[] = [
  { name: 'stack', argument: '', summary: 'where Python was when it last died', run: showStack },
  { name: 'again', argument: '', summary: 'run again what was lost with it', run: runAgain },
];

function showStack(place: Place): boolean {
  const { loss } = place;
  if (!loss?.end.stack) {
    throw new Error(loss ? 'Python left no stack when it died.' : 'Python has not died in this session.');
  }
  place.say(deathStack(loss.end));
  return true;
}

async function runAgain(place: Place): Promise<boolean> {
  const { loss } = place;
  if (!loss?.lost) {
    throw new Error('There is no lost run to run again.');
  }
  const { code, options } = loss.lost;
  if (code.startsWith('%')) {
    return place.command(code);
  }
  place.note(`again: ${firstLine(code, place.columns - 10)}`);
  return (await place.run(code, options)).outcome === 'ok';
}
