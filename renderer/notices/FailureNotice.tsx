/** What has failed in the window itself. */

import { dismissFailure } from '../model/background.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { Notice } from './Notice.tsx';

export function FailureNotice({ words }: { words: string }) {
  return (
    <Notice label="What failed" testId="fault">
      <header>
        <p className="title">{words}</p>
        <span className="space" />
        <CloseButton onPress={dismissFailure} />
      </header>
    </Notice>
  );
}
