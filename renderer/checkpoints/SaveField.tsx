/** Where the session is given a name, and saved with Enter. */

import { type FormEvent, useRef } from 'react';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { keepFocus } from '../ui/focus.ts';

export function SaveField() {
  const field = useRef<HTMLInputElement>(null);
  const why = useSituation(hindrance);

  function save(event: FormEvent): void {
    event.preventDefault();
    if (why !== null || !field.current) return;
    tell('saveSession', field.current.value.trim());
    field.current.value = '';
    giveKeyboardBack();
  }

  return (
    <form className="naming" onSubmit={save}>
      <input
        ref={field}
        className="field"
        placeholder="Save this session as…"
        title="Without a name it is called as the last time, or as its folder"
        aria-label="Name of the session"
        maxLength={80}
        spellCheck={false}
      />
      <button
        type="submit"
        className="button small"
        title={why ?? 'Save the session while you go on (Enter)'}
        aria-disabled={why !== null}
        onMouseDown={keepFocus}
      >
        Save
      </button>
    </form>
  );
}
