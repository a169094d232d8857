/** Gives an element that lives longer than the pane around it its place in the document. */

import { useLayoutEffect, useRef } from 'react';

/** What had the keyboard inside an element when it lost its place; it gets it back with the next one. */
const focused = new WeakMap<HTMLElement, HTMLElement>();

export function Portal({ element }: { element: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(element);
    focused.get(element)?.focus();
    focused.delete(element);
    return () => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && element.contains(activeElement)) {
        focused.set(element, activeElement);
      }
      element.remove();
    };
  }, [element]);
  return <div className="host" ref={place} />;
}
