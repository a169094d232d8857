/** What going to a state would change, as lines. */

import { type ReactNode, useMemo } from 'react';
import type { StateRow } from '../../electron/contract/state-news.ts';
import { counted } from '../../electron/wording/counts.ts';
import { type Difference, difference } from './difference.ts';
import { useStates } from './session-states.ts';
import { listWords } from './state-words.ts';

/** Further names are counted. */
const NAMES_SHOWN = 20;

const LINES: readonly {
  kind: 'added' | 'rebound' | 'changed' | 'removed' | 'uncertain';
  sign: string;
  word: string;
}[] = [
  { kind: 'added', sign: '+', word: 'adds' },
  { kind: 'rebound', sign: '~', word: 'rebinds' },
  { kind: 'changed', sign: '~', word: 'changes' },
  { kind: 'removed', sign: '−', word: 'removes' },
  { kind: 'uncertain', sign: '?', word: 'may change' },
];

export function DifferenceList({ row }: { row: StateRow }) {
  const { byId, current } = useStates();
  const found = useMemo(() => difference(byId, current, row.id), [byId, current, row.id]);
  const lines = LINES.filter(({ kind }) => found[kind].length > 0);
  const isNothing = lines.length === 0 && found.more === 0 && !found.isPartial;
  return (
    <>
      <p>{wayWords(found)}</p>
      <dl>
        {lines.map(({ kind, sign, word }) => (
          <Line key={kind} sign={sign} word={word}>
            <span className="code">
              {listWords({ some: found[kind].slice(0, NAMES_SHOWN), count: found[kind].length })}
            </span>
          </Line>
        ))}
        {found.more > 0 && (
          <Line sign="+" word="and">
            {counted(found.more, 'more name')}
          </Line>
        )}
        {found.outside.length > 0 && (
          <Line sign="!" word="not undone">
            {found.outside.join(', ')}
          </Line>
        )}
      </dl>
      {isNothing && <p>No name changes.</p>}
      {found.isPartial && <p>What a run between changed is not known.</p>}
    </>
  );
}

function Line({ sign, word, children }: { sign: string; word: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <span className="sign">{sign}</span> {word}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** `Going there undoes 3 runs and redoes 1 run:`. */
function wayWords({ undone, redone }: Difference): string {
  const parts = [
    undone > 0 && `undoes ${counted(undone, 'run')}`,
    redone > 0 && `redoes ${counted(redone, 'run')}`,
  ];
  return `Going there ${parts.filter(Boolean).join(' and ')}:`;
}
