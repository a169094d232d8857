/** What is inside a file that was opened, and the question whether to load it. */

import type { ForeignAnswer, ForeignFile } from '../../electron/contract/checkpoint-news.ts';
import { Origin } from '../checkpoints/CardDetail.tsx';
import { ContentsList } from '../checkpoints/ContentsView.tsx';
import { amountWords, guestWords, lackWords } from '../checkpoints/card-words.ts';
import { useBar } from '../checkpoints/restore-bar.ts';
import { focusTerminal } from '../console/xterm.ts';
import { tell } from '../model/main-bridge.ts';
import { SmallButton } from '../ui/SmallButton.tsx';
import { Notice } from './Notice.tsx';

export function ForeignFileNotice({ foreign }: { foreign: ForeignFile }) {
  const { file, contents, busy } = foreign;
  const question = guestWords(foreign);
  return (
    <Notice label="Opened file" testId="foreign" question={busy ? null : file}>
      <header>
        <p className="title cut">{file}</p>
        {contents && (
          <p className="cut">
            {[contents.card.name, amountWords(contents.card), lackWords(contents.card)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
      </header>
      {contents && <Origin card={contents.card} />}
      {contents && <ContentsList contents={contents} />}
      {question !== null && (
        <p className="question" role="alert">
          {question}
        </p>
      )}
      <Choices foreign={foreign} />
    </Notice>
  );
}

function Choices({ foreign: { contents, complaint, busy } }: { foreign: ForeignFile }) {
  const why = useBar();
  const canOpen = contents !== null && complaint === null;
  const isTrusted = contents?.trusted ?? false;
  if (busy) return <p role="status">{contents ? 'Taking it in…' : 'Looking into it…'}</p>;
  return (
    <footer>
      {canOpen && (
        <>
          <Choice answer="open" isFirst={isTrusted} why={why} title="Take it in, and go on with it">
            {isTrusted ? 'Open' : 'I trust it: open'}
          </Choice>
          <Choice answer="import" title="Take it in among the saved sessions; nothing of it is loaded now">
            {isTrusted ? 'Only import' : 'I trust it: only import'}
          </Choice>
        </>
      )}
      <Choice answer="leave" isFirst={!canOpen || !isTrusted} title="Leave the file alone">
        {canOpen ? 'Do not open' : 'Close'}
      </Choice>
    </footer>
  );
}

interface ChoiceProps {
  answer: ForeignAnswer;
  title: string;
  /** Whether it has the keyboard first. */
  isFirst?: boolean;
  why?: string | null;
  children: string;
}

function Choice({ answer, isFirst = false, ...rest }: ChoiceProps) {
  return <SmallButton {...rest} primary={isFirst} isFirst={isFirst} onPress={() => choose(answer)} />;
}

/** The keyboard is the console's again. */
function choose(answer: ForeignAnswer): void {
  tell('answerForeign', answer);
  focusTerminal();
}
