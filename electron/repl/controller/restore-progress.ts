/** How far a restore is, in a line below its output, where it takes long. */

import type { Progress } from '../../contract/checkpoints.ts';
import type { Session } from '../../supervisor/session.ts';
import { counted } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';
import { Editor } from '../line-editor/editor.ts';
import { KillRing } from '../line-editor/kill-ring.ts';
import { styled } from '../screen/palette.ts';
import type { Display } from './display.ts';

/** What is over sooner needs no line. */
const SHOWN_AFTER_MS = 300;

/** Show it from now on; return the function that ends that. */
export function showRestoreProgress(session: Session, display: Display): () => void {
  let words = '';
  let isLong = false;
  // The line is its prompt: nobody types in it.
  const line = new Editor({
    mode: 'answer',
    entries: () => [],
    killRing: new KillRing(),
    columns: () => display.columns,
  });
  const show = () => {
    // The program may ask something meanwhile, and then the line is in the way.
    if (isLong && words !== '' && session.status.kind === 'running') {
      display.hide();
      display.openBelow(line, { ps1: styled(words, display.palette.dim), ps2: '' });
    }
  };
  const follow = (progress: Progress) => {
    words = loadingWords(progress);
    show();
  };
  const timer = setTimeout(() => {
    isLong = true;
    show();
  }, SHOWN_AFTER_MS);
  session.checkpoints.on('loading', follow);
  return () => {
    clearTimeout(timer);
    session.checkpoints.off('loading', follow);
    if (display.shows(line)) {
      display.hide();
    }
  };
}

/** `· restoring df: 12 of 34 names, 340 MB · Ctrl-C stops it`. */
function loadingWords({ name, done, names, bytes }: Progress): string {
  const what = name === null ? 'restoring' : `restoring ${plain(name)}`;
  return `· ${what}: ${done} of ${counted(names, 'name')}, ${sizeText(bytes)} · Ctrl-C stops it `;
}
