/** The names of a checkpoint, and what is to be known of it before it is restored. */

import { useEffect, useState } from 'react';
import type { Contents } from '../../electron/contract/checkpoint-news.ts';
import { counted } from '../../electron/wording/counts.ts';
import { call } from '../model/main-bridge.ts';
import { useCursor } from './card-cursor.ts';
import { NameList } from './NameList.tsx';

/** Reading goes through the file: not for each card that an arrow key passes. */
const REST_MS = 120;

export function ContentsView({ checkpoint }: { checkpoint: string }) {
  const found = useContents(checkpoint);
  const isAsked = useCursor(({ compared }) => compared === checkpoint);
  if (isAsked) return <p className="hint">Choose the one to compare it with: a click, or ↑ ↓.</p>;
  // Its room is there from the start, so that nothing moves when the names come.
  if (found === null) return <div className="contents" aria-busy />;
  if (typeof found === 'string') return <p className="failed">{found}</p>;
  return <ContentsList contents={found} />;
}

export function ContentsList({ contents }: { contents: Contents }) {
  const { names, more, packages, differences, damage } = contents;
  return (
    <div className="contents">
      {damage !== null && <p className="failed">{damage}</p>}
      {differences.map((difference) => (
        <p key={difference} className="warning">
          {difference}
        </p>
      ))}
      <NameList names={names} />
      {more > 0 && <p>and {counted(more, 'more name')}</p>}
      {packages.length > 0 && (
        <p className="packages">
          Packages: {packages.map(([name, version]) => `${name} ${version}`).join(', ')}
        </p>
      )}
    </div>
  );
}

function useContents(checkpoint: string): Contents | string | null {
  const [found, setFound] = useState<{ checkpoint: string; contents: Contents | string } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const contents = await call('openSaved', checkpoint);
      if (isWanted) setFound({ checkpoint, contents });
    }, REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [checkpoint]);
  return found?.checkpoint === checkpoint ? found.contents : null;
}
