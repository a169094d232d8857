/** Undo and redo of runs; the tooltip says which run that is, or why it cannot be. */

import { Redo2, Undo2 } from 'lucide-react';
import { isReachable } from '../../electron/contract/state-tree.ts';
import { keysOf } from '../../electron/wording/keys.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { useStates } from '../timeline/session-states.ts';
import { redoWay, undoWay, type Way } from '../timeline/ways.ts';
import { Button } from '../ui/Button.tsx';

export function UndoButtons() {
  const states = useStates();
  const why = useSituation(hindrance);
  const enabled = ({ target }: Way) => why === null && target !== null && isReachable(target);
  const title = ({ words }: Way, keys: string) => why ?? `${words} (${keys})`;
  const [undo, redo] = [undoWay(states), redoWay(states)];
  return (
    <>
      <Button
        label="Undo"
        title={title(undo, keysOf('undo'))}
        enabled={enabled(undo)}
        testId="undo"
        onPress={() => tell('undo')}
      >
        <Undo2 size={14} aria-hidden />
      </Button>
      <Button
        label="Redo"
        title={title(redo, keysOf('redo'))}
        enabled={enabled(redo)}
        testId="redo"
        onPress={() => tell('redo')}
      >
        <Redo2 size={14} aria-hidden />
      </Button>
    </>
  );
}
