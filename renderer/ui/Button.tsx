/** A button of the toolbar: an icon and a word, which is left out where there is little room. */

import type { ReactNode } from 'react';
import { keepFocus } from './focus.ts';

export interface ButtonProps {
  label: string;
  title: string;
  enabled?: boolean;
  primary?: boolean;
  /** Whether it stands for something that is on or off, and which. */
  pressed?: boolean;
  /** `narrow`: left out of a narrow window, whose menu has it too. */
  className?: string;
  testId?: string;
  onPress: () => void;
  children: ReactNode;
}

export function Button(props: ButtonProps) {
  const {
    label,
    title,
    enabled = true,
    primary = false,
    pressed,
    className = '',
    testId,
    onPress,
    children,
  } = props;
  return (
    <button
      type="button"
      className={`button ${primary ? 'primary' : ''} ${className}`}
      title={title}
      aria-label={label}
      aria-pressed={pressed}
      disabled={!enabled}
      data-testid={testId}
      onMouseDown={keepFocus}
      onClick={onPress}
    >
      {children}
      <span className="label">{label}</span>
    </button>
  );
}
