/** What has failed in the window itself. */

import { X } from 'lucide-react';
import { dismissFailure } from '../model/background.ts';
import { keepFocus } from '../ui/focus.ts';
import { Notice } from './Notice.tsx';

export function FailureNotice({ words }: { words: string }) {
  return (
    <Notice label="What failed" testId="fault">
      <header>
        <p className="title">{words}</p>
        <span className="space" />
        <button
          type="button"
          className="button small bare"
          title="Close"
          aria-label="Close"
          onMouseDown={keepFocus}
          onClick={dismissFailure}
        >
          <X size={12} aria-hidden />
        </button>
      </header>
    </Notice>
  );
}
