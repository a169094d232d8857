/** Where the name of a checkpoint is written: Enter keeps it, Escape does not, an empty one takes it away. */

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Card } from '../../electron/contract/checkpoint-news.ts';
import { background } from '../model/background.ts';
import { call } from '../model/main-bridge.ts';
import { useCursor } from './card-cursor.ts';
import { focusCards } from './card-keys.ts';
import { titleOf } from './card-words.ts';

export function RenameField({ card }: { card: Card }) {
  const field = useRef<HTMLInputElement>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  useEffect(() => field.current?.select(), []);

  async function keep(): Promise<void> {
    const name = field.current?.value.trim() || null;
    const why = name === card.name ? null : await call('renameSaved', card.id, name);
    setComplaint(why);
    if (why === null) close(field.current);
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') background(keep(), 'naming a saved session');
    else if (event.key === 'Escape') close(field.current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="naming">
      <input
        ref={field}
        className="field"
        defaultValue={card.name ?? ''}
        placeholder={titleOf(card)}
        aria-label="Name"
        maxLength={80}
        spellCheck={false}
        onKeyDown={press}
      />
      {complaint !== null && (
        <p className="complaint" role="alert">
          {complaint}
        </p>
      )}
    </div>
  );
}

/** The keyboard goes back to the list, unless it has left the field already. */
function close(field: HTMLElement | null): void {
  if (field === document.activeElement) focusCards();
  useCursor.setState({ naming: false });
}
