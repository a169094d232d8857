/** One saved session in the list. */

import { memo } from 'react';
import type { Card } from '../../electron/contract/checkpoint-news.ts';
import { type Damaged, isDamaged } from '../../electron/contract/checkpoints.ts';
import { momentText, whenText } from '../../electron/wording/times.ts';
import { show } from './card-cursor.ts';
import type { Listed } from './card-groups.ts';
import { amountWords, cardWords, changeSigns, lackWords, titleOf } from './card-words.ts';

export interface CardRowProps {
  listed: Listed;
  now: number;
  isActive: boolean;
  /** Whether another is to be compared with it. */
  isCompared: boolean;
}

export const CardRow = memo(function CardRow({ listed, now, isActive, isCompared }: CardRowProps) {
  const words = isDamaged(listed) ? `Cannot be used · ${listed.reason}` : cardWords(listed, now);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard, and tells which card is the active one
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={cardId(listed.id)}
      role="option"
      className={isActive ? 'card active' : 'card'}
      aria-selected={isActive}
      aria-label={words}
      title={`${words}\n${momentText(listed.at)}`}
      data-card={listed.id}
      onClick={() => show(listed.id)}
    >
      {isDamaged(listed) ? (
        <DamagedLines damaged={listed} now={now} />
      ) : (
        <CardLines card={listed} now={now} isCompared={isCompared} />
      )}
    </div>
  );
});

function CardLines({ card, now, isCompared }: { card: Card; now: number; isCompared: boolean }) {
  const lack = lackWords(card);
  return (
    <>
      <div className="line">
        <span className={card.name === null ? 'title automatic cut' : 'title cut'}>{titleOf(card)}</span>
        <span className="space" />
        {isCompared && <span className="compared">to compare</span>}
        <span className="when">{whenText(card.at, now)}</span>
      </div>
      <div className="line">
        <span className="amount cut">{amountWords(card)}</span>
        <span className="space" />
        <span className="signs">{changeSigns(card)}</span>
      </div>
      {lack && <div className="lack cut">{lack}</div>}
    </>
  );
}

function DamagedLines({ damaged, now }: { damaged: Damaged; now: number }) {
  return (
    <>
      <div className="line">
        <span className="title failed cut">✕ Cannot be used</span>
        <span className="space" />
        <span className="when">{whenText(damaged.at, now)}</span>
      </div>
      <div className="lack">{damaged.reason}</div>
    </>
  );
}

export function cardId(checkpoint: string): string {
  return `card-${checkpoint}`;
}
