/** What did not come back with a restore, and why; and the runs that recreate it. */

import '../checkpoints/names.css';
import type { MissingName, Restored } from '../../electron/contract/checkpoint-news.ts';
import { counted } from '../../electron/wording/counts.ts';
import { keysOf } from '../../electron/wording/keys.ts';
import { aftermathTitle, howWord, rerunWords } from '../checkpoints/card-words.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { SmallButton } from '../ui/SmallButton.tsx';
import { Notice } from './Notice.tsx';

export function RestoreNotice({ restored }: { restored: Restored }) {
  const { missing, more, warnings, runs, script } = restored;
  return (
    <Notice label="What came back" testId="restored">
      <header>
        <p className="title cut">{aftermathTitle(restored)}</p>
        <span className="space" />
        <CloseButton onPress={() => tell('dismissRestored')} />
      </header>
      <div className="contents">
        <ul className="names">
          {missing.map((name) => (
            <Missing key={name.name} name={name} />
          ))}
        </ul>
        {more > 0 && <p>and {counted(more, 'more name')}</p>}
        {warnings.map((warning) => (
          <p key={warning} className="warning">
            {warning}
          </p>
        ))}
        {script !== null && <p>{script}</p>}
      </div>
      {runs.length > 0 && <Rerun runs={runs} />}
    </Notice>
  );
}

function Missing({ name: { name, how, words, run, ...rest } }: { name: MissingName }) {
  return (
    <li className={how}>
      <div className="line">
        <span className="code cut">{name}</span>
        <span className="how">{how === 'unsaved' ? 'not back' : howWord({ ...rest, name, how, words })}</span>
        <span className="why cut" title={words ?? undefined}>
          {words}
        </span>
        <span className="space" />
        {run !== null && <span className="run-number">run {run} makes it again</span>}
      </div>
    </li>
  );
}

function Rerun({ runs }: { runs: readonly number[] }) {
  const why = useSituation(hindrance);
  return (
    <footer>
      <SmallButton
        title={`Run their code once more, in order (${keysOf('rebuild')})`}
        why={why}
        primary
        testId="rerun"
        onPress={() => tell('rebuild')}
      >
        {rerunWords(runs)}
      </SmallButton>
      <span className="hint cut">or {keysOf('rebuild')}</span>
    </footer>
  );
}
