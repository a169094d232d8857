/** Which names differ between two checkpoints. */

import { useEffect, useState } from 'react';
import type { Comparison } from '../../electron/contract/checkpoint-news.ts';
import { counted } from '../../electron/wording/counts.ts';
import { whenText } from '../../electron/wording/times.ts';
import { background } from '../model/background.ts';
import { call } from '../model/main-bridge.ts';
import { useNow } from '../ui/now.ts';
import { titleOf } from './card-words.ts';

const LINES = [
  { kind: 'added', sign: '+', word: 'added' },
  { kind: 'changed', sign: '~', word: 'changed' },
  { kind: 'removed', sign: '−', word: 'removed' },
] as const;

export function ComparisonView({ one, other }: { one: string; other: string }) {
  const found = useComparison(one, other);
  if (found === null) return <div className="contents" aria-busy />;
  if (typeof found === 'string') return <p className="failed">{found}</p>;
  return <ComparisonList comparison={found} />;
}

function ComparisonList({ comparison }: { comparison: Comparison }) {
  const now = useNow();
  const { before, after, difference } = comparison;
  const [from, to] = [before, after].map((card) => `${titleOf(card)} (${whenText(card.at, now)})`);
  const lines = LINES.filter(({ kind }) => difference[kind].length > 0);
  return (
    <div className="contents" data-testid="comparison">
      <p>
        From {from} to {to}:
      </p>
      <dl>
        {lines.map(({ kind, sign, word }) => (
          <div key={kind}>
            <dt>
              <span className="sign">{sign}</span> {word}
            </dt>
            <dd className="code">{difference[kind].join(', ')}</dd>
          </div>
        ))}
      </dl>
      {difference.more > 0 && <p>and {counted(difference.more, 'more name')}</p>}
      {lines.length === 0 && <p>No name is different.</p>}
    </div>
  );
}

function useComparison(one: string, other: string): Comparison | string | null {
  const [found, setFound] = useState<{ key: string; comparison: Comparison | string } | null>(null);
  const key = `${one} ${other}`;
  useEffect(() => {
    let isWanted = true;
    const compared = call('compareSaved', one, other).then((comparison) => {
      if (isWanted) setFound({ key, comparison });
    });
    background(compared, 'comparing two saved sessions');
    return () => {
      isWanted = false;
    };
  }, [one, other, key]);
  return found?.key === key ? found.comparison : null;
}
