/** A block over the console that asks or tells something, and is in nobody's way: what is typed goes to the console. */

import './notice.css';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { focusTerminal } from '../console/xterm.ts';
import { tell } from '../model/main-bridge.ts';

export interface NoticeProps {
  label: string;
  testId: string;
  /** What it asks: its first choice gets the keyboard when that is asked for the first time. */
  question?: string | null;
  children: ReactNode;
}

/** The questions that have had the keyboard: it is not taken twice, as when the pane is drawn again. */
const asked = new Set<string>();

export function Notice({ label, testId, question = null, children }: NoticeProps) {
  const block = useRef<HTMLElement>(null);
  useEffect(() => {
    if (question === null || asked.has(question)) return;
    asked.add(question);
    firstChoice()?.focus();
  }, [question]);
  useLayoutEffect(() => {
    const element = block.current;
    return () => {
      if (element?.contains(document.activeElement)) requestAnimationFrame(passKeyboardOn);
    };
  }, []);
  return (
    <section
      ref={block}
      className={question === null ? 'notice tells' : 'notice'}
      aria-label={label}
      data-testid={testId}
      onKeyDown={passOn}
    >
      {children}
    </section>
  );
}

/** Whether something that is asked has the keyboard. */
export function isAsking(): boolean {
  return document.activeElement?.closest('.notice') != null;
}

function firstChoice(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.notice [data-first]');
}

/** Who had the keyboard in a block that has gone has it in what came in its place, or in the console. */
function passKeyboardOn(): void {
  const next = firstChoice();
  if (next) next.focus();
  else focusTerminal();
}

/** Text goes to the console, and the keyboard with it. */
function passOn(event: KeyboardEvent): void {
  const { key, ctrlKey, altKey, metaKey } = event;
  const isText = [...key].length === 1 && key !== ' ' && !ctrlKey && !altKey && !metaKey;
  if (!isText && key !== 'Escape') return;
  event.preventDefault();
  focusTerminal();
  if (isText) tell('type', key);
}
