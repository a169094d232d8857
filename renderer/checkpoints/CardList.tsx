/** The list of saved sessions, a group for each session. */

import './cards.css';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { whenText } from '../../electron/wording/times.ts';
import { useNow } from '../ui/now.ts';
import { CardRow, cardId } from './CardRow.tsx';
import { listed, look, useCursor } from './card-cursor.ts';
import { type Group, groupsOf } from './card-groups.ts';
import { pressKey } from './card-keys.ts';
import { useSaved } from './saved-sessions.ts';

export function CardList() {
  const { cards, session } = useSaved();
  const { active, compared, shown } = useCursor();
  const groups = useMemo(() => groupsOf({ cards, session }), [cards, session]);
  const now = useNow();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown of a card takes room from the list
  useLayoutEffect(() => {
    if (active) list.current?.querySelector(`[id="${cardId(active)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active, shown]);
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className="cards"
      aria-label="Saved sessions"
      aria-activedescendant={active === null ? undefined : cardId(active)}
      data-testid="cards"
      onFocus={() => active === null && look(listed()[0]?.id ?? null)}
      onKeyDown={pressKey}
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
        <div key={group.session} role="group" aria-label={groupWords(group, now)}>
          <p className="group" aria-hidden>
            <span className="cut">{folderWords(group)}</span>
            {!group.isOwn && <span className="when">· {whenText(group.at, now)}</span>}
          </p>
          {group.cards.map((card) => (
            <CardRow
              key={card.id}
              listed={card}
              now={now}
              isActive={card.id === active}
              isCompared={card.id === compared}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** `This session`, or where an earlier one was. */
function folderWords({ isOwn, folder }: Group): string {
  return isOwn ? 'This session' : (folder ?? 'A session');
}

function groupWords(group: Group, now: number): string {
  return group.isOwn ? folderWords(group) : `${folderWords(group)} · ${whenText(group.at, now)}`;
}
