/** What keys do while history is searched. */

import type { TextBuffer } from './buffer.ts';
import type { Search } from './history-search.ts';
import type { Key } from './keys.ts';

/** What became of a key: whether it has done its work, and whether the search goes on. */
export interface Searched {
  isTaken: boolean;
  isOpen: boolean;
}

/** Press a key; the buffer shows what was found. Keys that are none of the search's end it. */
export function pressInSearch(key: Key, search: Search, buffer: TextBuffer): Searched {
  if (key.name === 'C-g' || key.name === 'C-c') {
    buffer.set(search.draft.text, search.draft.cursor);
    return { isTaken: true, isOpen: false };
  }
  if (!look(key, search)) {
    return { isTaken: key.name === 'Escape', isOpen: false };
  }
  if (search.found) {
    buffer.set(search.found.text, search.found.at);
  }
  return { isTaken: true, isOpen: true };
}

/** Whether the key is one of the search. */
function look(key: Key, search: Search): boolean {
  if (key.name === 'text') {
    search.look(search.query + key.text);
  } else if (key.name === 'Backspace' || key.name === 'C-h') {
    search.look(search.query.slice(0, -1));
  } else if (key.name === 'C-r' || key.name === 'Up') {
    search.older();
  } else if (key.name === 'C-s' || key.name === 'Down') {
    search.newer();
  } else {
    return false;
  }
  return true;
}
