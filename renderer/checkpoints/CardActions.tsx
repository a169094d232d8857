/** The buttons below what is shown of a checkpoint. */

import { isDamaged } from '../../electron/contract/checkpoints.ts';
import { background } from '../model/background.ts';
import { SmallButton } from '../ui/SmallButton.tsx';
import { beginComparing, endComparing, exportToFile, remove, restore, useCursor } from './card-cursor.ts';
import type { Listed } from './card-groups.ts';
import { useBar } from './restore-bar.ts';

export function CardActions({ listed }: { listed: Listed }) {
  const { id } = listed;
  return (
    <footer className="actions">
      {!isDamaged(listed) && <ActionsOfSound id={id} />}
      <SmallButton
        title="Remove it from the disk, after a question (Delete)"
        onPress={() => background(remove(id), 'deleting a saved session')}
      >
        Delete…
      </SmallButton>
    </footer>
  );
}

function ActionsOfSound({ id }: { id: string }) {
  const why = useBar();
  const isComparing = useCursor(({ compared }) => compared !== null);
  return (
    <>
      <SmallButton
        title="Go on with this session; the states of the one that is open can be gone back to (Enter)"
        why={why}
        primary
        testId="restore"
        onPress={() => restore(id)}
      >
        Restore
      </SmallButton>
      <SmallButton
        title={isComparing ? 'Compare no longer' : 'Compare it with another one, which you choose next'}
        pressed={isComparing}
        onPress={() => (isComparing ? endComparing() : beginComparing(id))}
      >
        Compare
      </SmallButton>
      <SmallButton
        title="Write it into one file, to take it elsewhere"
        onPress={() => background(exportToFile(id), 'exporting a saved session')}
      >
        Export…
      </SmallButton>
    </>
  );
}
