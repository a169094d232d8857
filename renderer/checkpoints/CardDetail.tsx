/** What is known of the checkpoint that is looked at, and what can be done with it. */

import '../app/detail.css';
import { Pencil } from 'lucide-react';
import type { Card } from '../../electron/contract/checkpoint-news.ts';
import { isDamaged } from '../../electron/contract/checkpoints.ts';
import { whenText } from '../../electron/wording/times.ts';
import { call } from '../model/main-bridge.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { keepFocus } from '../ui/focus.ts';
import { NameField } from '../ui/NameField.tsx';
import { useNow } from '../ui/now.ts';
import { CardActions } from './CardActions.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { ContentsView } from './ContentsView.tsx';
import { beginNaming, putAway, useCursor } from './card-cursor.ts';
import type { Listed } from './card-groups.ts';
import { focusCards } from './card-keys.ts';
import { titleOf } from './card-words.ts';
import { useSaved } from './saved-sessions.ts';

export function CardDetail() {
  const { active, shown, naming, compared } = useCursor();
  const listed = useSaved(({ cards }) => cards.find(({ id }) => id === active));
  if (!shown || !listed) return null;
  return (
    <section className="detail" aria-label="Saved session" data-testid="checkpoint">
      {naming && !isDamaged(listed) ? <Naming card={listed} /> : <Heading listed={listed} />}
      {compared !== null && compared !== listed.id ? (
        <ComparisonView one={compared} other={listed.id} />
      ) : (
        <About listed={listed} />
      )}
      <CardActions listed={listed} />
    </section>
  );
}

function Naming({ card }: { card: Card }) {
  return (
    <NameField
      name={card.name}
      placeholder={titleOf(card)}
      keep={(name) => call('renameSaved', card.id, name)}
      close={(hadFocus) => {
        if (hadFocus) focusCards();
        useCursor.setState({ naming: false });
      }}
    />
  );
}

function Heading({ listed }: { listed: Listed }) {
  return (
    <header>
      <h3 className="cut">{isDamaged(listed) ? 'Cannot be used' : titleOf(listed)}</h3>
      <span className="space" />
      {!isDamaged(listed) && (
        <button
          type="button"
          className="button small"
          title={`${listed.name === null ? 'Give it a name; it is then kept until you delete it' : 'Give it another name'} (F2)`}
          onMouseDown={keepFocus}
          onClick={() => beginNaming(listed.id)}
        >
          <Pencil size={12} aria-hidden />
          {listed.name === null ? 'Name' : 'Rename'}
        </button>
      )}
      <CloseButton title="Close (Escape)" onPress={putAway} />
    </header>
  );
}

function About({ listed }: { listed: Listed }) {
  if (isDamaged(listed)) return <p className="reason">{listed.reason}</p>;
  return (
    <>
      <Origin card={listed} />
      <ContentsView checkpoint={listed.id} />
    </>
  );
}

/** When and where it was made, and after what. */
export function Origin({ card }: { card: Card }) {
  const now = useNow();
  const { at, run, python, folder, lastRun } = card;
  const after = run === 0 ? 'before the first run' : `after run ${run}`;
  const words = [whenText(at, now), after, `Python ${python}`, folder].join(' · ');
  return (
    <>
      <p className="origin">{words}</p>
      {lastRun !== null && (
        <p className="code cut" title={lastRun}>
          {lastRun}
        </p>
      )}
    </>
  );
}
