/** Where a name is written: Enter keeps it, Escape does not, an empty one takes it away. */

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { background } from '../model/background.ts';

interface NameFieldProps {
  name: string | null;
  placeholder: string;
  /** Keep another name; resolves with what is wrong with it, or `null`. */
  keep: (name: string | null) => Promise<string | null>;
  /** The field goes; `hadFocus` unless the keyboard has left it already. */
  close: (hadFocus: boolean) => void;
}

export function NameField({ name: before, placeholder, keep, close }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  useEffect(() => field.current?.select(), []);
  const leave = () => close(field.current === document.activeElement);

  async function enter(): Promise<void> {
    const name = field.current?.value.trim() || null;
    const why = name === before ? null : await keep(name);
    setComplaint(why);
    if (why === null) leave();
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') background(enter(), 'naming something');
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="naming">
      <input
        ref={field}
        className="field"
        defaultValue={before ?? ''}
        placeholder={placeholder}
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
