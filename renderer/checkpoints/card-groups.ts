/** Puts the saved sessions in order: this one first, then the earlier ones by their last checkpoint. */

import type { Card, SavedNews } from '../../electron/contract/checkpoint-news.ts';
import { type Damaged, isDamaged } from '../../electron/contract/checkpoints.ts';

export type Listed = Card | Damaged;

export interface Group {
  session: string;
  isOwn: boolean;
  /** The working directory; `null` where no checkpoint can tell. */
  folder: string | null;
  /** When it was last saved, in milliseconds since 1970. */
  at: number;
  /** The newest first. */
  cards: Listed[];
}

/** Given the newest first, of all sessions. */
export function groupsOf({ cards, session: own }: Pick<SavedNews, 'cards' | 'session'>): Group[] {
  const groups = new Map<string, Group>();
  for (const listed of cards) {
    const { session } = listed;
    const folder = isDamaged(listed) ? null : listed.folder;
    const group = groups.get(session) ?? {
      session,
      isOwn: session === own,
      folder,
      at: listed.at,
      cards: [],
    };
    group.folder ??= folder;
    group.cards.push(listed);
    groups.set(session, group);
  }
  const all = [...groups.values()];
  return [...all.filter(({ isOwn }) => isOwn), ...all.filter(({ isOwn }) => !isOwn)];
}
