/** Which part of a long list is in view. */

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export const ROW_PX = 24;

/** Half a row from the end is at the end. */
const AT_END_PX = ROW_PX / 2;

export interface View {
  top: number;
  height: number;
}

/**
 * Follow the element's scrolling and size; `contentHeight` is that of the whole list. One that `staysAtEnd` does so if it
 * was there, and else stays where it was.
 */
export function useView(
  element: RefObject<HTMLElement | null>,
  contentHeight: number,
  staysAtEnd: boolean,
): View {
  const [view, setView] = useState<View>({ top: 0, height: 0 });
  const atEnd = useRef(staysAtEnd);
  useLayoutEffect(() => {
    const list = element.current;
    if (!list) return;
    const look = () => setView({ top: list.scrollTop, height: list.clientHeight });
    const scrolled = () => {
      const left = list.scrollHeight - list.clientHeight - list.scrollTop;
      atEnd.current = staysAtEnd && left < AT_END_PX;
      look();
    };
    const observer = new ResizeObserver(() => {
      if (atEnd.current) list.scrollTop = list.scrollHeight;
      look();
    });
    observer.observe(list);
    list.addEventListener('scroll', scrolled);
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', scrolled);
    };
  }, [element, staysAtEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the height that moves the end
  useLayoutEffect(() => {
    const list = element.current;
    if (list && atEnd.current) list.scrollTop = list.scrollHeight;
  }, [element, contentHeight]);
  return view;
}

/** How many rows a page is: one of those that are in view stays. */
export function pageOf(list: HTMLElement | null): number {
  return Math.max(1, Math.floor((list?.clientHeight ?? 0) / ROW_PX) - 1);
}

/** Scroll as little as it takes to have this row in view. */
export function bringIntoView(list: HTMLElement, index: number): void {
  const [top, bottom] = [index * ROW_PX, (index + 1) * ROW_PX];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
