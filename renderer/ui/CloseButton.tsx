/** A cross that closes what it stands in, and leaves the keyboard where it is. */

import { X } from 'lucide-react';
import { keepFocus } from './focus.ts';

export interface CloseButtonProps {
  label?: string;
  /** What is shown where one points at it; the label by default. */
  title?: string;
  /** Of the cross, in pixels. */
  size?: number;
  onPress: () => void;
}

export function CloseButton({ label = 'Close', title = label, size = 12, onPress }: CloseButtonProps) {
  return (
    <button
      type="button"
      className="button small bare"
      title={title}
      aria-label={label}
      onMouseDown={keepFocus}
      onClick={onPress}
    >
      <X size={size} aria-hidden />
    </button>
  );
}
