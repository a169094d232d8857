/** Where the name of a state is written: Enter keeps it, Escape does not, an empty one takes it away. */

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StateRow } from '../../electron/contract/state-news.ts';
import { background } from '../model/background.ts';
import { call } from '../model/main-bridge.ts';
import { focusList } from './keyboard.ts';
import { useCursor } from './state-cursor.ts';

export function NameField({ row }: { row: StateRow }) {
  const field = useRef<HTMLInputElement>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  useEffect(() => field.current?.select(), []);

  async function keep(): Promise<void> {
    const name = field.current?.value.trim() || null;
    const why = name === row.name ? null : await call('nameState', row.id, name);
    setComplaint(why);
    if (why === null) close(field.current);
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') background(keep(), 'naming a state');
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
        defaultValue={row.name ?? ''}
        placeholder={`Name of state ${row.id}`}
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
  if (field === document.activeElement) focusList();
  useCursor.setState({ naming: false });
}
