/** A button of a pane or of a block over the console. One that cannot be pressed now says why, and keeps the keyboard. */

import type { ReactNode } from 'react';
import { keepFocus } from './focus.ts';

export interface SmallButtonProps {
  title: string;
  /** Why it cannot be pressed now. */
  why?: string | null;
  primary?: boolean;
  /** Whether it stands for something that is on or off, and which. */
  pressed?: boolean;
  /** Whether it is the one that has the keyboard first. */
  isFirst?: boolean;
  testId?: string;
  onPress: () => void;
  children: ReactNode;
}

export function SmallButton(props: SmallButtonProps) {
  const { title, why = null, primary = false, pressed, isFirst = false, testId, onPress, children } = props;
  const isOff = why !== null;
  return (
    <button
      type="button"
      className={primary && !isOff ? 'button small primary' : 'button small'}
      title={why ?? title}
      aria-disabled={isOff}
      aria-pressed={pressed}
      data-first={isFirst || undefined}
      data-testid={testId}
      onMouseDown={keepFocus}
      onClick={() => !isOff && onPress()}
    >
      {children}
    </button>
  );
}
